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

/** The same for equal labels. */
export function labelKey(labels: TestLabels): string {
  return JSON.stringify([labels['kind'], labels['package'], labels['leg']])
}

/** Each test counts once, with those that have the same labels; only the end adds them up by single ones. */
export class LabelCounts {
  readonly #groups = new Map<string, Group>()
  #last: Group

  constructor() {
    this.#last = this.#groupOf({})
  }

  add(result: TestResult): void {
    const { kind, package: name, leg } = result
    const { labels } = this.#last
    // Tests of one file mostly follow each other.
    if (kind !== labels.kind || name !== labels.package || leg !== labels.leg)
      this.#last = this.#groupOf({ kind, package: name, leg })
    addTest(this.#last.counts, result)
  }

  all(): TestCounts {
    const all = noTests()
    for (const { counts } of this.#groups.values()) addCounts(all, counts)
    return all
  }

  byLabel(): readonly LabelledCounts[] {
    const sets = new Map<string, { readonly labels: TestLabels; readonly counts: Counts }>()
    for (const group of this.#groups.values())
      for (const labels of labelSetsOf(group.labels)) {
        const key = labelKey(labels)
        const { counts } = sets.get(key) ?? { counts: noTests() }
        sets.set(key, { labels, counts })
        addCounts(counts, group.counts)
      }
    return [...sets.values()].map(({ labels, counts }) => ({ labels, ...counts }))
  }

  #groupOf(labels: Labelled): Group {
    const key = labelKey(labelsOf(labels))
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const group = { labels, counts: noTests() }
    this.#groups.set(key, group)
    return group
  }
}

interface Group {
  readonly labels: Labelled
  readonly counts: Counts
}

function noTests(): Counts {
  return { tests: 0, passed: 0, failures: 0, errors: 0, skipped: 0, flaky: 0, seconds: 0 }
}

function addCounts(sum: Counts, counts: TestCounts): void {
  sum.tests += counts.tests
  sum.passed += counts.passed
  sum.failures += counts.failures
  sum.errors += counts.errors
  sum.skipped += counts.skipped
  sum.flaky += counts.flaky
  sum.seconds += counts.seconds
}

function addTest(counts: Counts, { status, flaky, seconds }: TestResult): void {
  counts.tests += 1
  if (status === 'passed') counts.passed += 1
  else if (status === 'failed') counts.failures += 1
  else if (status === 'error') counts.errors += 1
  else counts.skipped += 1
  if (flaky) counts.flaky += 1
  counts.seconds += seconds ?? 0
}
