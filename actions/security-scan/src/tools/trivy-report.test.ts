import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseTrivyReport } from './trivy-report.ts'

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')
const recorded = read('fixtures/trivy.json')

describe('a recorded report', () => {
  const { findings, looked } = parseTrivyReport(recorded, { deniedLicenses: ['MI*'] })
  const of = (kind: string) => findings.filter(({ security }) => security?.kind === kind)

  it('has vulnerabilities with their fix and component', () => {
    const django = of('vulnerability').find(({ rule }) => rule === 'CVE-2099-0002')
    expect(django).toMatchObject({
      metric: 'findings',
      location: { path: 'requirements.txt' },
      security: {
        dependency: { ecosystem: 'pypi', name: 'django', version: '3.2.0' },
        fixedVersions: ['3.2.4'],
        ids: ['CVE-2099-0002'],
      },
    })
    expect(django?.security?.claims).toEqual([
      { source: 'ghsa', by: 'word', severity: 'critical' },
      { source: 'ghsa', by: 'score', severity: 'critical', score: 9.8 },
    ])
  })

  it('leaves a severity open that Trivy calls unknown', () => {
    const open = of('vulnerability').find(({ rule }) => rule === 'GHSA-2099-aaaa-bbbb')
    expect(open?.security).toMatchObject({ claims: [{ severity: 'unknown' }], fixedVersions: [] })
    expect(open?.level).toBe('error')
  })

  it('has misconfigurations with what they are about', () => {
    expect(of('misconfiguration').filter(({ location }) => location?.path === 'Dockerfile')).toHaveLength(7)
    expect(of('misconfiguration').find(({ rule }) => rule === 'DS-0002')).toMatchObject({
      level: 'error',
      location: { path: 'Dockerfile' },
      security: { claims: [{ by: 'word', severity: 'high' }] },
    })
    expect(of('misconfiguration').find(({ rule }) => rule === 'AWS-0086')).toMatchObject({
      location: { path: 'deploy/main.tf', line: 1, endLine: 4 },
      security: { resource: 'aws_s3_bucket.orders' },
    })
  })

  it('gives no line to what is about the whole file', () => {
    const whole = of('misconfiguration').find(({ rule }) => rule === 'DS-0002')
    expect(whole?.location).not.toHaveProperty('line')
  })

  it('has secrets without a value, since Trivy masks it', () => {
    expect(of('secret').map(({ location }) => location?.path)).toEqual(['.env', '.env', '.env'])
    for (const { security } of of('secret')) expect(security?.secret).toEqual({})
  })

  it('judges licences by the list that is given', () => {
    expect(of('license').map(({ rule, security }) => [rule, security?.dependency])).toEqual([
      ['denied', { ecosystem: 'npm', name: 'lodash' }],
      ['denied', { ecosystem: 'npm', name: 'minimist' }],
    ])
    expect(parseTrivyReport(recorded).findings.filter(({ metric }) => metric === 'licenses')).toEqual([])
    const others = parseTrivyReport(recorded, { deniedLicenses: ['GPL-*'] })
    expect(others.findings.filter(({ metric }) => metric === 'licenses')).toEqual([])
  })

  it('says nothing of people and messages of commits', () => {
    expect(recorded).toMatch(/dev@example\.test/)
    expect(JSON.stringify(findings)).not.toMatch(/example\.test>|remove env/)
  })

  it('knows that it looked', () => {
    expect(looked).toBe(true)
  })
})

it('names what an ignore file left out', () => {
  const { notices } = parseTrivyReport(read('fixtures/trivy-suppressed.json'))
  expect(notices).toEqual([
    { level: 'notice', message: expect.stringMatching(/ignore\.yaml: CVE-2099-0004\.$/) },
  ])
})

function report(result: object): string {
  return JSON.stringify({ SchemaVersion: 2, Results: [{ Target: 'uv.lock', Type: 'uv', ...result }] })
}

it('passes over checks that pass, and exceptions', () => {
  const check = (Status: string) => ({ ID: 'DS-0001', Status, Severity: 'HIGH', Message: 'm' })
  const text = report({ Misconfigurations: ['PASS', 'FAIL', 'EXCEPTION'].map(check) })
  expect(parseTrivyReport(text).findings).toHaveLength(1)
})

it('believes a vector before a score, and a newer version of CVSS before version 2', () => {
  const CVSS = {
    nvd: {
      V2Vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P',
      V2Score: 7.5,
      V3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      V3Score: 1.0,
    },
    redhat: { V3Score: 5.5 },
  }
  const Vulnerabilities = [{ VulnerabilityID: 'CVE-2099-1', PkgName: 'a', Severity: 'LOW', CVSS }]
  expect(parseTrivyReport(report({ Vulnerabilities })).findings[0]?.security?.claims).toEqual([
    { source: 'trivy', by: 'word', severity: 'low' },
    expect.objectContaining({ source: 'nvd', by: 'vector', severity: 'critical', score: 9.8 }),
    { source: 'redhat', by: 'score', severity: 'medium', score: 5.5 },
  ])
})

it('says how the project comes to a package, and where it stands', () => {
  const Packages = [
    { ID: 'web@1', Name: 'web', Version: '1', Relationship: 'direct', DependsOn: ['core@2'] },
    { ID: 'core@2', Name: 'core', Version: '2', Relationship: 'indirect', Locations: [{ StartLine: 12 }] },
  ]
  const Vulnerabilities = [
    {
      VulnerabilityID: 'CVE-2099-1',
      PkgID: 'core@2',
      PkgName: 'core',
      InstalledVersion: '2',
      FixedVersion: '2.1, 3.0',
    },
  ]
  expect(parseTrivyReport(report({ Packages, Vulnerabilities })).findings[0]).toMatchObject({
    location: { path: 'uv.lock', line: 12 },
    security: {
      dependency: { ecosystem: 'pypi', name: 'core', version: '2', direct: false, via: ['web', 'core'] },
      fixedVersions: ['2.1', '3.0'],
    },
  })
})

it.each([
  ['AGPL-3.0-only', true],
  ['agpl-3.0-or-later', true],
  ['MIT', false],
  ['MIT OR AGPL-3.0-only', false],
  ['(AGPL-3.0-only OR AGPL-1.0)', true],
  ['MIT AND AGPL-3.0-only', true],
])('denies %s with AGPL-*: %s', (Name, denied) => {
  const Licenses = [{ PkgName: 'a', Name, Category: 'restricted' }]
  const { findings } = parseTrivyReport(report({ Licenses }), { deniedLicenses: ['AGPL-*'] })
  expect(findings).toHaveLength(denied ? 1 : 0)
})

it('reads reports of clusters, and lists of before version 0.20', () => {
  const result = { Target: 'x', Secrets: [{ RuleID: 'r', Severity: 'HIGH', StartLine: 1 }] }
  expect(parseTrivyReport(JSON.stringify([result])).findings).toHaveLength(1)
  const cluster = { ClusterName: 'c', Resources: [{ Kind: 'Pod', Results: [result] }, { Kind: 'Pod' }] }
  expect(parseTrivyReport(JSON.stringify(cluster)).findings).toHaveLength(1)
})

it.each(['', '{}', 'null', '[1]', '{"Results":{}}', '<html>', recorded.slice(0, 9000)])(
  'refuses %s',
  (text) => {
    expect(() => parseTrivyReport(text)).toThrow(/Trivy/)
  },
)
