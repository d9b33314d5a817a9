import { describe, expect, it } from 'vitest'
import { read } from './test/stage.ts'

describe('reports with an entry that cannot be read fail, and the others are shown', () => {
  const leak = (rule: string) => ({ RuleID: rule, File: 'a.py', Secret: 'x1y2z3', StartLine: 1 })
  const match = (id: unknown) => ({
    vulnerability: { id, severity: 'High' },
    artifact: { name: 'a', type: 'npm' },
  })
  const row = (id: unknown) => ({ VulnerabilityID: id, PkgName: 'a', Severity: 'HIGH' })
  const via = (...list: readonly unknown[]) => ({ via: list, nodes: [], severity: 'high' })
  const snyk = { ok: true, packageManager: 'pip' }
  const trivy = (...rows: readonly unknown[]) => ({ Target: 'l', Type: 'npm', Vulnerabilities: rows })

  it.each<[string, unknown, readonly string[]]>([
    ['Gitleaks', [leak('one'), null, leak('two')], ['one', 'two']],
    ['Gitleaks, first', [null, leak('one')], ['one']],
    ['Gitleaks, without a file', [leak('one'), { RuleID: 'x', File: null, Secret: '' }], ['one']],
    [
      'Hadolint',
      [{ code: 'DL3002', file: 'Dockerfile', level: 'warning', line: 1, message: 'm' }, 5],
      ['DL3002'],
    ],
    ['Grype', { source: {}, matches: [match('CVE-2099-1'), match(null), 'x'] }, ['CVE-2099-1']],
    [
      'Trivy, deep within',
      { SchemaVersion: 2, ArtifactName: '.', Results: [null, trivy(row('CVE-2099-1'), null), trivy(row(5))] },
      ['CVE-2099-1'],
    ],
    [
      'npm, by name',
      {
        auditReportVersion: 2,
        vulnerabilities: {
          a: via({ title: 't', severity: 'high', url: 'https://x/GHSA-2099-0005-aaaa' }),
          b: null,
        },
      },
      ['GHSA-2099-0005-aaaa'],
    ],
    ['Snyk', [{ ...snyk, vulnerabilities: [null, { id: 'S-1', name: 'a' }] }], ['S-1']],
  ])('%s', async (_, value, rules) => {
    const { run, findings } = await read(JSON.stringify(value))
    expect(run.status).toBe('failed')
    expect(run.why).toMatch(/of this report (?:is|are) not as its format has it/)
    expect(findings.map(({ rule }) => rule).sort()).toEqual(rules)
  })

  it('an object that cannot be read is one part', async () => {
    const results = [{ test_id: 'B602', filename: 'a.py', line_number: 2, issue_text: 't' }]
    const { run } = await read(JSON.stringify({ errors: [], metrics: { _totals: {}, 'a.py': {} }, results }))
    expect(run.why).toMatch(/^A part of this report is not as its format has it/)
  })

  it('of very many', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => leak(`rule-${at}`))
    const { run, findings } = await read(JSON.stringify([...many, null, ...many.slice(0, 9)]))
    expect(run.why).toMatch(/^A part of this report/)
    expect(new Set(findings.map(({ rule }) => rule)).size).toBe(3000)
  })
})
