/** The tests of a run as a file of one line each: exact, with node ids and flaky ones, for the job that merges. */
import { isRecord, ToolOutputError } from '@ci-actions/shared'
import { inShort, textLength } from './results/failure-list.ts'
import { orderRoleOf } from './results/order-role.ts'
import type { ResultSink, TestFailure, TestResult, TestStatus } from './results/test-result.ts'
import { testKinds } from './results/test-result.ts'
import type { RunProblem } from './run/problem.ts'

export const keptResultsName = 'test-results.jsonl'
const statuses: readonly TestStatus[] = ['passed', 'failed', 'error', 'skipped']
const longestLine = 16 * 1024 * 1024
/** Characters of texts; what fails after that is kept in short. */
const mostText = 64 * 1024 * 1024
/** Characters in all, which half a million tests do not reach; a string of Node holds twice as many. */
const mostKept = 256 * 1024 * 1024

export interface KeptResults extends ResultSink {
  /** With a last line that counts the others, so that a file that was cut off shows, and has what was wrong with the run. */
  text(problems: readonly RunProblem[]): string
}

export interface ReadKeptResults {
  /** In order. */
  readonly ids: readonly string[]
  /** Sentences: why the results of that run cannot be trusted alone. */
  readonly problems: readonly string[]
}

/** Hands each test on, and keeps it, within a bound: a file that lacks tests is one that was cut off. */
export function keepResults(sink: ResultSink, { text = mostText, all = mostKept } = {}): KeptResults {
  const lines: string[] = []
  const left = { text, all }
  let tests = 0
  return {
    test(result) {
      tests += 1
      left.text -= textLength(result)
      const line = JSON.stringify(left.text < 0 ? inShort(result) : result)
      left.all -= line.length
      if (left.all >= 0) lines.push(line)
      sink.test(result)
    },
    text: (problems) => {
      const end = { tests, problems: problems.map(({ message }) => message) }
      return [...lines, JSON.stringify(end), ''].join('\n')
    },
  }
}

/** Throws a `ToolOutputError` for a line that is none of ours, and for a file that is not whole. */
export async function readKeptResults(
  chunks: AsyncIterable<Uint8Array>,
  sink: ResultSink,
): Promise<ReadKeptResults> {
  const ids: string[] = []
  let stated: number | undefined
  let problems: unknown
  for await (const line of linesOf(chunks)) {
    const value = parseLine(line)
    if (typeof value['tests'] === 'number') {
      stated = value['tests']
      problems = value['problems']
    } else {
      const result = asResult(value)
      ids.push(result.id)
      sink.test(result)
    }
  }
  if (stated !== ids.length || !Array.isArray(problems))
    throw new ToolOutputError('The kept results are cut off.')
  return { ids, problems: problems.map(String) }
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
    order: orderRoleOf(value['order']),
    kind: testKinds.find((kind) => kind === value['kind']),
    package: text(value['package']),
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
