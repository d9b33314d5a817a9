/** What to fix: findings by file, repeats folded, the most important first; what is not shown is counted. */
import type { Finding } from '../finding/finding.ts'
import type { FoldedFinding } from '../finding/fold.ts'
import { foldFindings } from '../finding/fold.ts'
import type { Row, Section } from './budget.ts'
import { count, counted } from './figures.ts'
import {
  codeMarkdown,
  escapeMarkdown,
  fileAddress,
  linkMarkdown,
  messageMarkdown,
  proseMarkdown,
  tableHead,
  tableRow,
} from './markdown.ts'
import type { FileProblems } from './ranking.ts'
import { fixSentence, groupByFile, rankedFindings, repeatsText, toolNames, toolsOf } from './ranking.ts'
import type { Report } from './report.ts'
import { ranks } from './summary-ranks.ts'
import { shorten } from './visible.ts'

export interface ProblemLimits {
  readonly rows: number
  /** Where several files have problems, so that one does not hide the others. */
  readonly rowsPerFile: number
}

/** Longer messages end in `…`; the report folder has them whole. */
const longestMessage = 300

export const levelIcons = { error: '❌', warning: '⚠️', note: 'ℹ️' }

const head = tableHead([
  { title: 'line', align: 'right' },
  { title: '', align: 'center' },
  { title: 'problem' },
  { title: 'rule' },
])

/** For a verdict that is not green. */
export function problemSections(report: Report, limits: ProblemLimits): readonly Section[] {
  const { counting, notes, older } = rankedFindings(report)
  if (counting.length === 0 && notes.length === 0 && older.length === 0) return []
  if (counting.length === 0)
    return [{ rank: ranks.rest, open: '', inside: [], close: () => where(report, 0) }]
  const { sections, cut } = fileSections(counting, report, limits)
  return [
    {
      rank: ranks.problems,
      open: `### ${report.verdict === 'failed' ? 'What to fix' : 'Problems found so far'}\n\n${fixHint(counting, report)}`,
      inside: sections,
      close: ({ counts }) => where(report, counts + cut),
    },
  ]
}

interface Files {
  readonly sections: readonly Section[]
  /** Findings that the limits alone leave out. */
  readonly cut: number
}

function fileSections(findings: readonly Finding[], report: Report, limits: ProblemLimits): Files {
  const files = groupByFile(findings, report)
  const names = toolNames(report)
  const perFile = files.length === 1 ? limits.rows : limits.rowsPerFile
  const sections: Section[] = []
  let rows = limits.rows
  let cut = 0
  for (const file of files) {
    if (rows === 0) {
      cut += file.findings.length
      continue
    }
    const shown = foldFindings(file.findings).slice(0, Math.min(rows, perFile))
    const more = file.findings.length - shown.reduce((sum, problem) => sum + problem.count, 0)
    rows -= shown.length
    cut += more
    sections.push(fileSection(file, shown, more, report, names))
  }
  return { sections, cut }
}

function fileSection(
  file: FileProblems,
  shown: readonly FoldedFinding[],
  more: number,
  report: Report,
  names: ReadonlyMap<string, string>,
): Section {
  return {
    open: `${fileTitle(file, report)}\n\n${head}`,
    inside: shown.map(
      (problem): Row => ({ text: problemRow(problem, report, names), counts: problem.count }),
    ),
    close: ({ counts }) =>
      counts + more > 0 ? `\n<sub>${count(counts + more)} more in this file</sub>\n\n` : '\n',
  }
}

function fileTitle(file: FileProblems, report: Report): string {
  const name = file.path === undefined ? 'The whole project' : codeMarkdown(file.path, 'line')
  const outside = file.outside ? ', outside the repository' : ''
  const old = file.findings.length - file.new
  if (report.base === undefined || file.new === 0)
    return `**${name}** · ${count(file.findings.length)}${outside}`
  return `**${name}** · ${count(file.new)} new${old > 0 ? `, ${count(old)} older` : ''}${outside}`
}

function problemRow(problem: FoldedFinding, report: Report, names: ReadonlyMap<string, string>): string {
  const { finding } = problem
  const repeats = repeatsText(problem)
  return tableRow([
    lineCell(finding, report),
    levelIcons[finding.level],
    `${messageCell(finding)}${repeats === '' ? '' : ` — ${repeats}`}${finding.fix === undefined ? '' : ' 🔧'}`,
    ruleCell(finding, names.get(finding.tool) ?? finding.tool),
  ])
}

export function lineCell({ location }: Finding, report: Report): string {
  if (location === undefined) return ''
  const label = location.line === undefined ? '–' : String(location.line)
  if (location.outside === true || report.linkTemplate === undefined) return label
  return linkMarkdown(label, fileAddress(report.linkTemplate, location.path, location.line))
}

export function messageCell(finding: Finding): string {
  const message = messageMarkdown(shorten(finding.message, longestMessage), 'cell')
  const { security } = finding
  if (security === undefined) return message
  const versions = (security.fixedVersions ?? []).slice(0, 3).map((each) => codeMarkdown(each, 'cell'))
  const fixed = versions.length === 0 ? '' : `, fixed in ${versions.join(', ')}`
  return `**${security.severity}** ${message}${fixed}`
}

export function ruleCell(finding: Finding, tool: string): string {
  const witnesses = (finding.witnesses ?? []).filter((witness) => witness.tool !== finding.tool).length
  const also = witnesses === 0 ? '' : ` +${witnesses}`
  const rule = finding.rule === finding.tool ? '' : ` ${codeMarkdown(finding.rule, 'cell')}`
  return `${escapeMarkdown(tool)}${rule}${also}`
}

export function fixHint(findings: readonly Finding[], report: Report): string {
  const sentence = fixSentence(findings, report)
  return sentence === '' ? '' : `${proseMarkdown(sentence, 'line')}\n\n`
}

/** How much is not shown, and where all of it is. */
function where(report: Report, hidden: number): string {
  const { counting, notes, older } = rankedFindings(report)
  const too = [
    notes.length === 0 ? '' : `${counted(notes.length, 'note')} (${escapeMarkdown(toolsOf(notes, report))})`,
    older.length === 0
      ? ''
      : `${counted(older.length, 'older problem')} that ${older.length === 1 ? 'does' : 'do'} not count`,
  ]
  return shownLine(counting.length, hidden, too.filter((part) => part !== '').join(' and '), report)
}

export function shownLine(all: number, hidden: number, also: string, report: Report): string {
  const folder =
    report.reportFolder === undefined ? 'the report folder' : codeMarkdown(report.reportFolder, 'line')
  if (hidden > 0) {
    const rest = also === '' ? 'All of them are' : `All of them, and ${also}, are`
    return `<sub>Showing ${count(all - hidden)} of ${counted(all, 'problem')}. ${rest} in ${folder}.</sub>\n\n`
  }
  return also === '' ? '' : `<sub>Not shown: ${also}; see ${folder}.</sub>\n\n`
}
