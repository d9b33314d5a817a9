/** Coverage of the files that the change touches, and the changed lines that no test runs. Pure. */
import type { Block, CoverageReport, FileChange, FileCoverage } from '@ci-actions/shared'
import { bar, fileAddress, formatValue } from '@ci-actions/shared'
import type { LineSpan, PatchCoverage } from '../coverage/patch.ts'
import { code } from './prose.ts'

const mostFiles = 20
const mostRanges = 6
const mostLinks = 10

export interface CoverageFacts {
  readonly coverage: CoverageReport | undefined
  readonly changes: readonly FileChange[]
  readonly patch?: PatchCoverage | undefined
  readonly linkTemplate?: string | undefined
}

/** A bar for each file that the change touches; where it touches none, for those with the least coverage. */
export function coverageBlocks({ coverage, changes, patch, linkTemplate }: CoverageFacts): readonly Block[] {
  if (coverage === undefined || coverage.lines === 0) return []
  const byPath = new Map(changes.map((change) => [change.path, change]))
  const measured = coverage.files.filter(({ covered, missed }) => covered.length + missed.length > 0)
  const changed = measured.filter(({ path }) => byPath.has(path))
  const shown = leastFirst(changed.length > 0 ? changed : measured.filter(({ missed }) => missed.length > 0))
  const rows = shown.slice(0, mostFiles).map((file) => fileRow(file, byPath.get(file.path), patch))
  const ofPatch = patch === undefined || patch.lines === 0 ? '' : `; ${newLines(patch)}`
  const title = `Coverage: ${share(coverage.covered, coverage.lines)}${ofPatch}`
  const text = changed.length > 0 ? 'Files that the change touches:' : 'Files with the least coverage:'
  const more = shown.length - rows.length
  const table: Block = { kind: 'table', columns: columnsOf(changed.length > 0), rows, more }
  const spans = patch?.uncovered ?? []
  const tables = rows.length === 0 ? [] : [{ kind: 'paragraph', text } as const, table]
  return [{ kind: 'details', title, blocks: [...tables, ...linkBlocks(spans, linkTemplate)] }]
}

function newLines({ covered, lines }: PatchCoverage): string {
  return `of ${lines} changed ${lines === 1 ? 'line' : 'lines'} ${share(covered, lines)}`
}

function columnsOf(changed: boolean) {
  const right = 'right' as const
  return [
    { title: 'file' },
    { title: 'covered', align: right },
    { title: '' },
    ...(changed ? [{ title: 'changed lines', align: right }] : []),
    { title: changed ? 'changed lines without a test' : 'lines without a test' },
  ]
}

function leastFirst(files: readonly FileCoverage[]): readonly FileCoverage[] {
  return files.toSorted((a, b) => percentOf(a) - percentOf(b) || (a.path < b.path ? -1 : 1))
}

function percentOf({ covered, missed }: FileCoverage): number {
  return (100 * covered.length) / (covered.length + missed.length)
}

function fileRow(
  file: FileCoverage,
  change: FileChange | undefined,
  patch: PatchCoverage | undefined,
): readonly string[] {
  const { path, covered, missed } = file
  const all = [code(path), share(covered.length, covered.length + missed.length), barCode(percentOf(file))]
  if (change === undefined) return [...all, ranges(spansOf(missed))]
  const isChanged = (line: number) => change.lines.some(({ start, end }) => start <= line && line <= end)
  const ran = covered.filter(isChanged).length
  const lines = ran + missed.filter(isChanged).length
  const spans = (patch?.uncovered ?? []).filter((span) => span.path === path)
  return [...all, lines === 0 ? '–' : `${ran} of ${lines}`, ranges(spans)]
}

function barCode(percent: number): string {
  return `\`${bar(percent)}\``
}

function ranges(spans: readonly Pick<LineSpan, 'start' | 'end'>[]): string {
  const shown = spans.slice(0, mostRanges).map(rangeText)
  const more = spans.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function rangeText({ start, end }: Pick<LineSpan, 'start' | 'end'>): string {
  return start === end ? String(start) : `${start}–${end}`
}

/** Of ascending lines. */
function spansOf(lines: readonly number[]): readonly Pick<LineSpan, 'start' | 'end'>[] {
  const spans: { start: number; end: number }[] = []
  for (const line of lines) {
    const last = spans.at(-1)
    if (last !== undefined && last.end === line - 1) last.end = line
    else spans.push({ start: line, end: line })
  }
  return spans
}

/** A table's cells hold no links, so the places to click stand below it. */
function linkBlocks(spans: readonly LineSpan[], linkTemplate: string | undefined): readonly Block[] {
  if (spans.length === 0 || linkTemplate === undefined) return []
  const shown = spans.toSorted((a, b) => b.lines - a.lines).slice(0, mostLinks)
  const more = spans.length - shown.length
  return [
    { kind: 'paragraph', text: 'Changed lines that no test runs, the longest first:' },
    ...shown.map(
      (span): Block => ({
        kind: 'link',
        label: code(`${span.path}:${rangeText(span)}`),
        url: fileAddress(linkTemplate, span.path, span.start) + lastLine(span, linkTemplate),
      }),
    ),
    ...(more > 0 ? [{ kind: 'paragraph', text: `And ${more} more.` } as const] : []),
  ]
}

/** GitHub marks a range where the address ends in `#L4-L7`. */
function lastLine({ start, end }: LineSpan, linkTemplate: string): string {
  return end > start && linkTemplate.endsWith('#L{line}') ? `-L${end}` : ''
}

function share(covered: number, lines: number): string {
  return formatValue((covered / lines) * 100, 'percent')
}
