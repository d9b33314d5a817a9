/** From what a tool did to its line in the report; pure. */
import type { InstalledTool } from './install/installed-tool.ts'
import type { Project } from './project.ts'
import type { Recall } from './recall.ts'
import { mergeNotices } from './recall.ts'
import { compare } from './remembered-key.ts'
import type { RunningTool, ToolOutcome } from './run-request.ts'
import type { ToolRunResult } from './run-tool.ts'
import { sortFindings } from './to-findings.ts'
import type { Notice, Tool, ToolRun } from './tool.ts'

export function notRunOutcome(
  tool: Tool,
  project: Project,
  because: { readonly status: 'not-applicable' | 'skipped'; readonly why: string },
): ToolOutcome {
  const run: ToolRun = { ...emptyRun(tool, project), status: because.status, why: because.why }
  return { tool, project, run, findings: [], measurements: [] }
}

/** For a tool that could not be installed. */
export function failedOutcome(
  { planned, project }: { planned: RunningTool; project: Project },
  why: string,
): ToolOutcome {
  const run: ToolRun = {
    ...emptyRun(planned.tool, project),
    status: 'failed',
    why,
    files: planned.files.length,
    notices: planned.notices,
  }
  return { tool: planned.tool, project, run, findings: [], measurements: [] }
}

function emptyRun(tool: Tool, project: Project): Omit<ToolRun, 'status' | 'why'> {
  return {
    id: tool.id,
    name: tool.name,
    seconds: 0,
    findings: 0,
    files: 0,
    remembered: 0,
    notices: [],
    commands: [],
    ...(project.name !== '' && { package: project.name }),
  }
}

export interface FinishedRun {
  readonly planned: RunningTool
  readonly project: Project
  readonly installed: InstalledTool
  readonly recalled: Recall | undefined
  /** Of the files that were not remembered. */
  readonly result: ToolRunResult
  /** Known before it ran. */
  readonly notices: readonly Notice[]
  readonly seconds: number
  /** True where no file checked can be right: the others are remembered, or it is the base. */
  readonly mayBeEmpty: boolean
}

/** Fresh and remembered results together. */
export function finishedOutcome(finished: FinishedRun): ToolOutcome {
  const { planned, project, installed, recalled, result } = finished
  const known = [...(recalled?.known.values() ?? [])]
  const rememberedNotices = known.flatMap((entry) => entry.notices ?? [])
  const notices = mergeNotices(finished.notices, recalled?.notices ?? [], rememberedNotices, result.notices)
  const failure = result.failure ?? failureOf(finished, notices)
  const usable = result.failure === undefined
  const findings = usable
    ? sortFindings([...known.flatMap((entry) => entry.findings), ...result.findings])
    : []
  const measurements = usable ? [...known.flatMap((entry) => entry.measurements), ...result.measurements] : []
  const run: ToolRun = {
    ...emptyRun(planned.tool, project),
    status: failure !== undefined ? 'failed' : findings.length > 0 ? 'findings' : 'clean',
    ...(failure !== undefined && { why: failure }),
    version: installed.version,
    versionSource: installed.versionSource,
    ...(installed.versionFrom !== undefined && { versionFrom: installed.versionFrom }),
    seconds: finished.seconds,
    findings: findings.length,
    files: planned.files.length,
    remembered: known.length,
    notices,
    commands: result.commands,
  }
  const sorted = measurements.sort((a, b) => compare(a.path ?? '', b.path ?? ''))
  return {
    tool: planned.tool,
    project,
    run,
    findings,
    measurements: sorted,
    ...(result.unavailable !== undefined && { unavailable: result.unavailable }),
  }
}

/** Why a tool that ran to its end still did not do its work. */
function failureOf(
  { planned, result, mayBeEmpty }: FinishedRun,
  notices: readonly Notice[],
): string | undefined {
  const failures = notices.filter((notice) => notice.level === 'failed').map((notice) => notice.message)
  if (failures.length > 0) return failures.join('\n')
  const files = planned.files.length
  if (result.filesChecked !== 0 || files === 0 || mayBeEmpty) return undefined
  const many = files === 1 ? '1 file' : `${files} files`
  return `${planned.tool.name} looked at no file, although it was given ${many}: does its configuration exclude them all?`
}
