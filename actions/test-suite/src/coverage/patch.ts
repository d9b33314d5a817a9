/** Coverage of the lines that a change adds or touches. */
import { posix } from 'node:path'
import type { CoverageReport, FileChange, FileCoverage, LineBranches } from '@ci-actions/shared'

export interface PatchCoverage {
  /** Changed lines that ran, and those that could run. 0 of 0 where the change has no code. */
  readonly covered: number
  readonly lines: number
  /** Lines that did not run, as ranges: what stands between them cannot run and is part of the change too. */
  readonly uncovered: readonly LineSpan[]
  /** Changed lines that ran, but not in every way. */
  readonly partial: readonly PartialLine[]
  /** Branches of the changed lines; a total of 0 where the format knows none. */
  readonly branches: { readonly covered: number; readonly total: number }
  /**
   * Changed files that the report says nothing about although it knows others with the same ending, such as a new module
   * that no test imports. They are in none of the figures.
   */
  readonly unknown: readonly string[]
}

export interface LineSpan {
  readonly path: string
  /** 1-based, inclusive; both did not run. */
  readonly start: number
  readonly end: number
  /** How many lines of it did not run. */
  readonly lines: number
}

export interface PartialLine {
  readonly path: string
  readonly line: number
  readonly covered: number
  readonly total: number
}

/** `report` with paths of the repository, so map them first. */
export function patchCoverage(report: CoverageReport, changes: readonly FileChange[]): PatchCoverage {
  const files = new Map(report.files.map((file) => [file.path, file]))
  const endings = new Set(report.files.map(({ path }) => posix.extname(path)))
  const touched = changes.filter((change) => change.lines.length > 0)
  const parts = touched.flatMap((change) => {
    const file = files.get(change.path)
    return file === undefined ? [] : [ofFile(file, change)]
  })
  const sum = (of: (part: FilePatch) => number) => parts.reduce((total, part) => total + of(part), 0)
  return {
    covered: sum((part) => part.covered),
    lines: sum((part) => part.lines),
    uncovered: parts.flatMap((part) => part.uncovered),
    partial: parts.flatMap((part) => part.partial),
    branches: { covered: sum((part) => part.branches.covered), total: sum((part) => part.branches.total) },
    unknown: touched
      .map(({ path }) => path)
      .filter((path) => !files.has(path) && endings.has(posix.extname(path))),
  }
}

type FilePatch = Omit<PatchCoverage, 'unknown'>

function ofFile(file: FileCoverage, change: FileChange): FilePatch {
  const ranges = change.lines
  const covered = inRanges(file.covered, (line) => line, ranges).flat()
  const missed = inRanges(file.missed, (line) => line, ranges)
  const branches = inRanges(file.branches, ({ line }) => line, ranges).flat()
  const ran = new Set(covered)
  return {
    covered: covered.length,
    lines: covered.length + missed.flat().length,
    uncovered: missed.flatMap((lines) => spans(file.path, lines, ran)),
    partial: branches.flatMap((each) => (ran.has(each.line) ? partialLine(file.path, each) : [])),
    branches: {
      covered: branches.reduce((sum, each) => sum + each.covered, 0),
      total: branches.reduce((sum, each) => sum + each.total, 0),
    },
  }
}

/** What is sorted by line, by the ranges that it lies in. */
function inRanges<T>(
  items: readonly T[],
  lineOf: (item: T) => number,
  ranges: FileChange['lines'],
): readonly (readonly T[])[] {
  let next = 0
  return ranges.map(({ start, end }) => {
    const found: T[] = []
    for (; next < items.length; next++) {
      const item = items[next]
      if (item === undefined || lineOf(item) > end) break
      if (lineOf(item) >= start) found.push(item)
    }
    return found
  })
}

/** Of one range of changed lines: missed lines with no line between them that ran. */
function spans(path: string, missed: readonly number[], ran: ReadonlySet<number>): readonly LineSpan[] {
  const found: { path: string; start: number; end: number; lines: number }[] = []
  for (const line of missed) {
    const last = found.at(-1)
    if (last === undefined || ranBetween(last.end, line, ran))
      found.push({ path, start: line, end: line, lines: 1 })
    else Object.assign(last, { end: line, lines: last.lines + 1 })
  }
  return found
}

function ranBetween(from: number, to: number, ran: ReadonlySet<number>): boolean {
  for (let line = from + 1; line < to; line++) if (ran.has(line)) return true
  return false
}

function partialLine(path: string, { line, covered, total }: LineBranches): readonly PartialLine[] {
  return covered < total ? [{ path, line, covered, total }] : []
}
