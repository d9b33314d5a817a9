/** Reports of other scanners, as outcomes beside those of the tools that this action runs. */
import { basename, join } from 'node:path'
import type { Commit, Host, Notice, Project, ToolOutcome } from '@ci-actions/shared'
import { keepLines, openSources, ToolOutputError } from '@ci-actions/shared'
import type { Sbom } from '../sboms/sbom-file.ts'
import { readSbom } from '../sboms/sbom-file.ts'
import type { ToolReport } from './read-report.ts'
import { describeMixed, formatNames, recogniseReport } from './recognise.ts'
import { ageNotice } from './report-age.ts'
import { commitsIn, otherCommitNotice } from './report-commit.ts'
import { parseDocument } from './report-document.ts'
import type { ReportLimits } from './report-formats.ts'
import { refuseEmptyList, reportFormats } from './report-formats.ts'
import type { FileReport } from './report-outcome.ts'
import { reportOutcome, unknownTool } from './report-outcome.ts'
import type { ReportFile } from './report-patterns.ts'
import { findReports } from './report-patterns.ts'
import { inRepository } from './report-root.ts'
import { readReportText } from './report-text.ts'
import type { Lost } from './salvage.ts'
import { salvage } from './salvage.ts'
import { describeUnread } from './unread-formats.ts'

export interface GivenReports {
  readonly host: Host
  /** Of the input `reports`. */
  readonly reports: readonly string[]
  readonly allowEmpty: boolean
  /** Absolute path that repository-relative paths are relative to. */
  readonly top: string
  readonly projects: readonly Project[]
  /** Absolute path of what this action writes. */
  readonly reportFolder: string
  readonly deniedLicenses: readonly string[]
  /** What is checked out. */
  head?(): Promise<Commit | undefined>
  /** See `RawSecret`. */
  readonly secretKey?: string | undefined
  /** Takes lists of components that nobody looked for vulnerabilities of. Without it they fail. */
  onSbom?(sbom: Sbom): void
}

/**
 * One outcome for each tool, over all of its files, and one for each file that cannot be trusted, `failed` and named by
 * the file. Throws a `UserError` for patterns that fit nothing. One file is read after the other, so that the largest
 * decides how much memory it takes.
 */
export async function readGivenReports(given: GivenReports): Promise<readonly ToolOutcome[]> {
  const { host, top, reportFolder, allowEmpty, secretKey } = given
  const { files, notices } = await findReports({ host, lines: given.reports, allowEmpty, top, reportFolder })
  const project = wholeRepository(given)
  const known = new Set(project.files)
  const read: FileReport[] = []
  for (const file of files) read.push(...(await readFile(given, file, known)))
  const sound = Map.groupBy(
    read.filter(({ failed }) => !failed),
    ({ report }) => report.tool.id,
  )
  const groups = [...sound.values(), ...read.filter(({ failed }) => failed).map((each) => [each])]
  const sources = keepLines(openSources(host.files, top))
  const outcomes: ToolOutcome[] = []
  for (const group of groups)
    outcomes.push(await reportOutcome({ host, top, project, files: known, secretKey, sources }, group))
  const [first, ...rest] = outcomes
  if (first === undefined || notices.length === 0) return outcomes
  const passedOver = notices.map((message): Notice => ({ level: 'notice', message }))
  return [{ ...first, run: { ...first.run, notices: [...first.run.notices, ...passedOver] } }, ...rest]
}

/** Reports are about files wherever they are, not about one package. */
function wholeRepository({ top, projects }: GivenReports): Project {
  const files = projects.flatMap(({ folder, files: own }) =>
    own.map((file) => (folder === '' ? file : `${folder}/${file}`)),
  )
  return {
    name: '',
    root: top,
    folder: '',
    pythonFiles: [],
    files: [...new Set(files)].sort(),
    configuration: [],
    firstParty: [],
  }
}

/** A fault of one file is its own: what the others say stands. */
async function readFile(
  given: GivenReports,
  file: ReportFile,
  files: ReadonlySet<string>,
): Promise<readonly FileReport[]> {
  try {
    return await readTrusted(given, file, files)
  } catch (error) {
    const message = `${file.path} ${whyUnread(given.host, error)}`
    const known = file.format === undefined ? undefined : reportFormats[file.format]
    const tool =
      known === undefined
        ? unknownTool(file.path)
        : { ...unknownTool(file.path), id: file.format ?? 'reports' }
    return [
      {
        path: file.path,
        failed: true,
        report: { tool, findings: [], notices: [{ level: 'failed', message }] },
      },
    ]
  }
}

/** A fault of ours must not take away what the other reports say. */
function whyUnread({ runner }: Host, error: unknown): string {
  const message = runner.redact(error instanceof Error ? error.message : String(error))
  if (error instanceof ToolOutputError)
    return /^(?:is|has) /.test(message) ? message : `cannot be trusted: ${message}`
  runner.debug(runner.redact(error instanceof Error ? (error.stack ?? message) : message))
  return `cannot be read, which is probably a bug of ours (${message}).`
}

async function readTrusted(
  { host, top, deniedLicenses, onSbom, head }: GivenReports,
  file: ReportFile,
  files: ReadonlySet<string>,
): Promise<readonly FileReport[]> {
  const { path, format: hinted } = file
  const document = parseDocument(await readReportText(host.files, join(top, ...path.split('/')), file))
  refuseEmptyList(document, hinted)
  const recognised = recogniseReport(document)
  const format =
    recognised ?? (Array.isArray(document.value) && document.value.length === 0 ? hinted : undefined)
  if (format === undefined)
    throw new ToolOutputError(describeMixed(document) ?? describeUnread(document.value) ?? unrecognised)
  if (hinted !== undefined && hinted !== format)
    throw new ToolOutputError(`is a report of the format \`${format}\`, not \`${hinted}\`.`)
  const sbom = onSbom && format === 'cyclonedx' ? readSbom(document, path) : undefined
  if (sbom !== undefined) {
    onSbom?.(sbom)
    return []
  }
  const now = host.clock.now()
  const limits: ReportLimits = { deniedLicenses, files, now }
  const stale = ageNotice(document.value, { path, modifiedMs: file.modifiedMs, now })
  const commits = commitsIn(document.value)
  const other = otherCommitNotice(commits, commits.length > 0 ? await head?.() : undefined, path)
  const { result, lost } = salvage(document, (each) => reportFormats[format].read(each, limits))
  return result.map((read) => {
    const report = placed(checked(read), { files, name: basename(top) })
    const notices = [
      ...(lost ? [lostNotice(lost)] : []),
      ...(report.notices ?? []),
      ...[stale, other].filter((notice) => notice !== undefined),
    ]
    return { path, report: { ...report, notices }, failed: notices.some(({ level }) => level === 'failed') }
  })
}

const unrecognised = `is JSON that no known scanner writes. These formats are read: ${formatNames.join(', ')}. Any other scanner: let it write SARIF 2.1.0.`

function lostNotice({ parts, why }: Lost): Notice {
  const many = parts === 1 ? 'A part of this report is' : `${parts} parts of this report are`
  return { level: 'failed', message: `${many} not as its format has it, and cannot be read: ${why}` }
}

/** What says that it looked at nothing is no clean report. */
function checked(report: ToolReport): ToolReport {
  if (report.filesChecked !== 0) return report
  const message = `${report.tool.name} looked at no file.`
  return { ...report, notices: [...(report.notices ?? []), { level: 'failed', message }] }
}

function placed(
  report: ToolReport,
  repository: { readonly files: ReadonlySet<string>; readonly name: string },
): ToolReport {
  const suppressed = report.suppressed ?? []
  const move = inRepository([...report.findings, ...suppressed.map(({ finding }) => finding)], repository)
  return {
    ...report,
    findings: report.findings.map(move),
    suppressed: suppressed.map(({ finding, reason }) => ({ finding: move(finding), reason })),
  }
}
