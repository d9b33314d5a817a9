/** Lines of `reports`: a path or glob, with the name of a format before it where the content cannot tell. */
import type { FoundFile, Host } from '@ci-actions/shared'
import { closest, findGivenFiles, UserError } from '@ci-actions/shared'
import type { FormatName } from './recognise.ts'
import { formatNames } from './recognise.ts'

export interface ReportsRequest {
  readonly host: Host
  /** As in the input. */
  readonly lines: readonly string[]
  readonly allowEmpty: boolean
  readonly top: string
  readonly reportFolder: string
}

export interface ReportFile extends FoundFile {
  readonly format?: FormatName | undefined
}

export interface ReportFiles {
  /** Sorted, each once. */
  readonly files: readonly ReportFile[]
  readonly notices: readonly string[]
}

/** Throws one `UserError` with all that is wrong. */
export async function findReports(request: ReportsRequest): Promise<ReportFiles> {
  const read = request.lines.map(readLine)
  const problems = read.flatMap((each) => ('problem' in each ? [each.problem] : []))
  const patterns = read.flatMap((each) => ('problem' in each ? [] : [each]))
  const found = new Map<string, ReportFile>()
  const notices = new Set<string>()
  // Those with a name come last, so that `reports/*.json` beside `gitleaks: reports/leaks.json` takes nothing away.
  for (const format of [undefined, ...formatNames]) {
    const own = patterns.filter((each) => each.format === format).map(({ pattern }) => pattern)
    if (own.length === 0) continue
    const given = await findGivenFiles({
      files: request.host.files,
      top: request.top,
      reportFolder: request.reportFolder,
      input: 'reports',
      patterns: own,
      allowEmpty: request.allowEmpty,
      extension: 'sarif',
    })
    problems.push(...given.problems)
    for (const notice of given.notices) notices.add(notice)
    for (const file of given.files) {
      const before = found.get(file.path)?.format
      if (before !== undefined && before !== format)
        problems.push(`\`reports\`: \`${file.path}\` is named \`${before}\` and \`${format}\`.`)
      found.set(file.path, { ...file, format })
    }
  }
  if (problems.length > 0) throw new UserError(problems)
  return { files: [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), notices: [...notices] }
}

interface Line {
  readonly pattern: string
  readonly format: FormatName | undefined
}

function readLine(line: string): Line | { readonly problem: string } {
  const [, name, pattern] = /^([A-Za-z][\w-]*):\s+(\S.*)$/.exec(line.trim()) ?? []
  if (name === undefined || pattern === undefined) return { pattern: line.trim(), format: undefined }
  const format = formatNames.find((each) => each === name.toLowerCase())
  if (format !== undefined) return { pattern, format }
  const near = closest(name, formatNames)
  const meant = near === undefined ? '' : ` Did you mean \`${near}\`?`
  return {
    problem: `\`reports\`: \`${name}\` is no format that is read.${meant} There are ${formatNames.join(', ')}.`,
  }
}
