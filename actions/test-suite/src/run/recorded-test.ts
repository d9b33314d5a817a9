/** One test as our pytest plugin saw it, phase by phase, and the result that comes of it. */
import type { TestFailure, TestKind, TestResult, TestStatus } from '../results/test-result.ts'

/** A phase that says something: every call, and whatever else did not pass. */
export interface PhaseReport {
  /** `setup`, `call`, `teardown`; `???` for a worker of pytest-xdist that died. */
  readonly when: string
  /** `rerun` is pytest-rerunfailures' word for a failure that it tries again. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'rerun'
  /** Reason of the mark, where the test was expected to fail. */
  readonly xfail?: string | undefined
  /** What names the subtest, where it is one. */
  readonly subtest?: string | undefined
  /** The one mark of the test that names a kind. */
  readonly testKind?: TestKind | undefined
  readonly reason?: string | undefined
  readonly type?: string | undefined
  readonly message?: string | undefined
  readonly text?: string | undefined
  readonly stdout?: string | undefined
  readonly stderr?: string | undefined
  readonly log?: string | undefined
}

export interface RecordedTest {
  readonly id: string
  readonly file?: string | undefined
  /** 1-based. */
  readonly line?: number | undefined
  readonly reports: readonly PhaseReport[]
  readonly seconds?: number | undefined
  /** False where the run ended first. */
  readonly finished: boolean
}

export function testResult(test: RecordedTest): TestResult {
  const { classname, name } = partsOf(test.id)
  const failing = test.reports.filter(({ outcome }) => outcome === 'failed' || outcome === 'rerun')
  const status = statusOf(test)
  const failures = failing.map(failureOf)
  const last = failing.at(-1)
  const kind = test.reports.find(({ testKind }) => testKind !== undefined)?.testKind
  const skip = test.reports.find(({ outcome, subtest }) => outcome === 'skipped' && subtest === undefined)
  return {
    id: test.id,
    name,
    ...(classname !== '' && { classname }),
    ...(kind !== undefined && { kind }),
    file: test.file,
    line: test.line,
    suites: [],
    status,
    flaky: status === 'passed' && failing.length > 0,
    seconds: test.seconds,
    failures: status === 'error' && failures.length === 0 ? [unfinished(test)] : failures,
    ...(status !== 'passed' && last !== undefined && { stdout: last.stdout, stderr: withLog(last) }),
    ...(status === 'skipped' && skip !== undefined && { skipReason: reasonOf(skip) }),
  }
}

function statusOf({ reports, finished }: RecordedTest): TestStatus {
  const failed = reports.filter(({ outcome }) => outcome === 'failed')
  if (failed.some(({ when }) => when === 'call')) return 'failed'
  if (failed.length > 0 || !finished) return 'error'
  if (reports.some(({ outcome, subtest }) => outcome === 'skipped' && subtest === undefined)) return 'skipped'
  // Neither a verdict nor a reason to have none: pytest was told not to call the tests.
  return reports.some(({ outcome, when }) => outcome === 'passed' && when === 'call') ? 'passed' : 'error'
}

function failureOf({ when, subtest, type, message = '', text = '' }: PhaseReport): TestFailure {
  const first = message.split('\n', 1)[0] ?? ''
  return {
    kind: when === 'call' ? 'failure' : 'error',
    type,
    message: subtest === undefined ? first : `subtest ${subtest}: ${first}`,
    text,
  }
}

function unfinished({ finished }: RecordedTest): TestFailure {
  const message = finished
    ? 'pytest did not call the test, so it has no verdict.'
    : 'The run ended while this test was running.'
  return { kind: 'error', message, text: '' }
}

function reasonOf({ xfail, reason }: PhaseReport): string {
  if (xfail === undefined) return reason ?? ''
  const why = xfail.replace(/^reason: /, '')
  return why === '' ? 'expected to fail' : `expected to fail: ${why}`
}

function withLog({ stderr = '', log = '' }: PhaseReport): string {
  return [stderr, ...(log === '' ? [] : [`--- log ---\n${log}`])].filter((part) => part !== '').join('\n')
}

/** As pytest's JUnit XML has them: `tests/test_a.py::TestA::test_b[x::y]` is `tests.test_a.TestA` and `test_b[x::y]`. */
export function partsOf(id: string): { readonly classname: string; readonly name: string } {
  const bracket = id.indexOf('[')
  const plain = bracket === -1 ? id : id.slice(0, bracket)
  const [file = '', ...names] = plain.split('::')
  const name = names.pop() ?? ''
  const module = file.replace(/\.py$/, '').replaceAll('/', '.')
  if (name === '') return { classname: '', name: id }
  return {
    classname: [module, ...names].filter((part) => part !== '').join('.'),
    name: `${name}${id.slice(plain.length)}`,
  }
}
