import { describe, expect, it } from 'vitest'
import type { Finding, Security, Severity } from '../finding/finding.ts'
import { gatherRules, ruleOf } from './sarif-rules.ts'
import { sampleFinding } from './test/builders.ts'

function risk(security: Partial<Security>, given: Partial<Finding> = {}): Finding {
  return sampleFinding({
    rule: 'CVE-2026-1',
    message: 'jinja2 3.1.2 lets templates leave the sandbox',
    help: 'https://osv.dev/CVE-2026-1',
    security: {
      kind: 'vulnerability',
      claims: [],
      severity: 'high',
      severitySource: 'CVSS 3.1 of nvd',
      ...security,
    },
    ...given,
  })
}

function rulesOf(...findings: readonly Finding[]) {
  return [...gatherRules(findings).values()].map((facts) => ruleOf(facts, 'pip-audit'))
}

describe('a rule', () => {
  it('says what it is, how severe, by whom, and what to do', () => {
    const dependency = { ecosystem: 'pypi', name: 'jinja2', version: '3.1.2' }
    const [rule, ...others] = rulesOf(
      risk({ score: 7.8, cwe: [94], ids: ['CVE-2026-1', 'GHSA-x'], dependency, fixedVersions: ['3.1.6'] }),
      risk({ score: 7.8, cwe: [79, 94], dependency, exploited: true }),
    )
    expect(others).toEqual([])
    expect(rule).toEqual({
      id: 'CVE-2026-1',
      name: 'KnownVulnerability',
      shortDescription: { text: 'CVE-2026-1 in jinja2' },
      fullDescription: { text: 'jinja2 3.1.2 lets templates leave the sandbox' },
      help: {
        text: [
          'CVE-2026-1, reported by pip-audit: jinja2 3.1.2 lets templates leave the sandbox',
          'CWE-79: https://cwe.mitre.org/data/definitions/79.html',
          'CWE-94: https://cwe.mitre.org/data/definitions/94.html',
          'Also known as GHSA-x.',
          'Severity: high, by CVSS 3.1 of nvd.',
          'It is known to be exploited.',
          'Fix: upgrade jinja2 to 3.1.6.',
          'More: https://osv.dev/CVE-2026-1',
        ].join('\n'),
      },
      helpUri: 'https://osv.dev/CVE-2026-1',
      properties: {
        'security-severity': '7.8',
        tags: ['security', 'external/cwe/cwe-079', 'external/cwe/cwe-094'],
      },
    })
  })

  it.each<[Severity, number | undefined, string | undefined]>([
    ['critical', 9.8, '9.8'],
    ['critical', 10, '10.0'],
    ['critical', undefined, '9.5'],
    // What GitHub does not say the band of, and what somebody scored otherwise.
    ['critical', 9, '9.1'],
    ['critical', 5, '9.1'],
    ['high', 8.95, '8.9'],
    ['high', 9.8, '8.9'],
    ['medium', undefined, '5.5'],
    ['low', 0, '2.0'],
    ['low', 0.04, '0.1'],
    ['low', 3.94, '3.9'],
    ['unknown', 9, undefined],
  ])('of %s risk with score %s has the number %s', (severity, score, expected) => {
    expect(rulesOf(risk({ severity, score }))[0]?.properties?.['security-severity']).toBe(expected)
  })

  it('is as severe as the most severe of its findings, whatever their order, and says that others are not', () => {
    const findings = [
      risk({ severity: 'low', score: 3 }),
      risk({ severity: 'unknown', severitySource: 'none' }),
      risk({ severity: 'high', score: 7.1, severitySource: 'GHSA-x' }),
      risk({ severity: 'high', score: 8.2 }),
    ]
    for (const order of [findings, findings.toReversed()]) {
      const [rule] = rulesOf(...order)
      expect(rule?.properties?.['security-severity']).toBe('8.2')
      expect(rule?.help.text).toContain('Not all findings of this rule are as severe')
    }
  })

  it('of no risk has descriptions, and nothing about severity', () => {
    const [same, different] = rulesOf(
      sampleFinding({ message: 'unused' }),
      sampleFinding({ message: 'unused', line: 2 }),
      sampleFinding({ rule: 'E1', message: 'a' }),
      sampleFinding({ rule: 'E1', message: 'b' }),
    )
    expect(same).toMatchObject({ id: 'F401', shortDescription: { text: 'unused' } })
    expect(different).toMatchObject({
      shortDescription: { text: 'E1 (pip-audit)' },
      fullDescription: { text: 'a' },
    })
    expect(same?.properties).toBeUndefined()
    expect(same?.name).toBeUndefined()
  })

  it('has ten tags at most', () => {
    const cwe = Array.from({ length: 40 }, (_, index) => index + 1)
    expect(rulesOf(risk({ cwe }))[0]?.properties?.tags).toHaveLength(10)
  })

  it('of a secret says to revoke it', () => {
    expect(rulesOf(risk({ kind: 'secret' }))[0]?.help.text).toContain('Fix: revoke it first')
  })
})
