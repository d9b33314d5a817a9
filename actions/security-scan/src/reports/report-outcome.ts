/** What reports say as an outcome, like that of a tool that was started. */
import type { Finding, Host, Notice, Project, Sources, ToolOutcome } from '@ci-actions/shared'
import { sortFindings } from '@ci-actions/shared'
import type { OwnPlace } from '../own-outcome.ts'
import { ownOutcome } from '../own-outcome.ts'
import type { SuppressedRaw, ToolReport } from './read-report.ts'
import { inFiles } from './report-places.ts'

export interface FileReport {
  /** Of the report. */
  readonly path: string
  readonly report: ToolReport
  /** What it does not say is not known to be clean. */
  readonly failed: boolean
}

export interface ReportPlace {
  readonly host: Host
  /** Absolute path that repository-relative paths are relative to. */
  readonly top: string
  readonly project: Project
  /** Of the repository. */
  readonly files: ReadonlySet<string>
  /** See `RawSecret`. */
  readonly secretKey?: string | undefined
  readonly sources: Sources
}

/** Of a report that nobody knows the writer of. */
export function unknownTool(path: string): ToolReport['tool'] {
  return { id: 'reports', name: `Report ${path}`, homepage: '', metrics: ['findings', 'secrets'] }
}

/** `group`: what one tool said, in one file or several. */
export async function reportOutcome(where: ReportPlace, group: readonly FileReport[]): Promise<ToolOutcome> {
  const { host, top, project, secretKey, sources } = where
  const paths = [...new Set(group.map(({ path }) => path))]
  const [from = ''] = paths
  const { tool } = group[0]?.report ?? { tool: unknownTool(from) }
  const name =
    tool.name === `Report ${from}`
      ? tool.name
      : `${tool.name}, from ${paths.length === 1 ? from : `${paths.length} files`}`
  const tools = group.map(({ report }) => report.tool)
  const metrics = [...new Set(tools.flatMap((each) => each.metrics))]
  const inPassing = metrics.filter((metric) =>
    tools.every((each) => !each.metrics.includes(metric) || each.inPassing?.includes(metric)),
  )
  const place: OwnPlace = {
    host,
    tool: { ...tool, name, metrics, inPassing, scope: 'project', kind: 'given' },
    project,
    top,
    sources,
    ...(secretKey !== undefined && { secretKey }),
  }
  const versions = [...new Set(group.flatMap(({ report }) => report.version ?? []))]
  const outcome = await ownOutcome(place, {
    findings: group.flatMap(({ report }) => report.findings),
    measurements: group.flatMap(({ report }) => report.measurements ?? []),
    notices: group.flatMap(({ path, report }) => noticesOf(report, paths.length > 1 ? path : undefined)),
    files: paths.length,
    ...(versions.length === 1 && { version: versions[0] }),
  })
  const suppressed = await suppressedFindings(
    place,
    group.flatMap(({ report }) => report.suppressed ?? []),
  )
  const { findings, notices } = await inFiles([...outcome.findings, ...suppressed], where)
  const run = { ...outcome.run, notices: [...outcome.run.notices, ...notices] }
  return { ...outcome, run, findings: sortFindings(findings) }
}

function noticesOf(
  { notices = [], suppressed = [] }: ToolReport,
  path: string | undefined,
): readonly Notice[] {
  const count = suppressed.length
  const own: readonly Notice[] =
    count === 0
      ? []
      : [
          {
            level: 'notice',
            message: `${count} ${count === 1 ? 'finding is' : 'findings are'} suppressed by the report itself and ${count === 1 ? 'does' : 'do'} not count.`,
          },
        ]
  return [...notices, ...own].map(({ level, message }) => ({
    level,
    message: path === undefined || message.includes(path) ? message : `${path}: ${message}`,
  }))
}

/** Reasons are kept beside the findings that they are about. */
async function suppressedFindings(
  place: OwnPlace,
  suppressed: readonly SuppressedRaw[],
): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const [reason, same] of Map.groupBy(suppressed, (each) => each.reason)) {
    const { findings } = await ownOutcome(place, { findings: same.map(({ finding }) => finding), files: 0 })
    for (const finding of findings) found.push({ ...finding, suppression: { reason, source: 'report' } })
  }
  return found
}
