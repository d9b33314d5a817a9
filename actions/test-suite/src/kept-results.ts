/** The tests of a run as a file of one line each: exact, with node ids and flaky ones, for the job that merges. */
import { isRecord, ToolOutputError } from '@ci-actions/shared'
import type { ResultSink, TestFailure, TestResult, TestStatus } from './results/test-result.ts'

export const keptResultsName = 'test-results.jsonl'
const statuses: readonly TestStatus[] = ['passed', 'failed', 'error', 'skipped']
const longestLine = 16 * 1024 * 1024

export interface KeptResults extends ResultSink {
  /** With a last line that counts the others, so that a file that was cut off shows. */
  text(): string
}

/** Hands each test on, and keeps it. */
export function keepResults(sink: ResultSink): KeptResults {
  const lines: string[] = []
  return {
    test(result) {
      lines.push(JSON.stringify(result))
      sink.test(result)
    },
    text: () => [...lines, JSON.stringify({ tests: lines.length }), ''].join('\n'),
  }
}

/** Ids in order. Throws a `ToolOutputError` for a line that is none of ours, and for a file that is not whole. */
export async function readKeptResults(
  chunks: AsyncIterable<Uint8Array>,
  sink: ResultSink,
): Promise<readonly string[]> {
  const ids: string[] = []
  let stated: number | undefined
  for await (const line of linesOf(chunks)) {
    const value = parseLine(line)
    if (typeof value['tests'] === 'number') stated = value['tests']
    else {
      const result = asResult(value)
      ids.push(result.id)
      sink.test(result)
    }
  }
  if (stated !== ids.length) throw new ToolOutputError('The kept results are cut off.')
  return ids
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new ToolOutputError('A line of the kept results is too long.')
    yield* lines
  }
  if (rest !== '') throw new ToolOutputError('The kept results are cut off.')
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (isRecord(value)) return value
  } catch {
    // Said below, as for any other line that is none of ours.
  }
  throw new ToolOutputError('A line of the kept results is not as it should be.')
}

function asResult(value: Readonly<Record<string, unknown>>): TestResult {
  const { id, name, status } = value
  const known = statuses.find((each) => each === status)
  if (typeof id !== 'string' || typeof name !== 'string' || known === undefined)
    throw new ToolOutputError('A line of the kept results is not as it should be.')
  return {
    id,
    name,
    status: known,
    classname: text(value['classname']),
    file: text(value['file']),
    line: number(value['line']),
    suites: list(value['suites']).filter((suite) => typeof suite === 'string'),
    flaky: value['flaky'] === true,
    seconds: number(value['seconds']),
    failures: list(value['failures']).filter(isRecord).map(asFailure),
    stdout: text(value['stdout']),
    stderr: text(value['stderr']),
    skipReason: text(value['skipReason']),
  }
}

function asFailure(value: Readonly<Record<string, unknown>>): TestFailure {
  return {
    kind: value['kind'] === 'error' ? 'error' : 'failure',
    type: text(value['type']),
    message: text(value['message']) ?? '',
    text: text(value['text']) ?? '',
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
