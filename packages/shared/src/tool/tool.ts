/** A tool: a command described as data, and a parser of what it printed. Adapters are pure. */
import type { RawFinding } from '../finding/finding.ts'
import type { Measurement } from '../gate/metric.ts'
import type { Project } from './project.ts'

/**
 * `file`: the result for a file depends on nothing but that file, its place and its configuration;
 * `imports`: also on what it imports; `project`: on everything.
 */
export type ToolScope = 'file' | 'imports' | 'project'

export interface Tool {
  /** Kebab-case; label value of metrics and name in `tools:`. */
  readonly id: string
  /** As people write it: `Ruff`. */
  readonly name: string
  readonly homepage: string
  readonly scope: ToolScope
  /** What part of the report and of the score it belongs to, such as `lint`. */
  readonly kind: string
  /** Metrics that it can feed; the plan expects them of it. */
  readonly metrics: readonly string[]
  /**
   * Of `metrics`, those that it comes upon and does not look for as such: what it finds counts, and where it finds nothing
   * there may still be some, so that alone it measures its own share and no total.
   */
  readonly inPassing?: readonly string[] | undefined
  /** Where a metric is counted by rule: the rules that it looks for. Default: all that the metric declares. */
  readonly rules?: readonly string[] | undefined
  readonly install: Install
  /** True for tools that use several cores by themselves. */
  readonly parallel?: boolean | undefined
  /** True where it must see the project's installed dependencies. */
  readonly needsEnvironment?: boolean | undefined
  /**
   * Of a tool that looks at nothing but the project's installed dependencies: why it does not apply where the project has
   * no environment of its own. Where the user lists it, it looks at the Python on PATH instead.
   */
  readonly withoutEnvironment?: string | undefined
  /** Variables with a credential of its own that it gets, such as the key of its service; no other tool does. */
  readonly secrets?: readonly string[] | undefined
  /** True where `--fix` can make it repair what it finds. */
  readonly fixes?: boolean | undefined
  /**
   * True where what it prints names people or holds messages of commits, which nothing redacts: it is read and then
   * thrown away, not kept as evidence.
   */
  readonly confidential?: boolean | undefined
  /**
   * Of a tool whose JSON repeats lines of the sources, in which a secret can stand in a form that nobody knows: what is
   * kept of it as evidence. Called as by `JSON.parse`: `undefined` leaves a property out. What it prints beside JSON on
   * standard output is not kept.
   */
  asEvidence?(key: string, value: unknown): unknown
  /**
   * Of a tool that downloads a database and with these settings uses it: the version of the database's schema. It then gets
   * a folder for it, which is kept between runs by day, and its runs take turns.
   */
  database?(settings: ToolSettings): string | undefined
  /** Signs in the project that it is in use there; empty where there are none. */
  configuredBy(project: Project): readonly string[]
  applies(project: Project, settings?: ToolSettings): Applicability
  /** Those of `files` whose text it must know: the project that it gets has them in `texts`, as far as they can be read. */
  reads?(files: readonly string[]): readonly string[]
  invocations(request: ToolRequest): readonly Invocation[]
  /** Throws `ToolOutputError` if the output cannot be trusted, `UnavailableError` for a service not reached. */
  parse(output: ToolOutput): ToolResult | Promise<ToolResult>
  /**
   * What else than file, place, configuration, version and arguments a remembered result depends on: any text;
   * `file:` and a path relative to `project.root` stands for that file's content.
   */
  rememberedWith?(file: string, project: Project, settings: ToolSettings): readonly string[]
  /** Configuration that has no effect, or files that are left out, known without running the tool. */
  notices?(project: Project, settings?: ToolSettings): readonly Notice[]
}

/** Where a tool comes from. */
export type Install =
  | {
      readonly kind: 'python'
      readonly package: string
      readonly executable: string
      readonly extras?: readonly string[] | undefined
      /**
       * Distributions that extend it, by name, or by the beginning of names with `*` behind (`flake8-*`). Those
       * that the project asks for are installed with it.
       */
      readonly plugins?: readonly string[] | undefined
    }
  | { readonly kind: 'npm'; readonly package: string; readonly executable: string }
  | {
      readonly kind: 'binary'
      readonly name: string
      /** What makes it print its version, for one that stands in PATH; default `--version`. */
      readonly versionArgs?: readonly string[] | undefined
    }
  | { readonly kind: 'present'; readonly executable: string }

export type Applicability =
  | { readonly runs: true; readonly files: readonly string[] }
  | { readonly runs: false; readonly status: 'not-applicable' | 'skipped'; readonly why: string }

/** Something the reader must know that is no finding. */
export interface Notice {
  readonly message: string
  /** `failed` makes the tool's status failed. */
  readonly level: 'notice' | 'warning' | 'failed'
}

export interface ToolRequest {
  readonly project: Project
  /** Files to look at, relative to `project.root`; for `project` tools the whole set. */
  readonly files: readonly string[]
  /** How the tool is started: its executable, with leading arguments (`node pyright.js`). */
  readonly command: readonly string[]
  readonly version: string
  /** Interpreter of the project's environment, where there is one. */
  readonly python?: string | undefined
  /** A folder for the tool's own cache, kept between runs. */
  readonly cacheFolder: string
  /** For a tool with a `database`. */
  readonly database?: KeptDatabase | undefined
  /** A folder for output files of this run, absolute, empty. */
  readonly outputFolder: string
  /** Extra arguments of the user for this tool. */
  readonly args: readonly string[]
  readonly cores: number
  /** Change the files instead of reporting. */
  readonly fix: boolean
  readonly settings: ToolSettings
}

/** A database of vulnerabilities that the tool downloads. Times are milliseconds since 1970. */
export interface KeptDatabase {
  /** Absolute; empty at first. */
  readonly folder: string
  /** What earlier runs said with {@link ToolResult.refreshed}; empty where the folder is not as they left it. */
  readonly refreshed: Readonly<Record<string, number>>
  /** When this run got it. */
  readonly openedAt: number
}

/** Action-wide numbers that tools need, such as `complexity-limit`. */
export type ToolSettings = Readonly<Record<string, number | string | boolean>>

export interface Invocation {
  readonly args: readonly string[]
  /** Put behind `args`; the core splits the list where the platform's command line is too short. */
  readonly files?: readonly string[] | undefined
  /** Relative to `project.root`; default there. Or absolute, below `outputFolder`: a folder that nothing of the project is in. */
  readonly cwd?: string | undefined
  /** Added to the allowed environment. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Files for it to read, written before it starts: texts by absolute path, below `outputFolder`. */
  readonly inputs?: Readonly<Record<string, string>> | undefined
  /** Text for standard input. */
  readonly stdin?: string | undefined
  readonly timeoutSeconds?: number | undefined
  /** Codes that mean that it ran to its end, findings or not. */
  readonly exitCodes: readonly number[]
  /** Files that it writes, by a name of the adapter's choice; absolute paths. */
  readonly outputs?: Readonly<Record<string, string>> | undefined
}

/** A stream that a tool wrote, kept on disk. */
export interface ToolText {
  readonly bytes: number
  /** All of it; throws `ToolOutputError` above 256 MiB. */
  text(): Promise<string>
  chunks(): AsyncIterable<Uint8Array>
}

/** What one invocation left behind. Truncated output never reaches a parser: the core fails the tool. */
export interface ToolOutput {
  readonly request: ToolRequest
  readonly invocation: Invocation
  readonly exitCode: number
  /** When it ended, in milliseconds since 1970; absent for what was recorded. */
  readonly endedAt?: number | undefined
  readonly stdout: ToolText
  readonly stderr: ToolText
  /** The declared output files that exist. */
  readonly files: Readonly<Record<string, ToolText>>
}

export interface ToolResult {
  readonly findings: readonly RawFinding[]
  readonly measurements?: readonly Measurement[] | undefined
  /**
   * Of a tool that looks at single files: about its configuration, or about a file whose path, relative to
   * `project.root`, is in the message. They are remembered with the one or the other.
   */
  readonly notices?: readonly Notice[] | undefined
  /** How many files it says it looked at, where it says so; 0 with files to look at is a failure. */
  readonly filesChecked?: number | undefined
  /** Of a tool with a `database`: since when each part of it that it used is as it is, by names of the adapter's choice. */
  readonly refreshed?: Readonly<Record<string, number>> | undefined
  /** What has to be run next, because of what this run said; the results of all count. */
  readonly followUp?: readonly Invocation[] | undefined
}

export type ToolStatus = 'clean' | 'findings' | 'not-applicable' | 'skipped' | 'failed'

/** How far a tool's version was verified; see docs/versions.md. */
export type VersionSource = 'suite-lock' | 'project-lock' | 'project-environment' | 'resolved' | 'path'

/** One tool's run on one package, as the report shows it. */
export interface ToolRun {
  readonly id: string
  readonly name: string
  readonly package?: string | undefined
  readonly status: ToolStatus
  /** Why, for every status but clean and findings; for failed with the last lines that it printed. */
  readonly why?: string | undefined
  readonly version?: string | undefined
  readonly versionSource?: VersionSource | undefined
  /** File or input that named the version, such as `uv.lock`. */
  readonly versionFrom?: string | undefined
  readonly seconds: number
  readonly findings: number
  readonly new?: number | undefined
  /** Files in its scope, and how many of them were answered from remembered results. */
  readonly files: number
  readonly remembered: number
  readonly notices: readonly Notice[]
  /** The commands as run, for debugging: program, arguments, folder, exit code, seconds. */
  readonly commands: readonly CommandRun[]
}

export interface CommandRun {
  readonly command: readonly string[]
  readonly cwd: string
  readonly exitCode?: number | undefined
  readonly ended: string
  readonly seconds: number
}
