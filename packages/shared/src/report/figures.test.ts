/** No rendering shows a number as arithmetic left it. */
import { describe, expect, it } from 'vitest'
import type { RuleOutcome } from '../gate/rule.ts'
import { planAnnotations } from './annotations.ts'
import { renderCheckRun } from './check-run.ts'
import { actualFigure, baseFigure } from './figures.ts'
import { renderHtml } from './page.ts'
import type { Report } from './report.ts'
import { renderSummary } from './summary.ts'
import { renderTerminal } from './terminal.ts'
import { sampleOutcome } from './test/builders.ts'
import { failedReport } from './test/sample-reports.ts'

const noise = 1 / 3
const noisy: Report = {
  ...failedReport,
  rules: failedReport.rules.map(
    (outcome): RuleOutcome => ({
      ...outcome,
      actual: (outcome.actual ?? 0) + noise,
      now: (outcome.now ?? 0) + noise,
      base: (outcome.now ?? 0) + noise + 1e-8,
    }),
  ),
  tools: failedReport.tools.map((tool) => ({ ...tool, seconds: tool.seconds + noise })),
  seconds: 2 + noise,
  blocks: [
    { kind: 'bar', label: 'part', percent: 55 + noise },
    {
      kind: 'chart',
      title: 'c',
      unit: 'points',
      points: [80 + noise, 81, 0.1 + 0.2].map((value) => ({ label: 'x', value })),
    },
  ],
}

describe.each<[string, (report: Report) => string]>([
  ['summary', (report) => renderSummary(report, { maxBytes: 1_000_000 })],
  ['terminal', (report) => renderTerminal(report, { colour: false, width: 100 })],
  ['check run', (report) => renderCheckRun(report).summary],
  ['annotations', (report) => JSON.stringify(planAnnotations(report))],
  ['page', (report) => renderHtml(report).replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '')],
])('%s', (_, render) => {
  it('has no number of many decimals', () => {
    expect(render(noisy).match(/\d\.\d{4,}|\de-\d/g) ?? []).toEqual([])
  })
})

it('the base is rounded like the value now, unless that made two different numbers equal', () => {
  const figures = (now: number, base: number) => {
    const outcome = sampleOutcome('score > 80', 'passed', { actual: now, now, base })
    return [actualFigure(outcome), baseFigure(outcome)]
  }
  expect(figures(78.523_591_6, 78.523_591_6)).toEqual(['78.5', '78.5'])
  expect(figures(85, 84.98)).toEqual(['85', '84.98'])
})
