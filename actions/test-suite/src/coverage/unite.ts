/** One report of many: shards, legs of a matrix, kinds of tests. */
import type { CoverageReport } from '@ci-actions/shared'
import { CoverageTable, ToolOutputError } from '@ci-actions/shared'
import { addFile, sorted, statesOnlyTotals } from './map-paths.ts'

/**
 * A line covered anywhere is covered; branches are united by name where the formats give them names, else the larger
 * count of a line stands. Files are the same where their paths are, so map paths first. Throws a `ToolOutputError` where
 * one of several reports states totals without lines: nothing can be said about what it shares with the others.
 */
export function uniteCoverage(reports: readonly CoverageReport[]): CoverageReport {
  const stated = reports.find(statesOnlyTotals)
  if (stated !== undefined) {
    if (reports.length === 1) return stated
    throw new ToolOutputError(
      'A coverage report states totals but no lines, so that it cannot be united with others. Let it list lines.',
    )
  }
  const table = new CoverageTable()
  for (const report of reports) for (const file of report.files) addFile(table, file.path, file)
  const sources = [...new Set(reports.flatMap((report) => report.sources))].toSorted()
  return { ...sorted(table.report()), sources }
}
