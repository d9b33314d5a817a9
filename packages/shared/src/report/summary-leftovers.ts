/** Under a green verdict: what problems remain, by rule, folded. */
import type { Finding } from '../finding/finding.ts'
import type { Section } from './budget.ts'
import { count, counted } from './figures.ts'
import {
  codeMarkdown,
  detailsClose,
  detailsOpen,
  fileAddress,
  linkMarkdown,
  tableHead,
  tableRow,
} from './markdown.ts'
import { rankedFindings, toolNames } from './ranking.ts'
import type { Report } from './report.ts'
import { fixHint, levelIcons, messageCell, ruleCell, shownLine } from './summary-problems.ts'
import { ranks } from './summary-ranks.ts'

const mostRows = 20

const head = tableHead([
  { title: 'times', align: 'right' },
  { title: '', align: 'center' },
  { title: 'rule' },
  { title: 'such as' },
  { title: 'at' },
])

export function leftoverSections(report: Report): readonly Section[] {
  const { counting, notes, older } = rankedFindings(report)
  const remaining = [...counting, ...notes, ...older]
  if (remaining.length === 0) return []
  const rules = [...Map.groupBy(remaining, ({ tool, rule, level }) => `${level} ${tool} ${rule}`).values()]
  const shown = rules.toSorted((a, b) => b.length - a.length).slice(0, mostRows)
  const cut = remaining.length - shown.reduce((sum, findings) => sum + findings.length, 0)
  const names = toolNames(report)
  return [
    {
      rank: ranks.problems,
      open: detailsOpen(`Remaining problems: ${count(remaining.length)}`) + fixHint(remaining, report) + head,
      inside: shown.map((findings) => ({ text: ruleRow(findings, report, names), counts: findings.length })),
      close: ({ counts }) => `\n${shownLine(remaining.length, counts + cut, '', report)}${detailsClose}`,
    },
  ]
}

function ruleRow(findings: readonly Finding[], report: Report, names: ReadonlyMap<string, string>): string {
  const [first] = findings
  if (first === undefined) return ''
  return tableRow([
    count(findings.length),
    levelIcons[first.level],
    ruleCell(first, names.get(first.tool) ?? first.tool),
    messageCell(first),
    places(findings, first, report),
  ])
}

/** The first place, and in how many files the others are. */
function places(findings: readonly Finding[], first: Finding, report: Report): string {
  const { location } = first
  if (location === undefined) return ''
  const files = new Set(findings.map((finding) => finding.location?.path)).size
  const others = files > 1 ? ` and ${counted(files - 1, 'more file')}` : ''
  const place = codeMarkdown(
    location.line === undefined ? location.path : `${location.path}:${location.line}`,
    'cell',
  )
  if (location.outside === true || report.linkTemplate === undefined) return place + others
  return linkMarkdown(place, fileAddress(report.linkTemplate, location.path, location.line)) + others
}
