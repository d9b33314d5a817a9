/** Renders many findings to every output, in this process. */

import type { Finding } from '../../packages/shared/src/finding/finding.ts'
import { planAnnotations } from '../../packages/shared/src/report/annotations.ts'
import { renderCheckRun } from '../../packages/shared/src/report/check-run.ts'
import { renderComment } from '../../packages/shared/src/report/comment.ts'
import { renderHtml } from '../../packages/shared/src/report/page.ts'
import type { Report } from '../../packages/shared/src/report/report.ts'
import { renderResult } from '../../packages/shared/src/report/result.ts'
import { renderSarif } from '../../packages/shared/src/report/sarif.ts'
import { renderSummary } from '../../packages/shared/src/report/summary.ts'
import { renderTerminal } from '../../packages/shared/src/report/terminal.ts'

function synthetic(count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, index) => ({
    tool: ['ruff', 'pylint', 'mypy'][index % 3] ?? 'ruff',
    rule: `E${100 + (index % 40)}`,
    level: index % 5 === 0 ? 'error' : 'warning',
    message: `Item ${index} has \`no\` attribute | and a <tag> @someone number ${index * 7}`,
    location: {
      path: `src/package_${index % 50}/module_${index % 400}.py`,
      line: 1 + (index % 900),
      column: 5,
    },
    metric: 'lint-errors',
    fingerprint: (index * 2654435761).toString(16).padStart(32, '0'),
    state: index % 9 === 0 ? 'new' : 'unchanged',
  }))
}

export function reportOf(findings: readonly Finding[]): Report {
  return {
    action: 'quality-gate',
    title: 'Quality gate',
    actionVersion: '2.0.0',
    id: 'default',
    verdict: 'passed',
    enforced: true,
    reasons: [],
    rules: [],
    metrics: [],
    tools: [],
    findings,
    blocks: [],
    notices: [],
    loosened: [],
    degraded: [],
    scope: 'all',
    seconds: 1,
    inputs: [],
    laptop: 'ci-actions quality-gate',
    linkTemplate: 'https://github.com/o/r/blob/s/{path}#L{line}',
  }
}

/** Seconds by output. */
export function timeRendering(count: number): Readonly<Record<string, number>> {
  const report = reportOf(synthetic(count))
  const outputs: Readonly<Record<string, () => unknown>> = {
    summary: () => renderSummary(report, { maxBytes: 1_000_000 }),
    annotations: () => planAnnotations(report),
    'check run': () => renderCheckRun(report),
    comment: () => renderComment(report, 'marker'),
    SARIF: () => renderSarif(report),
    'result JSON': () => renderResult(report),
    HTML: () => renderHtml(report),
    terminal: () => renderTerminal(report, { colour: false, width: 110 }),
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, render]) => {
      const start = performance.now()
      render()
      return [name, (performance.now() - start) / 1000]
    }),
  )
}
