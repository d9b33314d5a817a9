/**
 * The text of a history: JSON lines. The first one names all tests, each of the others is a run, which refers to
 * tests by their place. Whatever is damaged is as if it were not there: a line, or the details of a run. Pure.
 */
import type { JsonRecord } from '../parse/json.ts'
import { countOf, isRecord, textOf } from '../parse/json.ts'
import type { History, HistoryRun, RememberedTest, TestOutcome } from './history.ts'
import { fingerprintOf, mergeHistories, storableValues, withoutDetails } from './history.ts'

/** Raised when the shape of the lines changes; files of another format are kept apart, and are empty histories where they are read. */
export const historyFormat = 1

/** A longer text is not read: no history that was written within its limits is as long. */
export const longestHistory = 96 * 1024 * 1024

export function renderHistory(history: History): string {
  const names = new Set<string>()
  for (const { details } of history.runs) for (const { id } of details ?? []) names.add(id)
  const tests = [...names].sort()
  const places = new Map(tests.map((id, place) => [id, place]))
  const lines = [{ format: historyFormat, tests }, ...history.runs.map((run) => runLine(run, places))]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

function runLine(run: HistoryRun, places: ReadonlyMap<string, number>): JsonRecord {
  const { details } = run
  if (details === undefined) return { ...run }
  const having = (outcome: TestOutcome) =>
    details.flatMap((test, index) => (test.outcome === outcome ? index : []))
  return {
    ...withoutDetails(run),
    // Start and length of each row of neighbours in the list of tests; mostly one row.
    rows: rowsOf(details.map(({ id }) => places.get(id) ?? -1)),
    ms: details.map(({ seconds }) => (seconds === undefined ? null : Math.round(seconds * 1000))),
    ...{ failed: having('failed'), again: having('flaky'), left: having('skipped') },
  }
}

function rowsOf(places: readonly number[]): readonly number[] {
  const rows: number[] = []
  let next = -1
  for (const place of places) {
    if (place === next) rows[rows.length - 1] = (rows.at(-1) ?? 0) + 1
    else rows.push(place, 1)
    next = place + 1
  }
  return rows
}

/** Never throws; the empty history for what is none. */
export function parseHistory(text: string): History {
  if (text.length > longestHistory) return { runs: [] }
  const [first = '', ...lines] = text.split('\n')
  const header = parseLine(first)
  if (header?.['format'] !== historyFormat) return { runs: [] }
  const listed: unknown = header['tests']
  const tests = Array.isArray(listed) && listed.every((id) => typeof id === 'string') ? listed : []
  return mergeHistories([{ runs: lines.flatMap((line) => parseRun(parseLine(line), tests) ?? []) }])
}

function parseLine(line: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function parseRun(line: JsonRecord | undefined, tests: readonly string[]): HistoryRun | undefined {
  if (line === undefined) return undefined
  const [run, sha, branch, digest] = ['run', 'sha', 'branch', 'digest'].map((key) => textOf(line[key]))
  const counts = ['attempt', 'time', 'tests', 'failures', 'flaky', 'skipped', 'weight']
  const [attempt, time, all, failures, flaky, skipped, weight] = counts.map((key) => countOf(line[key]))
  const texts = { run, sha, branch, digest }
  const numbers = { attempt, time, tests: all, failures, flaky, skipped, weight }
  if (!isWhole(texts) || !isWhole(numbers)) return undefined
  const seconds = measureOf(line['seconds'])
  const summary = {
    ...texts,
    ...numbers,
    ...(seconds !== undefined && { seconds }),
    // Lines of the first versions have the coverage alone.
    ...storableValues(line['values'] ?? { coverage: line['coverage'] }),
  }
  const details = parseDetails(line, tests)
  if (details === undefined) return summary
  const made = fingerprintOf(details)
  return made.digest === digest && made.weight === weight ? { ...summary, details } : summary
}

function isWhole<K extends string, V>(
  values: Readonly<Record<K, V | undefined>>,
): values is Readonly<Record<K, V>> {
  return Object.values(values).every((value) => value !== undefined)
}

function measureOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

function parseDetails(line: JsonRecord, tests: readonly string[]): readonly RememberedTest[] | undefined {
  const [rows, failed, again, left] = ['rows', 'failed', 'again', 'left'].map((key) => countsOf(line[key]))
  const ids = rows === undefined ? undefined : idsOf(rows, tests)
  const ms: unknown = line['ms']
  if (ids === undefined || !Array.isArray(ms) || ms.length !== ids.length) return undefined
  if (failed === undefined || again === undefined || left === undefined) return undefined
  const outcomes = new Map<number, TestOutcome>([
    ...failed.map((index) => [index, 'failed'] as const),
    ...again.map((index) => [index, 'flaky'] as const),
    ...left.map((index) => [index, 'skipped'] as const),
  ])
  return ids.map((id, index) => {
    const time = countOf(ms[index])
    const outcome = outcomes.get(index) ?? 'passed'
    return { id, outcome, ...(time !== undefined && { seconds: time / 1000 }) }
  })
}

function countsOf(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((each) => countOf(each) !== undefined) ? value : undefined
}

/** Undefined for rows that overlap or reach beyond the list, so that no line names more tests than there are. */
function idsOf(rows: readonly number[], tests: readonly string[]): readonly string[] | undefined {
  const ids: string[] = []
  let end = 0
  for (let index = 0; index < rows.length; index += 2) {
    const [start = -1, length = 0] = rows.slice(index, index + 2)
    if (start < end || start + length > tests.length) return undefined
    for (const id of tests.slice(start, start + length)) ids.push(id)
    end = start + length
  }
  return ids
}
