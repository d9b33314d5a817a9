/** The table of rules: what decided, what it saw, and where that came from. */
import { noToolChosen } from '../gate/explain.ts'
import type { Outcome, RuleOutcome } from '../gate/rule.ts'
import type { Section } from './budget.ts'
import { actualFigure, baseFigure, counted, missing, ruleText } from './figures.ts'
import { codeMarkdown, escapeMarkdown, proseMarkdown, tableHead, tableRow } from './markdown.ts'
import { toolNames } from './ranking.ts'
import type { Report } from './report.ts'
import { ranks } from './summary-ranks.ts'

export const outcomeIcons: Readonly<Record<Outcome, string>> = {
  passed: '✅',
  failed: '❌',
  warned: '⚠️',
  'not-measured': '❓',
  'no-base': '➖',
  'left-out': '➖',
}

/** Failed rules first, then warnings, then the others as declared; what was left out comes last. */
const order: readonly Outcome[] = ['failed', 'not-measured', 'warned', 'passed', 'no-base', 'left-out']

export function orderedRules(report: Report): readonly RuleOutcome[] {
  return report.rules.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
}

const head = tableHead([
  { title: '', align: 'center' },
  { title: 'rule' },
  { title: 'now', align: 'right' },
  { title: 'base', align: 'right' },
  { title: 'from' },
])

export function ruleSections(report: Report): readonly Section[] {
  const inTable = orderedRules(report).filter((outcome) => outcome.outcome !== 'left-out')
  const leftOut = report.rules.filter((outcome) => outcome.outcome === 'left-out')
  const sections: Section[] = []
  if (inTable.length > 0) {
    sections.push({
      rank: ranks.rules,
      open: head,
      inside: inTable.map((outcome) => ({ text: ruleRow(outcome, report) })),
      close: ({ items }) =>
        items > 0 ? `\n${counted(items, 'more rule')}, in the report folder.\n\n` : '\n',
    })
  }
  const byReason = Map.groupBy(leftOut, ({ message }) => withoutSubject(message))
  for (const [reason, outcomes] of byReason) sections.push(leftOutSection(reason, outcomes))
  return sections
}

function leftOutSection(reason: string, outcomes: readonly RuleOutcome[]): Section {
  const isKnown = reason !== '' && reason !== noToolChosen
  const why = isKnown ? proseMarkdown(reason, 'line') : 'no chosen tool measures it'
  return {
    rank: ranks.rest,
    open: `<sub>Left out, because ${why}: `,
    inside: outcomes.map((outcome, index) => ({
      text: `${index === 0 ? '' : ', '}${codeMarkdown(ruleText(outcome), 'line')}`,
    })),
    close: ({ items }) => `${items > 0 ? ` and ${items} more` : ''}.</sub>\n\n`,
  }
}

function ruleRow(outcome: RuleOutcome, report: Report): string {
  const { rule } = outcome
  const warn = rule.warn ? 'warn ' : ''
  const now = escapeMarkdown(actualFigure(outcome))
  return tableRow([
    outcomeIcons[outcome.outcome],
    `${warn}${codeMarkdown(ruleText(outcome), 'cell')}`,
    outcome.outcome === 'failed' ? `**${now}**` : now,
    escapeMarkdown(baseFigure(outcome)),
    sourceMarkdown(outcome, report),
  ])
}

/** Where the number comes from: the place that has it, else the tools; without a number, why there is none. */
function sourceMarkdown(outcome: RuleOutcome, report: Report): string {
  if (outcome.actual === undefined) return proseMarkdown(withoutSubject(outcome.message), 'cell')
  if (outcome.at !== undefined) return codeMarkdown(outcome.at, 'cell')
  return escapeMarkdown(toolList(outcome.tools, report))
}

/** The row names the metric already. */
export function withoutSubject(message: string): string {
  return message.replace(/^`[^`]*`(?: was not measured| is left out)?[:;] /, '')
}

/** Display names; `all tools` where none is missing. */
export function toolList(ids: readonly string[], report: Report): string {
  const names = toolNames(report)
  const ran = new Set(report.tools.filter((tool) => tool.version !== undefined).map((tool) => tool.id))
  if (ids.length > 3 && ran.size > 0 && [...ran].every((id) => ids.includes(id))) return 'all tools'
  // A longer list says no more than its length; the table of tools has them all.
  if (ids.length > 5) return counted(ids.length, 'tool')
  return ids.length === 0 ? missing : ids.map((id) => names.get(id) ?? id).join(', ')
}
