/** The job summary. The order of its parts is a promise: verdict, context, rules, what to fix, the rest folded. */
import { blockSections } from './blocks-markdown.ts'
import type { Section } from './budget.ts'
import { block, fitSection } from './budget.ts'
import type { Trouble } from './headline.ts'
import { contextParts, headline, loosenedTitle, troubleOf } from './headline.ts'
import { codeMarkdown, escapeMarkdown, proseMarkdown } from './markdown.ts'
import type { Report } from './report.ts'
import { failedToolSections, noticeSections, settingSections, toolSections } from './summary-details.ts'
import { leftoverSections } from './summary-leftovers.ts'
import type { ProblemLimits } from './summary-problems.ts'
import { problemSections } from './summary-problems.ts'
import { ranks } from './summary-ranks.ts'
import { ruleSections } from './summary-rules.ts'

const limits: ProblemLimits = { rows: 100, rowsPerFile: 20 }

/** GitHub Markdown of at most `maxBytes` bytes; empty where not even the title has room. */
export function renderSummary(report: Report, options: { readonly maxBytes: number }): string {
  return fitSection(summaryDocument(report, limits), options.maxBytes)
}

/** The same parts for other places that take Markdown and hold less. */
export function summaryDocument(report: Report, problems: ProblemLimits): Section {
  return {
    open: titleMarkdown(report),
    inside: [
      block(contextMarkdown(report), ranks.title),
      ...troubleSections(report),
      ...loosenedSections(report),
      ...ruleSections(report),
      ...failedToolSections(report),
      ...bodySections(report, problems),
      footer(report),
    ],
    close: () => '',
  }
}

function bodySections(report: Report, problems: ProblemLimits): readonly Section[] {
  return [
    ...(report.verdict === 'passed' ? leftoverSections(report) : problemSections(report, problems)),
    ...blockSections(report.blocks, ranks.blocks),
    ...toolSections(report),
    ...noticeSections(report),
    ...settingSections(report),
  ]
}

function titleMarkdown(report: Report): string {
  const { icon, text } = headline(report)
  return `## ${icon} ${proseMarkdown(text, 'line')}\n\n`
}

/** The first part is bold: it is the verdict in numbers. */
function contextMarkdown(report: Report): string {
  const [first, ...others] = contextParts(report)
  if (first === undefined || troubleOf(report) !== undefined) return ''
  return `${[`**${escapeMarkdown(first)}**`, ...others.map(escapeMarkdown)].join(' · ')}\n\n`
}

/** In sight: whoever approves the change must not have to unfold it. */
function loosenedSections({ loosened }: Report): readonly Section[] {
  if (loosened.length === 0) return []
  return [
    {
      rank: ranks.title,
      open: `**${loosenedTitle}:**\n\n`,
      inside: loosened.map((each) => ({ text: `- ${proseMarkdown(each, 'line')}\n` })),
      close: ({ items }) => (items > 0 ? `- … and ${items} more\n\n` : '\n'),
    },
  ]
}

const advice: Readonly<Record<Trouble, string>> = {
  planned: 'This is no verdict.',
  'wrong-input': 'Nothing was checked. What to change:',
  unavailable: 'This is not about the code: something that is needed was not reached.',
  cancelled: 'This is no verdict.',
  bug: 'There is no verdict. What went wrong:',
}

function troubleSections(report: Report): readonly Section[] {
  const trouble = troubleOf(report)
  if (trouble === undefined) return []
  return [
    block(`${advice[trouble]}\n\n`, ranks.title),
    {
      rank: ranks.rules,
      open: '',
      inside: report.reasons.map((reason) => ({ text: `- ${reasonMarkdown(reason.message)}\n` })),
      close: ({ items }) => (items > 0 ? `- … and ${items} more\n\n` : '\n'),
    },
  ]
}

function reasonMarkdown(message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => proseMarkdown(line, 'line')).join('<br>')
}

function footer(report: Report): Section {
  const version = escapeMarkdown(`ci-actions/${report.action} ${report.actionVersion}`)
  const laptop = report.laptop === '' ? '' : ` · the same on a laptop: ${codeMarkdown(report.laptop, 'line')}`
  return block(`<sub>${version}${laptop}</sub>\n`, ranks.foot)
}
