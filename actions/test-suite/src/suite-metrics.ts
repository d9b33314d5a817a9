/** What a run measured, as parts that add up. Pure. */
import type { CoverageReport, Finding, Measurement, MetricPart } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import { coverageMeasurements } from './coverage/totals.ts'
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
  },
): MetricPart {
  const ran = tally.tests - tally.skipped
  const [slowest] = tally.slowest
  const [file] = tally.files
  const measurements: readonly Measurement[] = [
    { metric: 'tests', value: tally.tests },
    { metric: 'skipped', value: tally.skipped },
    { metric: 'quarantined', value: about.quarantined },
    { metric: 'duration', value: tally.seconds },
    { metric: 'tools-failed', value: about.failed ? 1 : 0 },
    ...(about.changed === undefined
      ? []
      : [
          { metric: 'new-tests', value: about.changed.added },
          { metric: 'removed-tests', value: about.changed.removed },
        ]),
    // Beyond what is kept as findings nobody can say which of them it was.
    ...(tally.moreFailed > 0 ? [{ metric: 'failures', value: tally.moreFailed }] : []),
    ...(ran > 0 ? [{ metric: 'pass-rate', value: tally.passed, of: ran }] : []),
    ...(slowest === undefined ? [] : [{ metric: 'slowest-test', value: slowest.seconds, at: slowest.id }]),
    ...(file === undefined ? [] : [{ metric: 'slowest-file', value: file.seconds, at: file.file }]),
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

/** `globs`: of the repository's files, for which rules have floors of their own. */
export function coveragePart(
  report: CoverageReport,
  patch: PatchCoverage | undefined,
  globs: readonly string[],
): MetricPart {
  const measurements: readonly Measurement[] = [
    ...coverageMeasurements(report, globs),
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
