/** The united coverage in the formats that other services take, and as badges. Pure. */
import type { CoverageReport } from '@ci-actions/shared'
import { renderCoverageBadge } from './coverage/badge.ts'
import { renderCobertura } from './coverage/render-cobertura.ts'
import { renderLcov } from './coverage/render-lcov.ts'
import { renderCoveragePage } from './coverage/render-page.ts'

/** By name in the report folder; none without coverage. */
export function coverageFiles(coverage: CoverageReport | undefined): Readonly<Record<string, string>> {
  if (coverage === undefined) return {}
  const percent = coverage.lines === 0 ? undefined : (coverage.covered / coverage.lines) * 100
  const badge = renderCoverageBadge(percent)
  return {
    'coverage/cobertura.xml': renderCobertura(coverage),
    'coverage/lcov.info': renderLcov(coverage),
    'coverage/index.html': renderCoveragePage(coverage),
    'coverage/coverage.json': badge.json,
    'coverage/coverage.svg': badge.svg,
  }
}
