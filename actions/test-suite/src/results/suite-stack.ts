/** The suites around a test, and whether what each says of itself fits the tests that are in it. */
import type { Reading } from './reading.ts'
import { quoted } from './reading.ts'

/** Names given with a test; of deeper suites the innermost are left out. */
const mostNames = 64

/** What a suite states. Undefined where it does not, or says something that is no number. */
export interface StatedTotals {
  readonly tests: number | undefined
  /** At least how many failed, see `leastFailing`. */
  readonly failing: number | undefined
}

interface OpenSuite {
  readonly name: string
  readonly file: string | undefined
  readonly stated: StatedTotals
  /** Its own and those around it, outermost first. */
  readonly names: readonly string[]
  own: number
  tests: number
  skipped: number
  failing: number
  /** Of all tests, those of tries included: some count these. */
  failures: number
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
    return this.#open.at(-1)?.names ?? []
  }

  get name(): string {
    return this.#open.at(-1)?.name ?? ''
  }

  /** Of the nearest suite that names one. */
  get file(): string | undefined {
    return this.#open.at(-1)?.file
  }

  push(name: string, stated: StatedTotals, file?: string): void {
    const counts = { own: 0, tests: 0, skipped: 0, failing: 0, failures: 0, repeats: 0 }
    // From the suite around it, since suites may nest 100,000 deep.
    const { names } = this
    const isKept = name !== '' && names.length < mostNames
    const own = { name, names: isKept ? [...names, name] : names }
    this.#open.push({ ...own, file: file ?? this.file, stated, ...counts })
  }

  /** `failures`: also of tries before one that passed. `repeats`: entries of the same test besides. */
  count(failures: number, skipped: boolean, repeats = 0): void {
    const suite = this.#open.at(-1)
    if (suite === undefined) return
    suite.own += 1
    suite.tests += 1
    suite.repeats += repeats
    suite.failures += failures
    if (failures > 0) suite.failing += 1
    if (skipped) suite.skipped += 1
  }

  /** A failure that is no test: counts as seen. */
  countFailure(): void {
    const suite = this.#open.at(-1)
    if (suite === undefined) return
    suite.failing += 1
    suite.failures += 1
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
    outer.failures += suite.failures
    outer.repeats += suite.repeats
  }

  #compare(suite: OpenSuite): void {
    const place = suite.name === '' ? 'A suite without name' : `The suite ${quoted(suite.name)}`
    const { tests = suite.tests, failing = 0 } = suite.stated
    if (failing > Math.max(suite.failing + suite.repeats, suite.failures)) {
      const shown = suite.failing === 0 ? 'none' : `only ${suite.failing}`
      // A failure that is lost could be the one that nobody knew, beside one in quarantine.
      this.#reading.incomplete(
        `${place} counts ${failing} failed, and ${shown} of its ${suite.tests} tests shows a failure.`,
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
  // Surefire states the last try alone, which is fewer.
  const isOfLastTry = suite.failures > suite.failing && stated < tests
  return isWithin || isOfLastTry || stated === own || stated === tests - skipped
}

/** The larger of the two: gotestsum counts an error among the failures too. */
export function leastFailing(failures: number | undefined, errors: number | undefined): number | undefined {
  return failures === undefined && errors === undefined ? undefined : Math.max(failures ?? 0, errors ?? 0)
}

/** A whole number that is not negative. */
export function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined
}
