import type { Finding } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { riskParts } from './risk-parts.ts'
import { sampleRisk } from './test/sample-risk.ts'

const vulnerability = sampleRisk({ security: { kind: 'vulnerability', fixedVersions: ['2.0'] } })
const weakness = sampleRisk()

/** Counts by metric. */
function countsOf(tool: string, findings: readonly Finding[], metrics: readonly string[] = ['findings']) {
  const part = { tool, metrics, findings, measurements: [], compared: 'none' } as const
  const parts = riskParts([{ part }], { knowsExploited: false })
  return Object.fromEntries(parts.map((each) => [each.metrics[0], each.findings.length]))
}

it.each([
  ['a scanner of dependencies that found nothing', 'osv-scanner', [], { vulnerabilities: 0, fixable: 0 }],
  ['one that found some', 'osv-scanner', [vulnerability], { vulnerabilities: 1, fixable: 1 }],
  ['a scanner of code', 'bandit', [weakness], {}],
  ['any tool that names one', 'docker-scout', [vulnerability, weakness], { vulnerabilities: 1, fixable: 1 }],
])('counts vulnerabilities for %s', (_, tool, findings, counts) => {
  expect(countsOf(tool, findings)).toEqual(counts)
})

it('counts nothing for a scanner that failed', () => {
  expect(countsOf('osv-scanner', [], [])).toEqual({})
})
