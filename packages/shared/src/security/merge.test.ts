import { describe, expect, test } from 'vitest'
import type { Security } from '../finding/finding.ts'
import { mergeRisks } from './merge.ts'
import type { Parts } from './test/risk.ts'
import { at, risk, tools } from './test/risk.ts'

describe('vulnerabilities', () => {
  const jinja = { ecosystem: 'pypi', name: 'jinja2', version: '3.1.2' }
  const known = (tool: string, ids: readonly string[], dependency = jinja) =>
    risk('vulnerability', tool, { about: { ids, dependency } })

  test('are one by any common id, also by way of a third', () => {
    const merged = mergeRisks([
      known('pip-audit', ['PYSEC-2024-1', 'GHSA-h5c8-rqwp-cp95']),
      known('trivy', ['CVE-2024-22195'], { ...jinja, name: 'Jinja2' }),
      known('osv-scanner', ['ghsa-h5c8-rqwp-cp95', 'CVE-2024-22195']),
    ])
    expect(tools(merged)).toEqual(['osv-scanner + pip-audit + trivy'])
    expect(merged[0]?.security?.ids).toEqual(['CVE-2024-22195', 'GHSA-h5c8-rqwp-cp95', 'PYSEC-2024-1'])
  })

  test('of another component or another version are others', () => {
    const others = [
      { ...jinja, version: '3.1.3' },
      { ...jinja, name: 'markupsafe' },
      { ...jinja, ecosystem: 'npm' },
    ]
    const all = [jinja, ...others].map((dependency, index) =>
      known(`tool-${index}`, ['CVE-2024-1'], dependency),
    )
    expect(mergeRisks(all)).toHaveLength(4)
  })

  test('are not one by a number that means something in one database alone, or by nothing', () => {
    const all = [['51668'], ['51668'], [], [], [''], ['']].map((ids) => known('safety', ids))
    expect(mergeRisks(all)).toEqual(all)
  })

  test('an advisory known by number alone gets what another tool knows', () => {
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N'
    const [merged] = mergeRisks([
      known('pip-audit', ['CVE-2024-22195']),
      risk('vulnerability', 'osv-scanner', {
        about: {
          ids: ['CVE-2024-22195'],
          dependency: { ...jinja, direct: true, via: ['flask', 'jinja2'] },
          claims: [{ source: 'GHSA-1', by: 'vector', severity: 'medium', score: 6.1, vector }],
          severity: 'medium',
          fixedVersions: ['3.1.10', '3.1.3'],
          cwe: [79],
        },
      }),
      risk('vulnerability', 'trivy', {
        ...at('requirements.txt', 3),
        about: {
          ids: ['CVE-2024-22195'],
          dependency: { ...jinja, direct: false, via: ['jinja2'] },
          claims: [{ source: 'trivy', by: 'word', severity: 'high' }],
          fixedVersions: ['3.1.3', '2.11'],
          exploited: true,
          epss: 0.2,
        },
      }),
    ])
    expect(merged).toMatchObject({ tool: 'trivy', rule: 'rule-of-trivy', level: 'warning' })
    expect(merged?.security).toMatchObject({
      severity: 'medium',
      severitySource: 'CVSS 3.1 of GHSA-1; trivy says high',
      score: 6.1,
      fixedVersions: ['2.11', '3.1.3', '3.1.10'],
      cwe: [79],
      exploited: true,
      epss: 0.2,
      dependency: { ...jinja, direct: true, via: ['jinja2'] },
    })
  })

  test('the other places are kept', () => {
    const found = (tool: string, path: string) =>
      risk('vulnerability', tool, { ...at(path, 1), about: { ids: ['CVE-1-1'], dependency: jinja } })
    const all = [
      found('trivy', 'web/uv.lock'),
      found('trivy', 'api/uv.lock'),
      found('osv-scanner', 'api/uv.lock'),
    ]
    expect(mergeRisks(all)).toMatchObject([
      { tool: 'osv-scanner', location: { path: 'api/uv.lock' }, related: [{ path: 'web/uv.lock', line: 1 }] },
    ])
  })
})

describe('secrets', () => {
  const secret = (tool: string, rule: string, place: Parts, about: Partial<Security> = {}) =>
    risk('secret', tool, { rule, ...place, about })

  test('are one by value and file, whatever they are called and wherever the line has moved', () => {
    const all = [
      secret('gitleaks', 'aws-access-token', at('.env', 1), { secretDigest: '11', verified: false }),
      secret('detect-secrets', 'AWS Access Key', at('.env', 7), { secretDigest: '11', lineDigest: 'b' }),
      secret('trufflehog', 'AWS', at('.env', 7), { secretDigest: '11', verified: true }),
    ]
    const merged = mergeRisks(all)
    expect(tools(merged)).toEqual(['detect-secrets + gitleaks + trufflehog'])
    expect(merged[0]?.security).toMatchObject({ verified: true })
    expect(merged[0]?.security).not.toHaveProperty('secretDigest')
  })

  test('the same value in two files is two, and two values in one line are two', () => {
    const all = [
      secret('gitleaks', 'github-pat', at('a', 1), { secretDigest: '11' }),
      secret('gitleaks', 'github-pat', at('b', 1), { secretDigest: '11' }),
      secret('gitleaks', 'github-pat', at('a', 1), { secretDigest: '22' }),
    ]
    expect(mergeRisks(all)).toHaveLength(3)
  })

  test('one without its value goes with the only one at its place', () => {
    const known = secret('gitleaks', 'github-pat', at('.env', 3), { secretDigest: '11' })
    const masked = secret('trivy', 'github-pat', at('.env', 3), { lineDigest: 'unmasked' })
    expect(tools(mergeRisks([masked, known]))).toEqual(['gitleaks + trivy'])
    const second = secret('gitleaks', 'github-pat', at('.env', 3), { secretDigest: '22' })
    expect(mergeRisks([masked, known, second])).toHaveLength(3)
    const unnamed = secret('semgrep', 'hard-coded-value', at('.env', 3), { lineDigest: 'unmasked' })
    expect(tools(mergeRisks([unnamed, known]))).toEqual(['gitleaks + semgrep'])
    const otherService = secret('trivy', 'stripe-access-token', at('.env', 3), { lineDigest: 'unmasked' })
    expect(mergeRisks([otherService, known])).toHaveLength(2)
    const inCommit = secret('gitleaks', 'github-pat', at('.env'), { secretDigest: '11' })
    expect(mergeRisks([masked, inCommit])).toHaveLength(2)
    const elsewhere = secret('trivy', 'github-pat', at('.env', 4), { lineDigest: 'unmasked' })
    expect(mergeRisks([elsewhere, known])).toHaveLength(2)
  })

  test('private keys are known by their place: tools disagree how far one goes', () => {
    const all = [
      secret('gitleaks', 'private-key', at('id_rsa', 1), { secretDigest: 'whole' }),
      secret('detect-secrets', 'Private Key', at('id_rsa', 1), { secretDigest: 'first line' }),
      secret('detect-secrets', 'Private Key', at('id_rsa', 40), { secretDigest: 'first line' }),
    ]
    expect(tools(mergeRisks(all))).toEqual(['detect-secrets + gitleaks', 'detect-secrets'])
  })
})

describe('weaknesses', () => {
  const weakness = (
    tool: string,
    rule: string,
    cwe: readonly number[],
    place: Parts,
    about: Partial<Security> = {},
  ) => risk('weakness', tool, { rule, ...place, about: { cwe, ...about } })

  test('are one by file, family and line', () => {
    const all = [
      weakness('bandit', 'B608', [89], at('db.py', 4)),
      weakness('semgrep', 'sqlalchemy-raw', [564], at('db.py', 4)),
      weakness('semgrep', 'eval', [95], at('db.py', 4)),
      weakness('bandit', 'B307', [78], at('db.py', 4)),
    ]
    expect(tools(mergeRisks(all))).toEqual(['bandit + semgrep', 'bandit + semgrep'])
  })

  test('equal lines stay apart, each with its own witness', () => {
    const all = ['bandit', 'semgrep'].flatMap((tool) =>
      [4, 90].map((line) => weakness(tool, 'r', [89], at('db.py', line))),
    )
    const merged = mergeRisks(all)
    expect(tools(merged)).toEqual(['bandit + semgrep', 'bandit + semgrep'])
    expect(merged.map(({ location }) => location?.line)).toEqual([4, 90])
  })

  test('tools differ in how far a statement goes, and in what their line says', () => {
    const all = [
      weakness('bandit', 'B608', [89], { location: { path: 'db.py', line: 4 } }),
      weakness(
        'semgrep',
        'raw',
        [89],
        { location: { path: 'db.py', line: 4, endLine: 6 } },
        { lineDigest: 'b' },
      ),
    ]
    expect(mergeRisks(all)).toHaveLength(1)
  })

  test('what is fixed had its line in the base', () => {
    const fixed = weakness('bandit', 'B608', [89], { state: 'fixed', ...at('db.py', 4) })
    const present = weakness('semgrep', 'raw', [89], { state: 'new', ...at('db.py', 4) })
    expect(mergeRisks([fixed, present])).toHaveLength(2)
    expect(mergeRisks([fixed, { ...fixed, tool: 'semgrep' }])).toHaveLength(1)
  })

  test('a general number makes nothing one', () => {
    const all = [
      weakness('bandit', 'B999', [20], at('a.py', 1)),
      weakness('semgrep', 'odd', [20], at('a.py', 1)),
    ]
    expect(mergeRisks(all)).toHaveLength(2)
  })
})

describe('misconfigurations, licences, hygiene', () => {
  const found = (tool: string, rule: string, place: Parts, about: Partial<Security> = {}) =>
    risk('misconfiguration', tool, { rule, ...place, about })

  test('what is about a whole file is one, whichever line a tool points at', () => {
    const all = [
      found('hadolint', 'DL3002', at('Dockerfile', 12)),
      found('trivy', 'DS-0002', at('Dockerfile'), { lineDigest: 'b' }),
      found('trivy', 'AVD-DS-0002', at('api/Dockerfile')),
    ]
    expect(tools(mergeRisks(all))).toEqual(['hadolint + trivy', 'trivy'])
  })

  test('others are one by their line, or by their resource', () => {
    const all = [
      found('hadolint', 'DL3020', at('Dockerfile', 2)),
      found('trivy', 'DS005', at('Dockerfile', 2)),
      found('hadolint', 'DL3020', at('Dockerfile', 9), { lineDigest: 'b' }),
      found('trivy', 'AWS-0086', at('main.tf', 1), { resource: 'aws_s3_bucket.logs' }),
      found('checkov', 'AVD-AWS-0086', at('main.tf', 3), { resource: 'aws_s3_bucket.logs' }),
      found('trivy', 'AWS-0086', at('main.tf', 1), { resource: 'aws_s3_bucket.data' }),
    ]
    expect(tools(mergeRisks(all)).toSorted()).toEqual([
      'checkov + trivy',
      'hadolint',
      'hadolint + trivy',
      'trivy',
    ])
  })

  test('licences and hygiene go by component', () => {
    const dependency = { ecosystem: 'npm', name: 'left-pad', version: '1.0.0' }
    const about = { dependency }
    const all = [
      risk('license', 'trivy', { rule: 'WTFPL', about }),
      risk('license', 'other', { rule: 'WTFPL', about }),
      risk('license', 'other', { rule: 'MIT', about }),
      risk('hygiene', 'uv', { rule: 'outdated', about }),
      risk('hygiene', 'npm', { rule: 'outdated', about }),
    ]
    expect(tools(mergeRisks(all)).toSorted()).toEqual(['npm + uv', 'other', 'other + trivy'])
  })
})
