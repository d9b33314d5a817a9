/** Unified diffs as formatters print them: Black, isort, Ruff. */
import { ToolOutputError } from '../action/errors.ts'
import { readHunk, refuseHeader } from './diff-hunk.ts'
import { pythonLines, withoutLineEnd } from './python-lines.ts'

/** A run of changed lines, without any context. */
export interface DiffHunk {
  /** As printed, without timestamp and without isort's `:after`. */
  readonly path: string
  /** 1-based number of a notebook's cell, whose lines are then counted. */
  readonly cell?: number | undefined
  /** 1-based first line that is replaced; for an insertion the line that it stands before. */
  readonly oldStart: number
  /** 0 for an insertion. */
  readonly oldCount: number
  /** Without line ends. */
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/**
 * Text around diffs is passed over. Throws a `ToolOutputError` for a hunk that is not complete or belongs to
 * no file. isort writes a last line without line end and goes on behind it; that is taken apart.
 */
export function parseUnifiedDiff(text: string): readonly DiffHunk[] {
  try {
    return parseLines(text.split('\n'))
  } catch (error) {
    // isort breaks lines where Python does, at form feeds too, and counts them so.
    if (!(error instanceof ToolOutputError)) throw error
    return parseLines(pythonLines(text))
  }
}

function parseLines(lines: readonly string[]): readonly DiffHunk[] {
  const hunks: DiffHunk[] = []
  let index = 0
  let file: FileHeader | undefined
  while (index < lines.length) {
    const header = fileHeaderAt(lines, index)
    if (header !== undefined) file = header
    const hunk = hunkHeader.exec(lines[index] ?? '')
    if (hunk === null) {
      if (header === undefined) refuseHeader(lines.slice(Math.max(index - 1, 0), index + 1))
      index += 1
      continue
    }
    if (file === undefined) throw new ToolOutputError('The diff has a hunk without a file')
    const end = endOfBody(lines, index + 1)
    for (const run of readHunk(bodyOf(lines, index + 1, end), hunk)) hunks.push({ ...file, ...run })
    // The header of the next file may be glued to this hunk's last line; what follows must name its file.
    if (end < lines.length && !hunkHeader.test(lines[end] ?? '')) file = undefined
    index = end
  }
  return hunks
}

interface FileHeader {
  readonly path: string
  readonly cell?: number | undefined
}

/**
 * A `+++` line counts as header only before a hunk: content of a hunk can look like one, but at the end of
 * a file no further hunk of it follows.
 */
function isNewFileLine(lines: readonly string[], index: number): boolean {
  return (lines[index] ?? '').startsWith('+++ ') && hunkHeader.test(lines[index + 1] ?? '')
}

function fileHeaderAt(lines: readonly string[], index: number): FileHeader | undefined {
  if (!isNewFileLine(lines, index)) return undefined
  const before = lines[index - 1] ?? ''
  const newer = printedPath(lines[index] ?? '')
  const at = startOfOldFileLine(before, newer)
  if (at === undefined) throw new ToolOutputError(`The diff of ${newer} has no header`)
  const older = printedPath(before.slice(at))
  if (newer === '/dev/null') return { path: older }
  const path =
    older.endsWith(':before') && newer.endsWith(':after') ? newer.slice(0, -':after'.length) : newer
  const cell = /^(.*\.ipynb):cell[ _](\d+)$/.exec(path)
  return cell?.[1] === undefined ? { path } : { path: cell[1], cell: Number(cell[2]) }
}

/** Where in a line its `--- ` begins: at 0, or behind the text that isort glued it to. */
function startOfOldFileLine(line: string, newer: string): number | undefined {
  if (line.startsWith('--- ')) return 0
  const at = line.lastIndexOf(`--- ${newer.replace(/:after$/, ':before')}`)
  return at > 0 ? at : undefined
}

/** Path of a `---` or `+++` line without the timestamp that Python's difflib puts behind a tab. */
function printedPath(line: string): string {
  return withoutLineEnd(line)
    .slice('+++ '.length)
    .replace(/\t(?:\d{4}-\d\d-\d\d.*)?$/, '')
}

/** The next hunk or the next file's `+++` line. */
function endOfBody(lines: readonly string[], start: number): number {
  let end = start
  while (end < lines.length && !hunkHeader.test(lines[end] ?? '') && !isNewFileLine(lines, end)) end += 1
  return end
}

/** Lines of a hunk, without the header of the next file that ends the last one. */
function bodyOf(lines: readonly string[], start: number, end: number): readonly string[] {
  const body = lines.slice(start, end)
  if (!isNewFileLine(lines, end)) return body
  const last = body.pop() ?? ''
  const at = startOfOldFileLine(last, printedPath(lines[end] ?? ''))
  return at === undefined || at === 0 ? body : [...body, last.slice(0, at)]
}
