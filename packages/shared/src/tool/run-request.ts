/** What a run of tools is asked for, and what comes of it. */
import type { Plan, PlannedTool } from '../check/plan.ts'
import type { Finding } from '../finding/finding.ts'
import type { Measurement } from '../gate/metric.ts'
import type { Host } from '../host/ports.ts'
import type { InstallContext } from './install/context.ts'
import type { PythonEnvironment } from './install/environment.ts'
import type { SuiteLocks } from './install/suite-lock.ts'
import type { Project } from './project.ts'
import type { RememberedResults } from './remembered.ts'
import type { Tool, ToolRun } from './tool.ts'

export interface RunToolsRequest {
  readonly plan: Plan
  readonly host: Host
  /** Absolute path that repository-relative paths are relative to. */
  readonly workspace: string
  readonly reportFolder: string
  readonly locks: SuiteLocks
  readonly offline: boolean
  readonly lockedOnly: boolean
  readonly cache: 'off' | 'file' | 'imports'
  /** By package name. */
  readonly environments: ReadonlyMap<string, PythonEnvironment>
  /** Lets tools that can repair first do so, one after another. */
  readonly fix: boolean
  readonly remembered: RememberedResults
  /** Of `base`, nothing goes into the report folder, and finding no file to look at is no failure. */
  readonly role: 'head' | 'base'
  /**
   * Give the same one for head and base: the base is then looked at by the very tools that looked at the head.
   * Default: one of its own.
   */
  readonly installs?: InstallContext | undefined
  /** Where tools keep caches of their own; default below the host's cache folder. */
  readonly toolCaches?: string | undefined
  /** Random, of this run: with it, tools that find the same secret are known to have found the same one. */
  readonly secretKey?: string | undefined
  onProgress?(event: ToolProgress): void
}

export interface ToolProgress {
  /** `ready`: installed, and waits for the others or for a core. */
  readonly phase: 'install' | 'ready' | 'run' | 'done'
  readonly role: RunToolsRequest['role']
  readonly tool: Tool
  /** Empty for the only package. */
  readonly package: string
  /** With `done`. */
  readonly run?: ToolRun | undefined
}

/** One tool on one package. */
export interface ToolOutcome {
  readonly tool: Tool
  readonly project: Project
  readonly run: ToolRun
  /** Sorted by place; state `unknown`. Empty where the tool failed to run. */
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
  /** What was not reached, where that is why it failed. */
  readonly unavailable?: string | undefined
}

export type RunningTool = Extract<PlannedTool, { runs: true }>
