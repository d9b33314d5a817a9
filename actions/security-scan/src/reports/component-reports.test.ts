import { describe, expect, it } from 'vitest'
import { fixture, read } from './test/stage.ts'

describe('Grype', () => {
  it('vector before word, aliases, exploitation', async () => {
    const { run, findings } = await read(fixture('grype.json'), {
      files: { 'requirements.txt': 'requests==2.19.1\n' },
    })
    expect(run).toMatchObject({ id: 'grype', version: '0.104.0', status: 'findings' })
    const [zlib, requests] = findings
    expect(requests).toMatchObject({
      rule: 'GHSA-2099-0001-aaaa',
      location: { path: 'requirements.txt' },
      security: {
        severity: 'critical',
        severitySource: 'CVSS 3.1 of GHSA-2099-0001-aaaa; grype on GHSA-2099-0001-aaaa says high',
        ids: ['GHSA-2099-0001-aaaa', 'CVE-2099-0001'],
        purl: 'pkg:pypi/requests@2.19.1',
        cwe: [522],
        fixedVersions: ['2.20.0'],
        epss: 0.42,
        exploited: true,
      },
    })
    expect(zlib?.security).toMatchObject({ severity: 'unknown', purl: 'pkg:deb/zlib@1.2' })
    expect(run.notices).toEqual([
      { level: 'notice', message: 'Grype ignored 1 match by its own configuration.' },
    ])
  })
})

describe('Snyk', () => {
  it('one finding for all paths, the shortest shown; a score that is null', async () => {
    const { run, findings } = await read(fixture('snyk.json'))
    expect(findings.map(({ security }) => security?.dependency)).toEqual([
      { ecosystem: 'pypi', name: 'flask', version: '0.12', direct: true, via: ['flask'] },
      { ecosystem: 'pypi', name: 'jinja2', version: '2.10', direct: true, via: ['jinja2'] },
    ])
    expect(findings.map(({ security }) => security?.severity)).toEqual(['medium', 'high'])
    expect(findings[1]?.security).toMatchObject({
      ids: ['SNYK-PYTHON-JINJA2-174126', 'CVE-2099-0030', 'GHSA-2099-0030-aaaa'],
      severitySource: 'CVSS 3.0 of snyk',
    })
    expect(run.notices[0]?.message).toContain('ignored 1 issue ')
  })
})

describe('CycloneDX', () => {
  it('vulnerabilities of components below components, and what an analysis settled', async () => {
    const { findings } = await read(fixture('cyclonedx-vulnerabilities.json'))
    expect(findings.map(({ rule, suppression, security }) => [rule, suppression, security?.purl])).toEqual([
      ['CVE-2099-0001', undefined, 'pkg:pypi/requests@2.19.1'],
      [
        'CVE-2099-0002',
        { reason: 'not_affected: the function is never called', source: 'report' },
        'pkg:pypi/requests@2.19.1',
      ],
    ])
    expect(findings[0]?.security).toMatchObject({ severity: 'critical', score: 9.8, cwe: [522] })
  })
})

describe('formats of the tools that are run here, as others wrote them', () => {
  it.each([
    ['pip-audit-list.json', 'pip-audit', ['PYSEC-2099-1']],
    ['safety-check.json', 'safety', ['CVE-2099-0050']],
    ['pnpm.json', 'npm-audit', ['GHSA-2099-0005-aaaa']],
    ['yarn-1.jsonl', 'yarn-audit', ['GHSA-2099-0005-aaaa']],
    ['gitleaks-7.json', 'gitleaks', ['AWS Access Key']],
    ['trivy-list.json', 'trivy', ['CVE-2099-0001']],
  ])('%s', async (name, id, rules) => {
    const { run, findings } = await read(fixture(name))
    expect([run.id, run.status]).toEqual([id, 'findings'])
    expect(findings.map(({ rule }) => rule)).toEqual(rules)
  })

  it('Trivy on a cluster', async () => {
    const { findings } = await read(fixture('trivy-cluster.json'))
    expect(findings.map(({ security }) => [security?.kind, security?.severity])).toEqual([
      ['misconfiguration', 'medium'],
    ])
  })

  it('TruffleHog that says in its log that it found nothing', async () => {
    const log = '{"level":"info-0","logger":"trufflehog","msg":"finished scanning","chunks":3}\n'
    expect((await read(log)).run).toMatchObject({ id: 'trufflehog', status: 'clean' })
    expect((await read(log + fixture('trufflehog.jsonl'))).run.status).toBe('findings')
  })
})
