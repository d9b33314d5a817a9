/** What a run measured, as parts that add up. Pure. */
import type { CoverageReport, Finding, Measurement, MetricPart } from '@ci-actions/shared'
import { branchShare } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import type { TestTally } from './results/tally.ts'

export function testPart(
  tool: string,
  tally: TestTally,
  findings: readonly Finding[],
  about: { readonly quarantined: number; readonly failed: boolean },
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

export function coveragePart(
  { covered, lines, files }: CoverageReport,
  patch: PatchCoverage | undefined,
): MetricPart {
  const branches = branchShare(files)
  const measurements: readonly Measurement[] = [
    ...(lines > 0 ? [{ metric: 'coverage', value: covered, of: lines }] : []),
    ...(branches.total > 0
      ? [{ metric: 'branch-coverage', value: branches.covered, of: branches.total }]
      : []),
    ...(patch !== undefined && patch.lines > 0
      ? [{ metric: 'patch-coverage', value: patch.covered, of: patch.lines }]
      : []),
  ]
  return {
    tool: 'coverage',
    metrics: measurements.map(({ metric }) => metric),
    findings: [],
    measurements,
    compared: 'none',
  }
}
