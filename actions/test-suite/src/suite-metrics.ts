/** What a run measured, as parts that add up. Pure. */
import type { CoverageReport, Finding, Measurement, MetricPart } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import { coverageMeasurements, coverageOf } from './coverage/totals.ts'
import { packageFinder } from './labels/label-tests.ts'
import { labelledMeasurements } from './labels/labelled-metrics.ts'
import { dependsOnOrder } from './results/order-role.ts'
import type { TestTally } from './results/tally.ts'

/** Compared with the last run of the base. */
export interface ChangedTests {
  readonly added: number
  readonly removed: number
}

export function testPart(
  tool: string,
  tally: TestTally,
  findings: readonly Finding[],
  about: {
    readonly quarantined: number
    readonly failed: boolean
    readonly changed?: ChangedTests | undefined
    /** Whether it is known for every test whether it depends on the order. */
    readonly orderKnown?: boolean | undefined
  },
): MetricPart {
  const ran = tally.tests - tally.skipped
  const more = moreFailed(tally)
  const dependent = orderDependent(tally)
  const [slowest] = tally.slowest
  const [file] = tally.files
  const measurements: readonly Measurement[] = [
    { metric: 'tests', value: tally.tests },
    { metric: 'skipped', value: tally.skipped },
    { metric: 'quarantined', value: about.quarantined },
    { metric: 'duration', value: tally.seconds },
    { metric: 'tools-failed', value: about.failed ? 1 : 0 },
    ...(about.orderKnown === true || dependent > 0 ? [{ metric: 'order-dependent', value: dependent }] : []),
    ...(about.changed === undefined
      ? []
      : [
          { metric: 'new-tests', value: about.changed.added },
          { metric: 'removed-tests', value: about.changed.removed },
        ]),
    // Beyond what is kept as findings nobody can say which of them it was.
    ...(tally.moreFailed > 0
      ? [
          { metric: 'failures', value: more.failures },
          { metric: 'errors', value: more.errors },
        ]
      : []),
    ...(ran > 0 ? [{ metric: 'pass-rate', value: tally.passed, of: ran }] : []),
    ...(slowest === undefined ? [] : [{ metric: 'slowest-test', value: slowest.seconds, at: slowest.id }]),
    ...(file === undefined ? [] : [{ metric: 'slowest-file', value: file.seconds, at: file.file }]),
    ...labelledMeasurements(tally),
  ]
  const metrics = [
    'failures',
    'errors',
    'flaky',
    'quarantine-stale',
    ...measurements.map(({ metric }) => metric),
  ]
  return { tool, metrics: [...new Set(metrics)], findings, measurements, compared: 'none' }
}

function orderDependent({ failed, flakyTests }: TestTally): number {
  return [...failed, ...flakyTests].filter(({ order }) => dependsOnOrder(order)).length
}

/** Those that no finding stands for. */
function moreFailed({ failures, errors, failed }: TestTally) {
  const kept = failed.filter(({ status }) => status === 'error').length
  return { failures: failures - (failed.length - kept), errors: errors - kept }
}

/** What rules have floors of their own for, beside the whole. */
interface CoverageShares {
  /** Of the repository's files. */
  readonly globs: readonly string[]
  readonly packages: readonly { readonly name: string; readonly folder: string }[]
}

export function coveragePart(
  report: CoverageReport,
  patch: PatchCoverage | undefined,
  { globs, packages }: CoverageShares,
): MetricPart {
  const packageOf = packageFinder(packages)
  const byPackage = Map.groupBy(report.files, ({ path }) => packageOf(path))
  const measurements: readonly Measurement[] = [
    ...coverageMeasurements(report, globs),
    ...[...byPackage].flatMap(([name, files]) =>
      name === undefined ? [] : coverageOf(files, { package: name }),
    ),
    ...(patch !== undefined && patch.lines > 0
      ? [{ metric: 'patch-coverage', value: patch.covered, of: patch.lines }]
      : []),
  ]
  return {
    tool: 'coverage',
    metrics: [...new Set(measurements.map(({ metric }) => metric))],
    findings: [],
    measurements,
    compared: 'none',
  }
}
