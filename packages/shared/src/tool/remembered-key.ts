/**
 * Keys of remembered results: a digest of everything that the result of a tool on a file depends on. Whatever is
 * left out here makes a verdict wrong one day, so in doubt it is in.
 */
import { createHash } from 'node:crypto'
import type { Project } from './project.ts'
import type { ToolSettings } from './tool.ts'

/** Raised when findings or their fingerprints are computed in another way. */
const version = 1

/** What all files of a run share. */
export interface RunFacts {
  /** Id of the tool. */
  readonly tool: string
  /** Digest of tool, plugins, dependencies and interpreter. */
  readonly installed: string
  /** Digest of the project's environment, for tools that see it. */
  readonly environment: string
  readonly configuration: readonly ConfigurationPart[]
  readonly firstParty: readonly string[]
  readonly packageName: string
  /** Repository-relative folder of the package. */
  readonly folder: string
  readonly args: readonly string[]
  readonly settings: ToolSettings
  readonly platform: string
}

/** What a configuration file says to tools; see `configuration.ts`. */
export interface ConfigurationPart {
  readonly path: string
  readonly content: string
}

/** What belongs to one file. */
export interface FileFacts {
  /** Relative to the package. */
  readonly path: string
  readonly digest: string
  readonly executable: boolean | undefined
  readonly packageChain: string
  /** What the adapter adds (`rememberedWith`), with the digests of the files that it names. */
  readonly others: readonly string[]
  /** Digest of everything that it imports, for tools that look along imports. */
  readonly imports?: string | undefined
}

export function runKey(facts: RunFacts): string {
  const settings = Object.entries(facts.settings).sort(([a], [b]) => compare(a, b))
  const configuration = [...facts.configuration].sort((a, b) => compare(a.path, b.path))
  return digestOf([
    version,
    facts.tool,
    facts.installed,
    facts.environment,
    configuration.map(({ path, content }) => [path, content]),
    [...facts.firstParty].sort(compare),
    facts.packageName,
    facts.folder,
    facts.args,
    settings,
    facts.platform,
  ])
}

export function fileKey(run: string, file: FileFacts): string {
  const executable = file.executable ?? null
  return digestOf([
    run,
    file.path,
    file.digest,
    executable,
    file.packageChain,
    file.others,
    file.imports ?? null,
  ])
}

/**
 * Which folders above a file are packages, from the package's root down, such as `src=0 orders=1`. It decides
 * the module's name and rules such as INP001.
 */
export function packageChains(project: Pick<Project, 'files'>): (file: string) => string {
  const markers = new Set(project.files.filter((file) => /(^|\/)__init__\.pyi?$/.test(file)))
  return (file) => {
    const folders = file.split('/').slice(0, -1)
    const marks = folders.map((folder, index) => {
      const init = `${folders.slice(0, index + 1).join('/')}/__init__.py`
      return `${folder}=${markers.has(init) ? 1 : markers.has(`${init}i`) ? 2 : 0}`
    })
    return `${markers.has('__init__.py') ? 1 : 0} ${marks.join(' ')}`
  }
}

/** SHA-256 of JSON, so that no two different lists of parts look alike. */
export function digestOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** By UTF-16 units: the same order in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
