/** What every format of test results says in the end, and how readers hand it on: one test at a time. */

import type { OrderRole } from './order-role.ts'

/** `error`: the test did not get to its verdict (fixture, import, crash). `skipped` covers disabled and expected failures. */
export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped'

/** What a test is for, from the whole in pieces to the whole in use; in the order of tables. */
export const testKinds = ['unit', 'integration', 'e2e', 'security', 'performance'] as const
export type TestKind = (typeof testKinds)[number]

export interface TestFailure {
  readonly kind: 'failure' | 'error'
  /** Class of the exception or kind of the assertion, as printed. */
  readonly type?: string | undefined
  /** First line alone; empty where there is none. */
  readonly message: string
  /** Traceback or whatever stood in the element; its end where it was too long. */
  readonly text: string
}

/** One run of one test. */
export interface TestResult {
  /** Names it across runs and formats: file or class, and name, without the leg of a matrix. */
  readonly id: string
  readonly name: string
  /** Where the id is `place::name`, the place; absent where it is anything else. */
  readonly place?: string | undefined
  readonly classname?: string | undefined
  /** As printed. */
  readonly file?: string | undefined
  /** 1-based. */
  readonly line?: number | undefined
  /** Names of the suites around it, outermost first. */
  readonly suites: readonly string[]
  readonly status: TestStatus
  /** Passed after it had failed within the same results. */
  readonly flaky: boolean
  /** Undefined where it is missing, negative or no number. */
  readonly seconds?: number | undefined
  /** What went wrong, also in tries before the one that passed. */
  readonly failures: readonly TestFailure[]
  /** The end of what it printed; only for tests that did not pass. */
  readonly stdout?: string | undefined
  readonly stderr?: string | undefined
  readonly skipReason?: string | undefined
  /** What the order of the tests has to do with its failure, where that was found out. */
  readonly order?: OrderRole | undefined
  /** Absent where nothing says it; see `docs/labels.md`. */
  readonly kind?: TestKind | undefined
  /** Of a monorepo; absent where there is only one. */
  readonly package?: string | undefined
  /** Of the matrix, where results of several were put together. */
  readonly leg?: string | undefined
}

/**
 * Takes tests as they are read; keeps what it needs, so that memory does not grow with the number of tests.
 * Strings are slices of the file: `ownCopy` those that stay, or each holds on to the chunk around it. The test is the
 * sink's own: a reader hands on a new one each time.
 */
export interface ResultSink {
  test(result: TestResult): void
}

export type ResultFormat = 'junit' | 'trx' | 'nunit2' | 'nunit3' | 'xunit' | 'tap' | 'go-test'

/** One file of results, read to its end or as far as it goes. */
export interface ReadResults {
  readonly format: ResultFormat
  readonly tests: number
  /** False where the file broke off or is damaged: what was read counts, and the verdict is never green. */
  readonly complete: boolean
  /** Sentences for the report: what is damaged, and where the file's own totals disagree with its tests. */
  readonly problems: readonly string[]
}

export interface ResultSource {
  /** For messages; repository-relative where it lies there. */
  readonly path: string
  /** From the beginning at each call: TRX is read twice. */
  chunks(): AsyncIterable<Uint8Array>
}
