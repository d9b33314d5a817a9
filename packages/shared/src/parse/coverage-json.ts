/** The JSON report of coverage.py (`coverage json`), formats 2 and 3. */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport, FileCoverage } from './coverage.ts'
import { fileCoverage } from './coverage.ts'
import { countOf, isRecord, parseJson, recordAt } from './json.ts'

/**
 * Line coverage: branches do not enter `covered` and `lines`. Throws a `ToolOutputError` for anything but a
 * complete report: totals must be there, and must be the sums of the files.
 */
export function parseCoverageJson(text: string): CoverageReport {
  const report = parseJson(text, 'The coverage report')
  const covered = countOf(recordAt(report, 'totals')['covered_lines'])
  const lines = countOf(recordAt(report, 'totals')['num_statements'])
  if (!isRecord(report) || !isRecord(report['files']) || covered === undefined || lines === undefined) {
    throw new ToolOutputError('The coverage report is no JSON report of coverage.py')
  }
  const files = Object.entries(report['files']).map(([path, file]) => readFile(path, file))
  const sum = files.reduce((total, file) => total + file.covered.length, 0)
  const all = files.reduce((total, file) => total + file.covered.length + file.missed.length, 0)
  if (sum !== covered || all !== lines) {
    throw new ToolOutputError(
      'The coverage report contradicts itself: its totals are not the sums of its files',
    )
  }
  return { covered, lines, files, sources: [] }
}

function readFile(path: string, file: unknown): FileCoverage {
  const executed = isRecord(file) ? lineNumbers(file['executed_lines']) : undefined
  const missing = isRecord(file) ? lineNumbers(file['missing_lines']) : undefined
  if (executed === undefined || missing === undefined) {
    throw new ToolOutputError(`The coverage report has no lines of ${path}`)
  }
  return fileCoverage(
    path,
    new Map([
      ...missing.map((line) => [line, false] as const),
      ...executed.map((line) => [line, true] as const),
    ]),
  )
}

function lineNumbers(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined
  const numbers = value.flatMap((each) => countOf(each) ?? [])
  return numbers.length === value.length ? numbers : undefined
}
