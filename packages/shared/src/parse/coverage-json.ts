/** The JSON report of coverage.py (`coverage json`), formats 2 and 3. */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import type { FileTable } from './coverage-table.ts'
import { CoverageTable } from './coverage-table.ts'
import type { JsonRecord } from './json.ts'
import { countOf, isRecord, parseJson, recordAt } from './json.ts'

/** JSON is read whole; beyond this the XML of the same data is the better choice. */
const longestText = 256 * 1024 * 1024

/** Throws a `ToolOutputError` where it is too large to be held. */
export async function readCoverageJson(pieces: AsyncIterable<string>): Promise<CoverageReport> {
  const texts: string[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > longestText) {
      throw new ToolOutputError(
        'it is JSON of more than 256 MiB. Write it as XML (`coverage xml`), which has no limit',
      )
    }
    texts.push(piece)
  }
  return parseCoverageJson(texts.join(''))
}

/**
 * Line coverage: branches do not enter `covered` and `lines`. Throws a `ToolOutputError` for anything but a
 * complete report: totals must be there, and must be the sums of the files.
 */
function parseCoverageJson(text: string): CoverageReport {
  const report = parseJson(text, 'it')
  const covered = countOf(recordAt(report, 'totals')['covered_lines'])
  const lines = countOf(recordAt(report, 'totals')['num_statements'])
  if (!isRecord(report) || !isRecord(report['files']) || covered === undefined || lines === undefined) {
    throw new ToolOutputError('it is no JSON report of coverage.py')
  }
  const table = new CoverageTable()
  for (const [path, file] of Object.entries(report['files'])) readFile(path, file, table.file(path))
  const read = table.report()
  if (read.covered !== covered || read.lines !== lines) {
    throw new ToolOutputError('it contradicts itself: its totals are not the sums of its files')
  }
  return read
}

function readFile(path: string, file: unknown, table: FileTable): void {
  const executed = isRecord(file) ? lineNumbers(file['executed_lines']) : undefined
  const missing = isRecord(file) ? lineNumbers(file['missing_lines']) : undefined
  if (!isRecord(file) || executed === undefined || missing === undefined) {
    throw new ToolOutputError(`it has no lines of ${path}`)
  }
  for (const line of executed) table.line(line, true)
  for (const line of missing) table.line(line, false)
  readBranches(file, table)
}

/** `[[5, 7], [5, -4]]`: from line 5 to line 7, and out of the function that begins in line 4. */
function readBranches(file: JsonRecord, table: FileTable): void {
  const taken = Map.groupBy(arcs(file['executed_branches']), ([from]) => from)
  const missed = Map.groupBy(arcs(file['missing_branches']), ([from]) => from)
  for (const line of new Set([...taken.keys(), ...missed.keys()])) {
    const covered = taken.get(line)?.length ?? 0
    const names = (missed.get(line) ?? []).map(([, to]) => (to < 0 ? 'py:exit' : `py:${to}`))
    table.branches(line, covered, covered + names.length, names)
  }
}

function arcs(value: unknown): readonly (readonly [number, number])[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) => {
    if (!Array.isArray(each)) return []
    const [from, to]: readonly unknown[] = each
    return Number.isSafeInteger(from) && Number.isSafeInteger(to) ? [[Number(from), Number(to)] as const] : []
  })
}

function lineNumbers(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined
  const numbers = value.flatMap((each) => countOf(each) ?? [])
  return numbers.length === value.length ? numbers : undefined
}
