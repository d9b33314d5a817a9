/** The plan of an action that checks a project with tools: plain data, printed by `--plan`. */
import type { Project } from '../tool/project.ts'
import type { Notice, Tool, ToolSettings } from '../tool/tool.ts'

export interface Plan {
  readonly packages: readonly PackagePlan[]
  readonly settings: ToolSettings
}

export interface PackagePlan {
  readonly project: Project
  readonly tools: readonly PlannedTool[]
}

/** A tool on a package: runs, or why not. */
export type PlannedTool =
  | {
      readonly tool: Tool
      readonly runs: true
      readonly files: readonly string[]
      /** Why it was chosen: `configured in pyproject.toml`, `default`, `input tools`. */
      readonly because: string
      readonly args: readonly string[]
      /** Version asked for by input. */
      readonly version?: string | undefined
      /** Exempt from `tools-failed`. */
      readonly optional: boolean
      readonly timeoutSeconds: number
      readonly notices: readonly Notice[]
    }
  | {
      readonly tool: Tool
      readonly runs: false
      readonly status: 'not-applicable' | 'skipped'
      readonly why: string
    }
