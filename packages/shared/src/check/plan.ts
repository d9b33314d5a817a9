/** The plan of an action that checks a project with tools: plain data, printed by `--plan`. */
import type { PathScope } from '../parse/path-patterns.ts'
import type { Project } from '../tool/project.ts'
import type { Notice, Tool, ToolSettings } from '../tool/tool.ts'

export interface Plan {
  readonly packages: readonly PackagePlan[]
  readonly settings: ToolSettings
  /** What the user narrows the packages to; absent for nothing. */
  readonly scope?: PathScope | undefined
  /** Names of those that are about this run alone, such as its commits: results are remembered and compared without. */
  readonly settingsOfRun?: readonly string[] | undefined
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
      /** Why it does not run where the project has no environment of its own, which is found out later. */
      readonly withoutEnvironment?: string | undefined
    }
  | {
      readonly tool: Tool
      readonly runs: false
      readonly status: 'not-applicable' | 'skipped'
      readonly why: string
    }

/** What results depend on, this run or another. */
export function lastingSettings({ settings, settingsOfRun = [] }: Plan): ToolSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !settingsOfRun.includes(name)))
}
