/** The suites around a test, and whether what each says of itself fits the tests that are in it. */
import type { Reading } from './reading.ts'
import { quoted } from './reading.ts'

/** Names given with a test; of deeper suites the innermost are left out. */
const mostNames = 64

/** What a suite states. Undefined where it does not, or says something that is no number. */
export interface StatedTotals {
  readonly tests: number | undefined
  /** Failures and errors. */
  readonly failing: number | undefined
}

interface OpenSuite {
  readonly name: string
  readonly file: string | undefined
  readonly stated: StatedTotals
  /** Made when the first test asks. */
  names: readonly string[] | undefined
  own: number
  tests: number
  skipped: number
  failing: number
  /** How many more the suite may count, since it counts tries. */
  repeats: number
}

export class SuiteStack {
  readonly #reading: Reading
  readonly #open: OpenSuite[] = []

  constructor(reading: Reading) {
    this.#reading = reading
  }

  get names(): readonly string[] {
    const innermost = this.#open.at(-1)
    if (innermost === undefined) return []
    innermost.names ??= this.#open
      .map(({ name }) => name)
      .filter((name) => name !== '')
      .slice(0, mostNames)
    return innermost.names
  }

  get name(): string {
    return this.#open.at(-1)?.name ?? ''
  }

  /** Of the nearest suite that names one. */
  get file(): string | undefined {
    return this.#open.at(-1)?.file
  }

  push(name: string, stated: StatedTotals, file?: string): void {
    const counts = { own: 0, tests: 0, skipped: 0, failing: 0, repeats: 0 }
    this.#open.push({ name, file: file ?? this.file, stated, names: undefined, ...counts })
  }

  /** `failing`: also where a try failed before one that passed. `repeats`: entries of the same test besides. */
  count(failing: boolean, skipped: boolean, repeats = 0): void {
    const suite = this.#open.at(-1)
    if (suite === undefined) return
    suite.own += 1
    suite.tests += 1
    suite.repeats += repeats
    if (failing) suite.failing += 1
    if (skipped) suite.skipped += 1
  }

  /** A failure that is no test: counts as seen. */
  countFailure(): void {
    const suite = this.#open.at(-1)
    if (suite !== undefined) suite.failing += 1
  }

  get seenFailing(): number {
    return this.#open.at(-1)?.failing ?? 0
  }

  pop(): void {
    const suite = this.#open.pop()
    if (suite === undefined) return
    this.#compare(suite)
    const outer = this.#open.at(-1)
    if (outer === undefined) return
    outer.tests += suite.tests
    outer.skipped += suite.skipped
    outer.failing += suite.failing
    outer.repeats += suite.repeats
  }

  #compare(suite: OpenSuite): void {
    const place = suite.name === '' ? 'A suite without name' : `The suite ${quoted(suite.name)}`
    const { tests = suite.tests, failing = 0 } = suite.stated
    if (failing > 0 && suite.failing === 0) {
      this.#reading.incomplete(
        `${place} counts ${failing} failed, and none of its ${suite.tests} tests shows a failure.`,
      )
      // Said once, not again for each suite around it.
      suite.failing = failing
    }
    if (tests > 0 && suite.tests === 0) {
      this.#reading.incomplete(`${place} counts ${tests} tests and holds none.`)
      suite.tests = tests
    } else if (!agrees(tests, suite)) {
      this.#reading.problem(
        `${place} counts ${tests} tests and holds ${suite.tests}; those that are there count.`,
      )
    }
  }
}

/** Some count what is directly within, some all, some leave out what was skipped, some count every try. */
function agrees(stated: number, suite: OpenSuite): boolean {
  const { tests, own, skipped, repeats } = suite
  const isWithin = stated >= tests && stated <= tests + repeats
  return isWithin || stated === own || stated === tests - skipped
}

/** A whole number that is not negative. */
export function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined
}
