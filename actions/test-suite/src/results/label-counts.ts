/** Counts of tests by what they are labelled with. Bounded by the kinds, packages and legs that there are. */
import type { TestKind, TestResult } from './test-result.ts'

export interface TestCounts {
  readonly tests: number
  readonly passed: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
  /** Among the passed ones. */
  readonly flaky: number
  readonly seconds: number
}

/** Those that a test has. */
export type TestLabels = {
  readonly kind?: TestKind
  readonly package?: string
  readonly leg?: string
}

export interface LabelledCounts extends TestCounts {
  readonly labels: TestLabels
}

type Labelled = Pick<TestResult, 'kind' | 'package' | 'leg'>
type Counts = { -readonly [name in keyof TestCounts]: number }

/** All that a test is labelled with. */
export function labelsOf({ kind, package: name, leg }: Labelled): TestLabels {
  return {
    ...(kind !== undefined && { kind }),
    ...(name !== undefined && { package: name }),
    ...(leg !== undefined && { leg }),
  }
}

/** What a test counts under: each label by itself, and the kind within its package. */
export function labelSetsOf({ kind, package: name, leg }: Labelled): readonly TestLabels[] {
  return [
    ...(kind === undefined ? [] : [{ kind }]),
    ...(name === undefined ? [] : [{ package: name }]),
    ...(leg === undefined ? [] : [{ leg }]),
    ...(kind === undefined || name === undefined ? [] : [{ kind, package: name }]),
  ]
}

/** The same for equal labels of {@link labelSetsOf}. */
export function labelKey(labels: TestLabels): string {
  return JSON.stringify([labels['kind'], labels['package'], labels['leg']])
}

export class LabelCounts {
  readonly #sets = new Map<string, { readonly labels: TestLabels; readonly counts: Counts }>()
  #last: Labelled = {}
  #lastCounts: readonly Counts[] = []

  add(result: TestResult): void {
    const { kind, package: name, leg } = result
    const last = this.#last
    // Tests of one file mostly follow each other.
    if (kind !== last.kind || name !== last.package || leg !== last.leg) {
      this.#last = { kind, package: name, leg }
      this.#lastCounts = labelSetsOf(this.#last).map((labels) => this.#countsOf(labels))
    }
    for (const counts of this.#lastCounts) addTo(counts, result)
  }

  finish(): readonly LabelledCounts[] {
    return [...this.#sets.values()].map(({ labels, counts }) => ({ labels, ...counts }))
  }

  #countsOf(labels: TestLabels): Counts {
    const key = labelKey(labels)
    const known = this.#sets.get(key)
    if (known !== undefined) return known.counts
    const counts = noTests()
    this.#sets.set(key, { labels, counts })
    return counts
  }
}

export function noTests(): Counts {
  return { tests: 0, passed: 0, failures: 0, errors: 0, skipped: 0, flaky: 0, seconds: 0 }
}

export function addTo(counts: Counts, { status, flaky, seconds }: TestResult): void {
  counts.tests += 1
  if (status === 'passed') counts.passed += 1
  else if (status === 'failed') counts.failures += 1
  else if (status === 'error') counts.errors += 1
  else counts.skipped += 1
  if (flaky) counts.flaky += 1
  counts.seconds += seconds ?? 0
}
