/** The folded parts: how the numbers came about, for a reader who doubts the verdict. */
import type { ToolRun, VersionSource } from '../tool/tool.ts'
import type { Row, Section } from './budget.ts'
import { block } from './budget.ts'
import { count, counted, duration, missing } from './figures.ts'
import {
  codeMarkdown,
  detailsClose,
  detailsOpen,
  escapeMarkdown,
  fencedMarkdown,
  proseMarkdown,
  tableHead,
  tableRow,
} from './markdown.ts'
import { proseCode, proseText } from './prose.ts'
import type { Prose, Report } from './report.ts'
import { ranks } from './summary-ranks.ts'
import { shorten, visibleLine } from './visible.ts'

/** Of what a failed tool printed last; its raw output is in the report folder. */
const longestOutput = 2000

/** Of why a tool did not run, in a table or list. */
const longestReason = 200

export function didRun(tool: ToolRun): boolean {
  return tool.status === 'clean' || tool.status === 'findings'
}

/** Tools that failed stand in sight, with what they printed last. */
export function failedToolSections(report: Report): readonly Section[] {
  const failed = report.tools.filter((tool) => tool.status === 'failed')
  if (failed.length === 0) return []
  return [
    {
      rank: ranks.failedTools,
      open: failed.length === 1 ? '### A tool failed\n\n' : `### ${count(failed.length)} tools failed\n\n`,
      inside: failed.map((tool) => ({ text: failedTool(tool) })),
      close: ({ items }) =>
        `${items > 0 ? `${counted(items, 'more failed tool')}, see below.\n\n` : ''}${proseMarkdown(failedAdvice(report), 'line')}\n\n`,
    },
  ]
}

/** What to do about tools that failed. */
export function failedAdvice(report: Report): Prose {
  const failed = report.tools.filter(({ status }) => status === 'failed')
  const ids = [...new Set(failed.map(({ id }) => id))]
  const unreached = failed.every(({ why }) => why?.startsWith('unavailable:') === true)
  const advice = unreached
    ? 'A tool that fails has judged nothing. What it did not reach may be back: run it again'
    : 'A tool that fails has judged nothing. Mend its cause'
  if (report.exempts !== true) return `${advice}.`
  return `${advice}, or let the gate do without it: ${proseCode(`optional-tools: ${ids.join(' ')}`)}`
}

function failedTool(tool: ToolRun): string {
  const [first = '', ...printed] = (tool.why ?? '').split('\n')
  const output = printed.join('\n').trim()
  const fence = output === '' ? '' : `${fencedMarkdown(shorten(output, longestOutput), 'text')}\n`
  return `**${escapeMarkdown(toolTitle(tool))}**: ${proseMarkdown(first, 'line')}\n\n${fence}`
}

export function toolTitle(tool: ToolRun): string {
  return tool.package === undefined || tool.package === '' ? tool.name : `${tool.name} in ${tool.package}`
}

const sources: Readonly<Record<VersionSource, string>> = {
  'suite-lock': 'suite lock',
  'project-lock': 'project lock',
  'project-environment': 'project environment',
  resolved: 'resolved',
  path: 'PATH',
}

/** Where a tool's version came from. */
export function versionOrigin(tool: ToolRun): string {
  if (tool.versionSource === undefined) return missing
  const source = sources[tool.versionSource]
  if (tool.versionSource === 'path' && tool.versionFrom !== undefined)
    return `${tool.versionFrom} on ${source}`
  return tool.versionFrom === undefined || tool.versionFrom === source
    ? source
    : `${source}, ${tool.versionFrom}`
}

export function statusText(tool: ToolRun): string {
  const why = firstLine(tool.why)
  return didRun(tool) || why === '' ? statusWord(tool) : `${statusWord(tool)}: ${why}`
}

function statusWord({ status }: ToolRun): string {
  if (status === 'skipped') return 'left out'
  return status === 'not-applicable' ? 'not applicable' : status
}

function firstLine(text = ''): string {
  return text.split('\n', 1)[0] ?? ''
}

const toolHead = tableHead([
  { title: 'tool' },
  { title: 'version' },
  { title: 'from' },
  { title: 'status' },
  { title: 'findings', align: 'right' },
  { title: 'new', align: 'right' },
  { title: 'remembered', align: 'right' },
  { title: 'time', align: 'right' },
])

export function toolsTitle(report: Report): Prose {
  const ran = report.tools.filter(didRun).length
  const failed = report.tools.filter((tool) => tool.status === 'failed').length
  const rest = report.tools.length - ran - failed
  const parts = [`${count(ran)} ran`]
  if (failed > 0) parts.push(`${count(failed)} failed`)
  if (rest > 0) parts.push(`${count(rest)} left out`)
  return `Tools: ${parts.join(', ')}`
}

/** Runs with a row of their own; those of which there is nothing but a reason to say share a line. */
export function shownTools(report: Report): readonly ToolRun[] {
  return report.tools.filter((tool) => didRun(tool) || tool.status === 'failed')
}

/** `Left out (not configured in this project): Flake8, Pylint`, one for each reason. */
export function leftOutTools(report: Report): readonly Prose[] {
  const rest = report.tools.filter((tool) => !didRun(tool) && tool.status !== 'failed')
  return [...Map.groupBy(rest, statusText).values()].map((tools) => {
    const [first] = tools
    const word = first === undefined ? '' : statusWord(first)
    const why = shorten(visibleLine(firstLine(first?.why)), longestReason)
    const names = tools.map((tool) => proseText(visibleLine(toolTitle(tool)))).join(', ')
    return `${word[0]?.toUpperCase()}${word.slice(1)}${why === '' ? '' : ` (${why})`}: ${names}`
  })
}

export function toolSections(report: Report): readonly Section[] {
  if (report.tools.length === 0) return []
  return [
    {
      rank: ranks.tools,
      open: detailsOpen(toolsTitle(report)),
      inside: [toolTable(report), leftOutList(report)],
      close: () => detailsClose,
    },
  ]
}

function toolTable(report: Report): Section {
  const shown = shownTools(report)
  if (shown.length === 0) return block('')
  return {
    open: toolHead,
    inside: shown.map((tool) => ({ text: toolRow(tool) })),
    close: ({ items }) => (items > 0 ? `\n${counted(items, 'more tool run')}.\n` : '\n'),
  }
}

function leftOutList(report: Report): Section {
  return {
    open: '',
    inside: leftOutTools(report).map((line) => ({ text: `- ${proseMarkdown(line, 'line')}\n` })),
    close: ({ items }) => (items > 0 ? `- … and ${count(items)} more\n` : ''),
  }
}

function toolRow(tool: ToolRun): string {
  const ran = didRun(tool)
  return tableRow([
    escapeMarkdown(toolTitle(tool)),
    escapeMarkdown(tool.version ?? missing),
    escapeMarkdown(versionOrigin(tool)),
    proseMarkdown(shorten(statusText(tool), longestReason), 'cell'),
    ran ? count(tool.findings) : '',
    ran ? (tool.new === undefined ? missing : count(tool.new)) : '',
    ran ? (tool.remembered === 0 ? missing : `${count(tool.remembered)} of ${count(tool.files)}`) : '',
    tool.version === undefined ? '' : duration(tool.seconds),
  ])
}

/** All that a reader must know and that is no finding, in one list. */
export function allNotices(report: Report): readonly Prose[] {
  const notices = [
    ...report.degraded.map(({ what, why }) => `Not done: ${proseText(what)}. ${why}`),
    ...report.tools.flatMap((tool) =>
      tool.notices.map(({ message }) => {
        const named = message.startsWith(tool.name) && !tool.package
        return named ? message : `${proseText(toolTitle(tool))}: ${message}`
      }),
    ),
    ...report.notices,
    ...(report.base === undefined ? [] : [report.base.message]),
  ]
  return [...new Set(notices)]
}

export function noticeSections(report: Report): readonly Section[] {
  const notices = allNotices(report)
  if (notices.length === 0) return []
  return [
    {
      rank: ranks.notices,
      open: detailsOpen(`Notices: ${count(notices.length)}`),
      inside: notices.map((notice): Row => ({ text: `- ${proseMarkdown(notice, 'line')}\n` })),
      close: ({ items }) => (items > 0 ? `- … and ${count(items)} more\n` : '') + detailsClose,
    },
  ]
}

const settingHead = tableHead([{ title: 'input' }, { title: 'value' }, { title: 'from' }])

export function settingSections(report: Report): readonly Section[] {
  if (report.inputs.length === 0) return []
  return [
    {
      rank: ranks.rest,
      open:
        detailsOpen(`Settings: ${counted(report.inputs.length, 'input')} not at the default`) + settingHead,
      inside: report.inputs.map(({ name, value, from }) => ({
        text: tableRow([
          codeMarkdown(name, 'cell'),
          codeMarkdown(shorten(value, longestOutput), 'cell'),
          proseMarkdown(from, 'cell'),
        ]),
      })),
      close: ({ items }) => (items > 0 ? `\n${counted(items, 'more input')}.\n` : '') + detailsClose,
    },
  ]
}
