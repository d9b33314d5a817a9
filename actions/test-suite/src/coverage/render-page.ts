/** The coverage of all files as one HTML page that needs nothing else: no network, no fonts, no script. */
import { createHash } from 'node:crypto'
import type { CoverageReport, FileCoverage } from '@ci-actions/shared'
import { barHtml, branchShare, escapeHtml, pageStyle, tableHtml } from '@ci-actions/shared'

/** Rows and ranges beyond these are counted, not shown; LCOV and Cobertura have all of them. */
const mostFiles = 5000
const mostRanges = 60

const style = `${pageStyle}td:last-child { font-size: 13px; color: var(--soft) }\n`

/** Files with the most uncovered lines come first. */
export function renderCoveragePage(report: CoverageReport): string {
  const title =
    report.lines === 0
      ? 'No lines were measured'
      : `${percent(report.covered, report.lines)} of lines covered`
  const rows = report.files.toSorted(
    (a, b) => b.missed.length - a.missed.length || (a.path < b.path ? -1 : 1),
  )
  const left = rows.length - mostFiles
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sha256(style)}'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(totals(report))}</p>
${left > 0 ? `<p class="soft">Showing ${mostFiles} of ${rows.length} files, those with the most uncovered lines.</p>\n` : ''}${tableHtml(columns, rows.slice(0, mostFiles).map(row))}</body>
</html>
`
}

const columns = [
  { title: 'File' },
  { title: '' },
  { title: 'Lines', align: 'right' },
  { title: 'Branches', align: 'right' },
  { title: 'Uncovered lines' },
] as const

function row(file: FileCoverage): readonly string[] {
  const lines = file.covered.length + file.missed.length
  const branches = branchShare([file])
  return [
    `<code>${escapeHtml(file.path)}</code>`,
    lines === 0 ? '' : barHtml((100 * file.covered.length) / lines),
    figure(file.covered.length, lines),
    figure(branches.covered, branches.total),
    escapeHtml(rangesText(missedRanges(file))),
  ]
}

function totals({ covered, lines, files }: CoverageReport): string {
  const branches = branchShare(files)
  const parts = [`${covered} of ${lines} lines in ${files.length} ${files.length === 1 ? 'file' : 'files'}`]
  if (branches.total > 0) {
    parts.push(
      `${percent(branches.covered, branches.total)} of branches (${branches.covered} of ${branches.total})`,
    )
  }
  return parts.join(' · ')
}

function figure(covered: number, total: number): string {
  return total === 0 ? '–' : `${percent(covered, total)}<br><span class="soft">${covered} of ${total}</span>`
}

/** Rounded down, so that only all is 100 %. */
function percent(covered: number, total: number): string {
  return `${(Math.floor((1000 * covered) / total) / 10).toFixed(1)} %`
}

/** Missed lines with no line between them that ran. */
export function missedRanges(
  file: FileCoverage,
): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = []
  let next = 0
  for (const line of file.missed) {
    let ranBetween = false
    for (; (file.covered[next] ?? line) < line; next++) ranBetween = true
    const last = found.at(-1)
    if (last === undefined || ranBetween) found.push({ start: line, end: line })
    else last.end = line
  }
  return found
}

function rangesText(ranges: ReturnType<typeof missedRanges>): string {
  const shown = ranges
    .slice(0, mostRanges)
    .map(({ start, end }) => (start === end ? `${start}` : `${start}–${end}`))
  const left = ranges.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more ranges`] : [])].join(', ')
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}
