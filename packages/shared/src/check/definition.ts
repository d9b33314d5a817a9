/** What an action brings to a check, and what it gets back. */
import type { ActionContext } from '../action/spec.ts'
import type { MetricDeclarations } from '../gate/metric.ts'
import type { MetricPart } from '../gate/metrics.ts'
import type { Repository } from '../git/repository.ts'
import type { Block } from '../report/report.ts'
import type { PythonEnvironment } from '../tool/install/environment.ts'
import type { SuiteLocks } from '../tool/install/suite-lock.ts'
import type { Project } from '../tool/project.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'
import type { ToolSettings } from '../tool/tool.ts'
import type { checkInputs } from './check-inputs.ts'
import type { ComparedOutcome, FileChange } from './comparison.ts'
import type { Plan } from './plan.ts'
import type { Rescan } from './rescan.ts'
import type { SelectionRules } from './select.ts'
import type { ProjectSize } from './size.ts'

export type CheckContext = ActionContext<typeof checkInputs>
export type CheckValues = CheckContext['inputs']

export interface CheckDefinition {
  readonly action: string
  /** Results that another version remembered are not used. */
  readonly version: string
  readonly metrics: MetricDeclarations
  /** Default rules where everything counts, and where only what is new does. */
  readonly gate: { readonly all: string; readonly new: string }
  /** A function is asked after `settings`, for what only those find out. */
  readonly selection: SelectionRules | (() => SelectionRules)
  readonly locks: SuiteLocks
  readonly settings: ToolSettings | ((project: OpenedCheck) => Promise<ToolSettings>)
  /** Names of settings that are about this run alone. */
  readonly settingsOfRun?: readonly string[] | undefined
  /** What there must be, since nothing to look at is not the same as nothing found. Default: Python files. */
  readonly looksAt?: 'python' | 'files' | undefined
  /**
   * Whether the repository is looked at as a whole, whatever packages it has. What is `given` must then need no
   * environment: none is looked for unless a tool runs.
   */
  readonly undivided?: boolean | undefined
  /** Random, of this run; see `RawSecret`. */
  readonly secretKey?: string | undefined
  /**
   * Called before `settings` for what is read before anything is planned, while the base is looked for: it must not use
   * git.
   */
  survey?: ((project: OpenedCheck) => Promise<void>) | undefined
  /** Results that no tool of the plan made, such as those in files that other steps wrote. */
  given?(project: PlannedCheck, environmentOf: EnvironmentOf): Promise<readonly ToolOutcome[]>
  /**
   * Has the last word on the findings of all tools together, such as which of them are the same. Without a base there is
   * no change.
   */
  refine?(compared: readonly ComparedOutcome[], change: Change | undefined): Refined | Promise<Refined>
  /** Tries, in a copy, to mend what was found, and looks again; called after `refine`. Must not change the project. */
  repair?(rescan: Rescan): Promise<void>
  /** What the change loosens beside policy, baseline and configuration, as sentences. Only where there is a base. */
  loosening?(change: Change): Promise<readonly string[]>
  /** Derived metrics, sections of the report and notices. */
  derive(results: CheckResults): Derived
}

/** What the tools found, compared with the base where there is one. */
export interface CheckResults {
  readonly compared: readonly ComparedOutcome[]
  readonly projects: readonly Project[]
  readonly size: ProjectSize
  /** Size at the base; the same as now where it is not known. */
  readonly baseSize: ProjectSize
  readonly hasBase: boolean
  /** Measurements that no tool makes, such as coverage from a report. */
  readonly extra: readonly MetricPart[]
}

/** What there is to check. */
export interface OpenedCheck {
  /** Absent where there is no git. */
  readonly repository: Repository | undefined
  /** Absolute path that repository-relative paths are relative to. */
  readonly top: string
  readonly projects: readonly Project[]
}

export interface PlannedCheck extends OpenedCheck {
  /** Which tools run on what; its projects are those that tools see. */
  readonly plan: Plan
}

/** The environment that tools see, once it is ready. */
export type EnvironmentOf = (project: Project) => Promise<PythonEnvironment | undefined>

/** The change that is judged. */
export interface Change {
  readonly repository: Repository
  readonly baseSha: string
  readonly changes: readonly FileChange[]
}

/** Outcomes with other findings. */
export interface Refined {
  readonly compared: readonly ComparedOutcome[]
  /** What no tool found, such as entries of a list that have ended. Its findings are shown with those of tools. */
  readonly parts?: readonly MetricPart[] | undefined
  readonly notices: readonly string[]
  /** What the change takes away from its own judgement. */
  readonly loosened: readonly string[]
}

export interface Derived {
  readonly parts: readonly MetricPart[]
  readonly blocks: readonly Block[]
  readonly notices: readonly string[]
}
