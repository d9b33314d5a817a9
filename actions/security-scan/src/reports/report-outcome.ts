/** What reports say as an outcome, like that of a tool that was started. */
import { join } from 'node:path'
import type { Finding, Host, Notice, Project, ToolOutcome } from '@ci-actions/shared'
import { sortFindings } from '@ci-actions/shared'
import type { OwnPlace } from '../own-outcome.ts'
import { ownOutcome } from '../own-outcome.ts'
import type { SuppressedRaw, ToolReport } from './read-report.ts'

export interface FileReport {
  /** Of the report. */
  readonly path: string
  readonly report: ToolReport
  /** Whether nothing in it can be trusted. */
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
}

/** Of a report that nobody knows the writer of. */
export function unknownTool(path: string): ToolReport['tool'] {
  return { id: 'reports', name: `Report ${path}`, homepage: '', metrics: ['findings', 'secrets'] }
}

/** `group`: what one tool said, in one file or several. */
export async function reportOutcome(where: ReportPlace, group: readonly FileReport[]): Promise<ToolOutcome> {
  const { host, top, project, secretKey } = where
  const paths = [...new Set(group.map(({ path }) => path))]
  const [from = ''] = paths
  const { tool } = group[0]?.report ?? { tool: unknownTool(from) }
  const name =
    tool.name === `Report ${from}`
      ? tool.name
      : `${tool.name}, from ${paths.length === 1 ? from : `${paths.length} files`}`
  const metrics = [...new Set(group.flatMap(({ report }) => report.tool.metrics))]
  const place: OwnPlace = {
    host,
    tool: { ...tool, name, metrics, scope: 'project', kind: 'given' },
    project,
    top,
    ...(secretKey !== undefined && { secretKey }),
  }
  const failed = group.some((each) => each.failed)
  const versions = [...new Set(group.flatMap(({ report }) => report.version ?? []))]
  const outcome = await ownOutcome(place, {
    findings: failed ? [] : group.flatMap(({ report }) => report.findings),
    measurements: failed ? [] : group.flatMap(({ report }) => report.measurements ?? []),
    notices: group.flatMap(({ path, report }) => noticesOf(report, paths.length > 1 ? path : undefined)),
    files: paths.length,
    ...(versions.length === 1 && { version: versions[0] }),
  })
  const suppressed = failed
    ? []
    : await suppressedFindings(
        place,
        group.flatMap(({ report }) => report.suppressed ?? []),
      )
  const findings = await Promise.all(
    [...outcome.findings, ...suppressed].map((each) => outsideWhereMissing(each, where)),
  )
  return { ...outcome, findings: sortFindings(findings) }
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
    found.push(...findings.map((finding) => ({ ...finding, suppression: { reason, source: 'report' } })))
  }
  return found
}

/** A path of an image, such as `usr/lib/libssl.so`, reads like one of the repository. History may name what is gone. */
async function outsideWhereMissing(finding: Finding, { host, top, files }: ReportPlace): Promise<Finding> {
  const { location, security } = finding
  if (location === undefined || location.outside === true || security?.kind === 'secret') return finding
  if (files.has(location.path)) return finding
  const status = await host.files.status(join(top, ...location.path.split('/')))
  return status === undefined ? { ...finding, location: { ...location, outside: true } } : finding
}
