/** Adds up tests as they are read, and keeps what a report shows. */
import { ownCopy } from '@ci-actions/shared'
import { FailureList } from './failure-list.ts'
import type { StoredTest } from './id-store.ts'
import { IdStore } from './id-store.ts'
import type { LabelledCounts, TestCounts } from './label-counts.ts'
import { LabelCounts } from './label-counts.ts'
import type { ResultSink, TestResult } from './test-result.ts'
import { TopList } from './top-list.ts'

export interface TestTally extends TestCounts {
  /** Sum over tests, which is more than the clock says where they run side by side. */
  readonly seconds: number
  /** In the order of the files; the first ones whole, later ones without texts. */
  readonly failed: readonly TestResult[]
  readonly moreFailed: number
  readonly flakyTests: readonly TestResult[]
  /** Longest first. */
  readonly slowest: readonly { readonly id: string; readonly seconds: number }[]
  /** By file, or by class where tests name no file; longest first. */
  readonly files: readonly FileTally[]
  /** By kind, package and leg, and by kind within a package; of the tests that have these labels. */
  readonly labelled: readonly LabelledCounts[]
  /** Ids that came more than once in one leg, each named once; bounded. */
  readonly duplicates: readonly string[]
  /** Every test in order of reading. Later tests of one id come again. */
  ids(): Iterable<StoredTest>
}

export interface FileTally {
  readonly file: string
  readonly tests: number
  readonly seconds: number
}

export interface TallyOptions {
  readonly slowest?: number
  /** Failures kept with their texts. */
  readonly failures?: number
}

export interface Tally extends ResultSink {
  /** What was added so far. */
  finish(): TestTally
}

interface FileCounts {
  tests: number
  seconds: number
}

const mostDuplicates = 100
const mostFlaky = 1000
const mostFiles = 50_000
const otherFiles = '(other files)'

/** Equal tests of two legs are two tests, where they are labelled with their legs. */
export function createTally(options: TallyOptions = {}): Tally {
  return new RunningTally(options)
}

class RunningTally implements Tally {
  readonly #counts = new LabelCounts()
  readonly #ids = new IdStore()
  readonly #failed: FailureList
  readonly #flaky: FailureList
  readonly #slowest: TopList
  readonly #files = new Map<string, FileCounts>()
  #lastFile = ''
  #lastCounts: FileCounts = { tests: 0, seconds: 0 }

  constructor({ slowest = 20, failures = 1000 }: TallyOptions) {
    this.#failed = new FailureList(failures)
    this.#flaky = new FailureList(mostFlaky)
    this.#slowest = new TopList(slowest)
  }

  test(result: TestResult): void {
    const { id, status, seconds } = result
    this.#counts.add(result)
    this.#ids.add(result)
    if (status === 'failed' || status === 'error') this.#failed.add(result)
    if (result.flaky) this.#flaky.add(result)
    this.#addToFile(result)
    if (seconds !== undefined) this.#slowest.add(id, seconds)
  }

  finish(): TestTally {
    const files = [...this.#files].map(([file, counts]) => ({ file, ...counts }))
    return {
      ...this.#counts.all(),
      failed: this.#failed.kept,
      moreFailed: this.#failed.more,
      flakyTests: this.#flaky.kept,
      slowest: this.#slowest.sorted(),
      files: files.toSorted((a, b) => b.seconds - a.seconds || (a.file < b.file ? -1 : 1)),
      labelled: this.#counts.byLabel(),
      duplicates: this.#ids.repeated(mostDuplicates),
      ids: () => this.#ids.values(),
    }
  }

  #addToFile({ file, classname, seconds = 0 }: TestResult): void {
    const name = file ?? classname
    if (name === undefined || name === '') return
    // Tests of one file mostly follow each other.
    if (name !== this.#lastFile) {
      this.#lastFile = name
      this.#lastCounts = this.#countsOf(name)
    }
    this.#lastCounts.tests += 1
    this.#lastCounts.seconds += seconds
  }

  #countsOf(name: string): FileCounts {
    const key = this.#files.size < mostFiles || this.#files.has(name) ? name : otherFiles
    const known = this.#files.get(key)
    if (known !== undefined) return known
    const counts = { tests: 0, seconds: 0 }
    this.#files.set(ownCopy(key), counts)
    return counts
  }
}
