/** Coverage as measurements that rules speak about. */
import type { CoverageReport, FileCoverage, Measurement } from '@ci-actions/shared'
import { branchShare, pathMatcher } from '@ci-actions/shared'

/**
 * `coverage` and, where the report knows branches, `branch-coverage`: as a total, and once for each glob with the label
 * `path`, so that `coverage{path="src/payments/**"} >= 95%` has its own floor. A glob that no measured file matches gives
 * none, so that its rule is not measured and never passes by silence. Globs are relative to the repository; `src/payments`
 * means all below it.
 */
export function coverageMeasurements(
  report: CoverageReport,
  globs: readonly string[],
): readonly Measurement[] {
  return [
    ...measured(report.covered, report.lines, report.files),
    ...[...new Set(globs)].flatMap((glob) => {
      const matches = pathMatcher([glob])
      return coverageOf(
        report.files.filter((file) => matches(file.path)),
        { path: glob },
      )
    }),
  ]
}

/** Of these files alone, under labels of their own; nothing where they have no lines. */
export function coverageOf(
  files: readonly FileCoverage[],
  labels: Readonly<Record<string, string>>,
): readonly Measurement[] {
  const covered = files.reduce((sum, file) => sum + file.covered.length, 0)
  const missed = files.reduce((sum, file) => sum + file.missed.length, 0)
  return measured(covered, covered + missed, files).map((each) => ({ ...each, labels }))
}

function measured(covered: number, lines: number, files: readonly FileCoverage[]): readonly Measurement[] {
  const branches = branchShare(files)
  return [
    ...(lines === 0 ? [] : [{ metric: 'coverage', value: covered, of: lines }]),
    ...(branches.total === 0
      ? []
      : [{ metric: 'branch-coverage', value: branches.covered, of: branches.total }]),
  ]
}
