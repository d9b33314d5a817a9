/** Metrics of the tests by kind, package and leg. Pure. */
import type { Measurement } from '@ci-actions/shared'
import type { QuarantinedTest } from '../quarantine-judgement.ts'
import type { LabelledCounts, TestLabels } from '../results/label-counts.ts'
import { labelKey, labelSetsOf } from '../results/label-counts.ts'
import type { TestTally } from '../results/tally.ts'
import type { TestResult } from '../results/test-result.ts'
import { testKinds } from '../results/test-result.ts'
import type { JoinedTest } from './across-legs.ts'

/**
 * `failures`, `errors` and `flaky` are counted from findings; their measurements say by which labels, and hold those
 * failures that are too many for a finding each.
 */
export function labelledMeasurements(tally: TestTally): readonly Measurement[] {
  const kept = countFailed(tally.failed)
  return [
    ...tally.labelled.flatMap((counts) => {
      const { labels, tests, passed, skipped, seconds } = counts
      const ran = tests - skipped
      const { failures = 0, errors = 0 } = kept.get(labelKey(labels)) ?? {}
      return [
        { metric: 'tests', value: tests, labels },
        { metric: 'skipped', value: skipped, labels },
        { metric: 'duration', value: seconds, labels },
        { metric: 'failures', value: counts.failures - failures, labels },
        { metric: 'errors', value: counts.errors - errors, labels },
        { metric: 'flaky', value: 0, labels },
        ...(ran > 0 ? [{ metric: 'pass-rate', value: passed, of: ran, labels }] : []),
      ]
    }),
    ...kindMeasurements(tally),
  ]
}

type FailedResult = Pick<TestResult, 'status' | 'kind' | 'package' | 'leg'>

interface Failed {
  failures: number
  errors: number
}

/** By the sets of labels that they count under. */
function countFailed(failed: readonly FailedResult[]): ReadonlyMap<string, Failed> {
  const counts = new Map<string, Failed>()
  for (const test of failed)
    for (const labels of labelSetsOf(test)) {
      const key = labelKey(labels)
      const own = counts.get(key) ?? { failures: 0, errors: 0 }
      counts.set(key, own)
      if (test.status === 'error') own.errors += 1
      else own.failures += 1
    }
  return counts
}

/** As a reader sees them, and as the metrics are. */
export function withoutQuarantined(
  labelled: readonly LabelledCounts[],
  quarantined: readonly QuarantinedTest<JoinedTest>[],
): readonly LabelledCounts[] {
  const forgiven = countFailed(
    quarantined.flatMap(({ test: { status, instances = [] } }) =>
      instances.map((labels) => ({ status, ...labels })),
    ),
  )
  return labelled.map((counts) => {
    const { failures = 0, errors = 0 } = forgiven.get(labelKey(counts.labels)) ?? {}
    return { ...counts, failures: counts.failures - failures, errors: counts.errors - errors }
  })
}

/** Once tests have kinds, a kind without tests has none of them, which is not the same as not measured. */
function kindMeasurements({ labelled, tests }: TestTally): readonly Measurement[] {
  const ofKind = labelled.filter(({ labels }) => labels['kind'] !== undefined)
  if (ofKind.length === 0) return []
  const groups = Map.groupBy(ofKind, ({ labels }) => labels['package'])
  const all = sum(groups.get(undefined) ?? [])
  return [
    { metric: 'kind-share', value: all, of: tests },
    ...[...groups].flatMap(([name, counts]) => {
      const of = sum(counts)
      return testKinds.flatMap((kind) => {
        const labels: TestLabels = { kind, ...(name !== undefined && { package: name }) }
        const value = counts.find((each) => each.labels['kind'] === kind)?.tests ?? 0
        const none = value === 0 ? [{ metric: 'tests', value: 0, labels }] : []
        return [...none, { metric: 'kind-share', value, of, labels }]
      })
    }),
  ]
}

function sum(counts: readonly LabelledCounts[]): number {
  return counts.reduce((total, { tests }) => total + tests, 0)
}
