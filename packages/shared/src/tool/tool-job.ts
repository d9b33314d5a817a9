/** A tool on a package on its way from the plan to its outcome. */
import type { Evidence } from './evidence.ts'
import type { InstallContext } from './install/context.ts'
import type { InstalledTool } from './install/installed-tool.ts'
import type { Project } from './project.ts'
import type { Recall, RecallRequest } from './recall.ts'
import type { RunningTool, RunToolsRequest, ToolOutcome } from './run-request.ts'
import type { Job } from './schedule.ts'
import type { Sources } from './sources.ts'
import type { Notice } from './tool.ts'

/** A tool on a package, from plan to outcome. */
export interface ToolJob {
  readonly planned: RunningTool
  readonly project: Project
  /** Place in the plan. */
  readonly index: number
}

export interface ReadyJob extends ToolJob, Job {
  readonly installed: InstalledTool
  readonly recalled?: Recall | undefined
  readonly request?: RecallRequest | undefined
  readonly fresh: readonly string[]
  /** Said on the way here. */
  readonly notices: readonly Notice[]
}

export interface Run extends RunToolsRequest {
  readonly installs: InstallContext
  readonly sources: Sources
  readonly folder: string
  readonly outcomes: Map<number, ToolOutcome>
  readonly evidence: Evidence[]
  /** What the log is told when all tools are done. */
  readonly heldBack: ToolOutcome[]
}

export interface InstalledJob {
  readonly job: ToolJob
  readonly installed: InstalledTool
}

export function done(run: Run, index: number, outcome: ToolOutcome): void {
  run.outcomes.set(index, outcome)
  run.onProgress?.({
    phase: 'done',
    role: run.role,
    tool: outcome.tool,
    package: outcome.project.name,
    run: outcome.run,
  })
}
