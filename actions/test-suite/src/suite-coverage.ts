/** The coverage of a run, together with that of the files that are given. */
import { join } from 'node:path'
import type { CoverageReport } from '@ci-actions/shared'
import { readCoverageFile } from '@ci-actions/shared'
import { mapPaths } from './coverage/map-paths.ts'
import { uniteCoverage } from './coverage/unite.ts'
import { givenFiles } from './given-files.ts'
import type { Suite } from './suite.ts'

export interface SuiteCoverage {
  readonly coverage?: CoverageReport
  readonly coverageWanted: boolean
  readonly coverageNotices: readonly string[]
}

/** Absolute path, and a name for messages. */
export interface CoveragePath {
  readonly path: string
  readonly shown: string
}

/**
 * In paths of the repository. Throws a `UserError` for patterns that fit nothing, a `ToolOutputError` for files that
 * are no coverage reports.
 */
export async function readCoverage(suite: Suite, ofRun: readonly CoveragePath[]): Promise<SuiteCoverage> {
  const { host, inputs } = suite.context
  const given = (await givenFiles(suite, 'coverage-reports')).map((file) => ({
    path: join(suite.top, file),
    shown: file,
  }))
  const coverageWanted = inputs.coverage || inputs['coverage-reports'].length > 0
  const reports: CoverageReport[] = []
  const lost = new Set<string>()
  for (const { path, shown } of [...ofRun, ...given]) {
    const read = await readCoverageFile({ path: shown, chunks: () => host.files.stream(path) })
    const { report, unmapped, ambiguous } = mapPaths(read, suite.files, {
      roots: [suite.top, suite.project.root],
    })
    for (const each of [...unmapped, ...ambiguous.map((file) => file.path)]) lost.add(each)
    reports.push(report)
  }
  const coverageNotices = lost.size === 0 ? [] : [describeLost([...lost].sort())]
  if (reports.length === 0) return { coverageWanted, coverageNotices }
  return { coverageWanted, coverageNotices, coverage: uniteCoverage(reports) }
}

function describeLost(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map((path) => `\`${path.replaceAll('`', "'")}\``)
  const more = paths.length > shown.length ? ` and ${paths.length - shown.length} more` : ''
  return `Coverage leaves out what is not in the repository, or could be several of its files: ${shown.join(', ')}${more}.`
}
