/**
 * pytest writes a test that failed and whose fixture failed after it twice, and one that
 * pytest-rerunfailures tried again once a try, the failed tries as if they had passed. Entries of one name
 * that follow each other in a suite of pytest are one test.
 */
import type { Reading } from './reading.ts'
import { statusOf } from './reading.ts'
import type { SuiteStack } from './suite-stack.ts'
import type { TestFailure, TestResult } from './test-result.ts'

export class PytestTries {
  readonly #reading: Reading
  readonly #suites: SuiteStack
  #waiting: TestResult | undefined
  #tries = 1
  #isPytest = false

  constructor(reading: Reading, suites: SuiteStack) {
    this.#reading = reading
    this.#suites = suites
  }

  get isPytest(): boolean {
    return this.#isPytest
  }

  /** A suite begins. */
  enter(name: string): void {
    this.#isPytest ||= name === 'pytest' || name === 'pytest tests'
  }

  add(result: TestResult): void {
    if (this.#isPytest && this.#waiting !== undefined && isSameTest(this.#waiting, result)) {
      this.#waiting = together(this.#waiting, result)
      this.#tries += 1
      return
    }
    this.flush()
    this.#waiting = result
    // Other dialects repeat names for other reasons, and a failure must not vanish behind one.
    if (!this.#isPytest) this.flush()
  }

  flush(): void {
    const result = this.#waiting
    if (result === undefined) return
    this.#waiting = undefined
    const fixtures = this.#isPytest && result.failures.some(isError) ? 1 : 0
    const failures = Math.max(result.failures.length, result.flaky ? 1 : 0)
    this.#suites.count(failures, result.status === 'skipped', this.#tries - 1 + fixtures)
    this.#tries = 1
    this.#reading.test(result)
  }
}

/** As equal ids say. They are sums of strings, which are added up in memory when they are compared. */
function isSameTest(one: TestResult, other: TestResult): boolean {
  const isOfOnePlace = one.place !== undefined && one.place === other.place
  return isOfOnePlace ? one.name === other.name : one.id === other.id
}

/** pytest counts the error of a fixture beside the test itself. */
function isError({ kind }: TestFailure): boolean {
  return kind === 'error'
}

/** Never better than the worse of the two. */
function together(first: TestResult, second: TestResult): TestResult {
  const failures = [...first.failures, ...second.failures].slice(0, 50)
  const status = statusOf(failures, second.status === 'skipped' ? 'skipped' : 'passed')
  const seconds =
    first.seconds === undefined && second.seconds === undefined
      ? undefined
      : (first.seconds ?? 0) + (second.seconds ?? 0)
  const { stdout = first.stdout, stderr = first.stderr } = second
  const flaky = status === 'passed' && first.status === 'passed'
  return { ...second, status, flaky, seconds, failures, stdout, stderr }
}
