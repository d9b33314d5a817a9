/** The united coverage in the formats that other services take, and as badges. Pure. */
import type { CoverageReport } from '@ci-actions/shared'
import { branchShare } from '@ci-actions/shared'
import { renderCoverageBadge } from './coverage/badge.ts'
import { renderCobertura } from './coverage/render-cobertura.ts'
import { renderLcov } from './coverage/render-lcov.ts'
import { renderCoveragePage } from './coverage/render-page.ts'

/** Lines and branches; above that, Cobertura is larger than other services take (some 150 MB). */
const mostEntries = 4_000_000

export interface CoverageFiles {
  /** By name in the report folder; none without coverage. */
  readonly files: Readonly<Record<string, string>>
  readonly notices: readonly string[]
}

/** `most` bounds what is written line by line. */
export function coverageFiles(coverage: CoverageReport | undefined, most = mostEntries): CoverageFiles {
  if (coverage === undefined) return { files: {}, notices: [] }
  const percent = coverage.lines === 0 ? undefined : (coverage.covered / coverage.lines) * 100
  const badge = renderCoverageBadge(percent)
  const files = {
    'coverage/index.html': renderCoveragePage(coverage),
    'coverage/coverage.json': badge.json,
    'coverage/coverage.svg': badge.svg,
  }
  const entries = coverage.lines + branchShare(coverage.files).total
  if (entries > most) {
    const size = `${coverage.lines} lines are more than other services read`
    return { files, notices: [`\`cobertura.xml\` and \`lcov.info\` are not written: ${size}.`] }
  }
  const lineByLine = {
    'coverage/cobertura.xml': renderCobertura(coverage),
    'coverage/lcov.info': renderLcov(coverage),
  }
  return { files: { ...lineByLine, ...files }, notices: [] }
}
