import { describe, expect, test } from 'vitest'
import type { DemoFinding, DemoResult } from './demo-record.ts'
import { plantedRisks } from './planted-risks.ts'
import { unexpectedRisks, unexpectedWithoutServer } from './security-demo.ts'

const broken = ['new.findings.high == 0', 'new.secrets == 0']
const findings = plantedRisks.map(({ path, rules, severity, state, tools }): DemoFinding => {
  const witnesses = tools.map((tool, index) => ({ tool, rule: rules[index] ?? rules[0] ?? '' }))
  const [{ tool, rule } = { tool: '', rule: '' }] = witnesses
  return { tool, rule, state, location: { path }, security: { severity }, witnesses }
})
const scanned: DemoResult = {
  verdict: 'failed',
  rules: broken.map((rule) => ({ rule, outcome: 'failed' })),
  findings,
  tools: [],
}
const [first] = findings

function changed(change: Partial<DemoFinding>): readonly string[] {
  return unexpectedRisks({
    ...scanned,
    findings: findings.map((finding) => (finding === first ? { ...finding, ...change } : finding)),
  })
}

describe('the expectation of the security scan', () => {
  test('is each risk once', () => {
    expect(unexpectedRisks(scanned)).toEqual([])
    expect(unexpectedRisks({ ...scanned, findings: findings.slice(1) })).toEqual([
      'vulnerable requirement: not reported',
    ])
    expect(unexpectedRisks({ ...scanned, findings: [...findings, ...findings.slice(0, 1)] })).toEqual([
      'vulnerable requirement: reported 2 times',
    ])
  })

  test('is its severity, whether it is new, and who found it', () => {
    expect(changed({ security: { severity: 'low' } })).toEqual(['vulnerable requirement: low, not high'])
    expect(changed({ state: 'new' })).toEqual(['vulnerable requirement: new, not unchanged'])
    expect(changed({ witnesses: first?.witnesses?.slice(1) ?? [] })).toHaveLength(1)
  })

  test('is nothing of a tool that is not there', () => {
    expect(
      changed({ security: { severity: 'unknown' }, witnesses: first?.witnesses?.slice(1) ?? [] }),
    ).toHaveLength(2)
    const known = findings.map((each) =>
      each === first
        ? {
            ...each,
            security: { severity: 'unknown' },
            witnesses: [{ tool: 'pip-audit', rule: 'CVE-2026-90004' }],
          }
        : each,
    )
    expect(unexpectedRisks({ ...scanned, findings: known }, ['osv-scanner'])).toEqual([])
    const others = findings.filter(({ tool }) => tool !== 'gitleaks')
    expect(unexpectedRisks({ ...scanned, findings: others }, ['gitleaks'])).toEqual([])
  })

  test('is these rules and no others', () => {
    expect(unexpectedRisks({ ...scanned, verdict: 'passed', rules: [] })).toHaveLength(2)
  })
})

describe('without the advisory service', () => {
  const audit = { id: 'pip-audit', status: 'failed', why: 'unavailable: the service: refused' }
  const rules = [{ rule: 'tools-failed == 0', outcome: 'failed' }]

  test('the scan names the tool, and that its service is unavailable', () => {
    expect(unexpectedWithoutServer({ ...scanned, rules, tools: [audit] })).toEqual([])
    expect(unexpectedWithoutServer({ ...scanned, rules, tools: [{ ...audit, why: 'refused' }] })).toEqual([
      'pip-audit: failed, refused',
    ])
    expect(unexpectedWithoutServer({ ...scanned, verdict: 'passed', rules: [], tools: [] })).toHaveLength(3)
  })
})
