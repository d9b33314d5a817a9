/** The result on a terminal, in the order of the job summary; places are written so that terminals link them. */
import type { Level } from '../finding/finding.ts'
import type { FoldedFinding } from '../finding/fold.ts'
import { foldFindings } from '../finding/fold.ts'
import type { Outcome, RuleOutcome } from '../gate/rule.ts'
import type { ToolRun } from '../tool/tool.ts'
import { blockLines } from './blocks-terminal.ts'
import { actualFigure, baseFigure, count, counted, duration, missing } from './figures.ts'
import { contextParts, headline, loosenedTitle, troubleOf } from './headline.ts'
import { plainProse } from './prose.ts'
import { fixSentence, groupByFile, rankedFindings, repeatsText, toolNames, toolsOf } from './ranking.ts'
import type { Report } from './report.ts'
import {
  allNotices,
  didRun,
  failedAdvice,
  leftOutTools,
  shownTools,
  toolsTitle,
  toolTitle,
  versionOrigin,
} from './summary-details.ts'
import { orderedRules, toolList, withoutSubject } from './summary-rules.ts'
import type { Colour, Paint } from './terminal-text.ts'
import { alignRows, painter, withoutCommands, wrap } from './terminal-text.ts'
import { shorten, visibleLine, visibleText } from './visible.ts'

export interface TerminalOptions {
  readonly colour: boolean
  /** Columns; long paths and words go beyond rather than being cut. */
  readonly width: number
}

/** More would push the verdict out of sight; the report folder has all. After a green one few want to read any. */
const mostProblems = { red: 100, green: 20 }

/** Lines of a usual window: a longer report repeats the verdict at its end, where the reader is then. */
const screen = 40

export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = painter(options.colour)
  const width = Math.max(40, options.width)
  const parts = [
    titleLines(report, paint, width),
    loosenedLines(report, paint, width),
    ruleLines(report, paint, width),
    failedToolLines(report, paint, width),
    problemLines(report, paint, width),
    report.verdict === 'passed' ? briefLines(report, paint, width) : detailLines(report, paint, width),
    noticeLines(report, paint, width),
    footLines(report, paint),
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  const lines = shown.reduce((sum, part) => sum + part.length + 1, 0)
  const again = lines > screen ? [verdictLines(report, paint, width)] : []
  return withoutCommands(`${[...shown, ...again].map((part) => part.join('\n')).join('\n\n')}\n`)
}

function verdictLines(report: Report, paint: Paint, width: number): readonly string[] {
  const { icon, text } = headline(report)
  const colour: Colour =
    report.verdict === 'passed' ? 'green' : report.verdict === 'failed' ? 'red' : 'yellow'
  return wrap(`${icon} ${plainProse(text)}`, width, '   ').map((line) => paint(paint(line, colour), 'bold'))
}

function titleLines(report: Report, paint: Paint, width: number): readonly string[] {
  const title = verdictLines(report, paint, width)
  if (troubleOf(report) === undefined) return [...title, ...wrap(contextParts(report).join(' · '), width)]
  const reasons = report.reasons.flatMap(({ message }) => wrap(`- ${plainProse(message)}`, width, '  '))
  return [...title, ...reasons]
}

function loosenedLines(report: Report, paint: Paint, width: number): readonly string[] {
  if (report.loosened.length === 0) return []
  const lines = report.loosened.flatMap((each) => wrap(`- ${plainProse(each)}`, width, '  '))
  return [loosenedTitle, ...lines].map((line) => paint(line, 'yellow'))
}

const outcomeMarks: Readonly<Record<Outcome, readonly [string, Colour]>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  warned: ['!', 'yellow'],
  'not-measured': ['?', 'yellow'],
  'no-base': ['-', 'dim'],
  'left-out': ['-', 'dim'],
}

function ruleLines(report: Report, paint: Paint, width: number): readonly string[] {
  const rules = orderedRules(report)
  const cells = rules.map((outcome) => [
    visibleLine(outcome.rule.text),
    actualFigure(outcome),
    baseText(outcome),
    visibleLine(sourceText(outcome, report)),
  ])
  const rows = alignRows(cells, { right: new Set([1]), width: width - 4 })
  return rows.flatMap(([first = '', ...others], index) => {
    const [mark, colour] = outcomeMarks[rules[index]?.outcome ?? 'passed']
    return [`  ${paint(mark, colour)} ${first}`, ...others.map((line) => `    ${line}`)]
  })
}

function baseText(outcome: RuleOutcome): string {
  const base = baseFigure(outcome)
  return base === missing ? '' : `(base ${base})`
}

function sourceText(outcome: RuleOutcome, report: Report): string {
  if (outcome.actual === undefined) return plainProse(withoutSubject(outcome.message))
  return outcome.at ?? toolList(outcome.tools, report)
}

function failedToolLines(report: Report, paint: Paint, width: number): readonly string[] {
  const failed = report.tools.filter((tool) => tool.status === 'failed')
  const lines = failed.flatMap((tool) => {
    const [first = '', ...printed] = visibleText(tool.why ?? '').split('\n')
    const title = wrap(`${toolTitle(tool)} failed: ${plainProse(first)}`, width, '  ')
    return [
      ...title.map((line) => paint(line, 'red')),
      ...printed.slice(-20).map((line) => `    ${shorten(line, 500)}`),
    ]
  })
  return failed.length === 0 ? [] : [...lines, ...wrap(plainProse(failedAdvice(report)), width)]
}

function problemLines(report: Report, paint: Paint, width: number): readonly string[] {
  const { counting, notes } = rankedFindings(report)
  if (counting.length === 0 && notes.length === 0) return []
  const names = toolNames(report)
  const shown: FoldedFinding[] = []
  const most = report.verdict === 'passed' ? mostProblems.green : mostProblems.red
  for (const { findings } of groupByFile(counting, report)) {
    if (shown.length >= most) break
    shown.push(...foldFindings(findings).slice(0, most - shown.length))
  }
  const hidden = counting.length - shown.reduce((sum, problem) => sum + problem.count, 0)
  const fix = plainProse(fixSentence(counting, report))
  return [
    ...shown.flatMap((problem) => problemText(problem, names, paint, width)),
    ...(hidden > 0
      ? [
          `Showing ${count(counting.length - hidden)} of ${counted(counting.length, 'problem')}; all of them are in the report folder.`,
        ]
      : []),
    ...(notes.length > 0
      ? [`Not shown: ${counted(notes.length, 'note')} (${toolsOf(notes, report)}), in the report folder.`]
      : []),
    ...(fix === '' ? [] : [fix]),
  ]
}

const levelColours: Readonly<Record<Level, Colour>> = { error: 'red', warning: 'yellow', note: 'cyan' }

function problemText(
  problem: FoldedFinding,
  names: ReadonlyMap<string, string>,
  paint: Paint,
  width: number,
): readonly string[] {
  const { location, level, message, rule, tool } = problem.finding
  const line = location?.line === undefined ? '' : `:${location.line}`
  const column = location?.line === undefined || location.column === undefined ? '' : `:${location.column}`
  const place = location === undefined ? 'whole project' : `${visibleLine(location.path)}${line}${column}`
  const repeats = repeatsText(problem)
  const more = repeats === '' ? '' : ` (${repeats})`
  const ruleName = rule === tool ? '' : ` ${rule}`
  const by = visibleLine(`[${names.get(tool) ?? tool}${ruleName}]`)
  const text = wrap(`${shorten(message, 1000)}${more} ${by}`, width - 4)
  return [
    `${paint(place, 'bold')} ${paint(level, levelColours[level])}`,
    ...text.map((part) => `    ${part}`),
  ]
}

/** A terminal cannot fold: under a green verdict only the titles of what a summary would have folded. */
function briefLines(report: Report, paint: Paint, width: number): readonly string[] {
  const titles = report.blocks.flatMap((block) => (block.kind === 'details' ? [block.title] : []))
  if (report.tools.length > 0) titles.push(toolsTitle(report))
  return titles.flatMap((title) => wrap(plainProse(title), width, '  ').map((line) => paint(line, 'dim')))
}

function detailLines(report: Report, paint: Paint, width: number): readonly string[] {
  const blocks = report.blocks.flatMap((block) => blockLines(block, paint, width))
  const tools = toolLines(report, paint, width)
  return blocks.length > 0 && tools.length > 0 ? [...blocks, '', ...tools] : [...blocks, ...tools]
}

/** What a reader asks first stands first; where a version comes from is the last to be read. */
function toolLines(report: Report, paint: Paint, width: number): readonly string[] {
  const cells = shownTools(report).map((tool) => [
    visibleLine(toolTitle(tool)),
    visibleLine(tool.version ?? missing),
    didRun(tool) ? foundText(tool) : tool.status,
    tool.version === undefined ? '' : duration(tool.seconds),
    tool.remembered === 0 ? missing : `${count(tool.remembered)} of ${count(tool.files)}`,
    visibleLine(versionOrigin(tool)),
  ])
  const head = ['tool', 'version', 'findings', 'time', 'remembered', 'from']
  const rows = alignRows(cells.length === 0 ? [] : [head, ...cells], {
    right: new Set([3]),
    width: width - 2,
  }).flat()
  const leftOut = leftOutTools(report).flatMap((line) => wrap(plainProse(line), width - 2, '  '))
  return [...rows, ...leftOut].map((line) => `  ${paint(line, 'dim')}`)
}

function foundText(tool: ToolRun): string {
  const fresh = tool.new === undefined || tool.new === 0 ? '' : `, ${count(tool.new)} new`
  return `${count(tool.findings)}${fresh}`
}

function noticeLines(report: Report, paint: Paint, width: number): readonly string[] {
  return allNotices(report).flatMap((notice) =>
    wrap(`- ${plainProse(notice)}`, width, '  ').map((line) => paint(line, 'dim')),
  )
}

function footLines(report: Report, paint: Paint): readonly string[] {
  const lines = [
    report.reportFolder === undefined ? '' : `Report: ${visibleLine(report.reportFolder)}`,
    report.laptop === '' ? '' : `The same on a laptop: ${visibleLine(report.laptop)}`,
  ]
  return lines.filter((line) => line !== '').map((line) => paint(line, 'dim'))
}
