/** LCOV tracefiles (`.info`), as written by lcov, coverage.py, Istanbul, c8, grcov, llvm-cov and many others. */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import { ran, wholeNumber } from './coverage-dialect.ts'
import type { FileTable } from './coverage-table.ts'
import { CoverageTable } from './coverage-table.ts'

/** Names of branches and functions may be long; a line of more is no tracefile. */
const longestLine = 1024 * 1024

/** Branches of one record beyond this are no source file's. */
const mostBranches = 1_000_000

/** Branches that the writer of this suite only knows the number of. */
const unnamed = /,unnamed \d+$/

/** What one record says about one line: by name of the branch, whether it was taken. */
type Taken = Map<string, boolean>

interface Reading {
  readonly table: CoverageTable
  records: number
  /** Branches in the record that is open. */
  open: number
  current?: FileTable | undefined
  readonly branches: Map<number, Taken>
}

/**
 * Reads as it comes. A file may have several records (one a test); a line covered in any of them is covered. Throws a
 * `ToolOutputError` for lines that cannot be understood, and for a last record that does not end: it was cut off.
 */
export async function readLcov(pieces: AsyncIterable<string>): Promise<CoverageReport> {
  const reading: Reading = { table: new CoverageTable(), records: 0, open: 0, branches: new Map() }
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine)
      throw new ToolOutputError(`it has a line of more than ${longestLine} characters`)
    for (const line of lines) readLine(line, reading)
  }
  readLine(rest, reading)
  if (reading.current !== undefined) throw new ToolOutputError('it was cut off: its last record does not end')
  if (reading.records === 0) throw new ToolOutputError('it has no record of a file')
  return reading.table.report()
}

function readLine(line: string, reading: Reading): void {
  const { current } = reading
  if (line.startsWith('DA:') && current !== undefined) readHits(line.slice(3).trimEnd(), current)
  else if (line.startsWith('BRDA:') && current !== undefined) readBranch(line.slice(5).trimEnd(), reading)
  else if (line.startsWith('SF:')) startRecord(line.slice(3).trim(), reading)
  else if (line.trimEnd() === 'end_of_record') endRecord(reading)
}

function startRecord(path: string, reading: Reading): void {
  if (reading.current !== undefined) throw new ToolOutputError('a record begins before the last one ended')
  if (path === '') throw new ToolOutputError('it has a record without file name')
  reading.current = reading.table.file(path)
}

function endRecord(reading: Reading): void {
  if (reading.current === undefined) throw new ToolOutputError('a record ends that did not begin')
  for (const [line, taken] of reading.branches) {
    const missed = [...taken].flatMap(([branch, wasTaken]) => (wasTaken ? [] : [nameOf(branch)]))
    const names = missed.some((name) => unnamed.test(name)) ? [] : missed
    reading.current.branches(line, taken.size - missed.length, taken.size, names)
  }
  reading.branches.clear()
  reading.open = 0
  reading.records += 1
  reading.current = undefined
}

/** `line,count[,checksum]` */
function readHits(text: string, file: FileTable): void {
  const [line, count] = text.split(',', 2)
  const number = wholeNumber(line)
  const hit = ran(count)
  if (number === undefined || hit === undefined)
    throw new ToolOutputError(`it has a line \`DA:${shown(text)}\``)
  file.line(number, hit)
}

/** `line,[e]block,branch,taken`; the branch is a number or words, the last is `-` where its block never ran. */
function readBranch(text: string, reading: Reading): void {
  const [, line, block, branch = '', count] = /^(\d+),([^,]*),(.*),([^,]*)$/.exec(text) ?? []
  const number = wholeNumber(line)
  const taken = count === '-' ? false : ran(count)
  if (number === undefined || taken === undefined)
    throw new ToolOutputError(`it has a line \`BRDA:${shown(text)}\``)
  reading.open += 1
  if (reading.open > mostBranches)
    throw new ToolOutputError(`it has a record of more than ${mostBranches} branches`)
  const all = reading.branches.get(number) ?? new Map<string, boolean>()
  reading.branches.set(number, all)
  const name = `${block},${branch}`
  all.set(name, all.get(name) === true || taken)
}

/** coverage.py writes in words what its other formats call `7` and `exit`. */
function nameOf(branch: string): string {
  const words = branch.slice(branch.indexOf(',') + 1)
  const target = /^jump to line (\d+)$/.exec(words)?.[1]
  if (target !== undefined) return `py:${target}`
  return /^(exit|return) /.test(words) ? 'py:exit' : `lcov:${branch}`
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
