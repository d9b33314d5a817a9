/** Reports that read like clean ones where something is missing in them, or is not as their format has it. */
import { describe, expect, it } from 'vitest'
import { fixture, play, read } from './test/stage.ts'

const edited = (name: string, edit: object) => JSON.stringify({ ...JSON.parse(fixture(name)), ...edit })
const snyk = (project: object) =>
  JSON.stringify({ ok: true, packageManager: 'pip', vulnerabilities: [], ...project })
const npm = (vulnerabilities: object, metadata: object = {}) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata })
const npmVia = (...via: readonly unknown[]) => ({ via, nodes: [], severity: 'high' })
const npmAdvisory = { title: 't', severity: 'low', url: 'https://x/GHSA-2099-0005-aaaa' }
const yarnSummary = (vulnerabilities: object) =>
  JSON.stringify({ type: 'auditSummary', data: { vulnerabilities, totalDependencies: 9 } })
const sarif = (run: object) =>
  JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'X' } }, results: [], ...run }] })
const cluster = (...resources: readonly object[]) =>
  JSON.stringify({ ClusterName: 'c', Resources: resources })
const testssl = (...checks: readonly (readonly [string, string])[]) =>
  JSON.stringify(
    [...checks, ['scanTime', 'INFO'] as const].map(([id, severity]) => ({
      ...{ id, severity, finding: '9', ip: 'h/1', port: '443' },
    })),
  )

describe('fail by name', () => {
  it.each<[string, string, RegExp]>([
    ['Snyk: not ok, and no list', snyk({ ok: false, path: 'a' }), /`ok: false`/],
    ['Snyk: no dependency', snyk({ dependencyCount: 0 }), /no dependency/],
    [
      'Snyk: an application that is not ok',
      snyk({ applications: [{ ok: false, vulnerabilities: [], path: 'app' }] }),
      /app has vulnerabilities/,
    ],
    [
      'Trivy: a resource that was not scanned',
      cluster({ Kind: 'Pod', Name: 'p', Error: 'scan error: no access' }, { Kind: 'Job', Results: [] }),
      /did not scan Pod\/p \(scan error: no access\)/,
    ],
    ['npm: an advisory that is not there', npm({ a: npmVia('b') }), /a through b/],
    ['npm: packages and no advisory', npm({ a: npmVia('b'), b: npmVia('a') }), /2 vulnerable packages/],
    [
      'Yarn 1: critical ones that are not there',
      yarnSummary({ critical: 5, low: 1 }),
      /counts 5 critical and lists none/,
    ],
    [
      'npm: a count without a list',
      npm({}, { vulnerabilities: { high: 1, total: 1 } }),
      /counts 1 vulnerable package and/,
    ],
    ['npm: no dependency', npm({}, { dependencies: { total: 0 } }), /no dependency/],
    ['ZAP: a site without alerts', '{"@version":"2","site":[{"@name":"https://h"}]}', /list was expected/],
    ['ZAP: no alert', '{"@version":"2","site":[{"@name":"https://h","alerts":[null]}]}', /cannot be read/],
    ['ZAP: no site', '{"@version":"2","site":[null]}', /cannot be read/],
    ['CycloneDX: no object', edited('cyclonedx-sbom.json', { vulnerabilities: [null] }), /cannot be read/],
    ['CycloneDX: an empty list', edited('cyclonedx-sbom.json', { vulnerabilities: [] }), /so nobody knows/],
    ['SARIF: no results', sarif({ results: ['str', null, 5] }), /3 results in the SARIF of X cannot be read/],
    ['SARIF: no run', '{"version":"2.1.0","runs":[null]}', /no object/],
    [
      'SARIF: success in words',
      sarif({ invocations: [{ executionSuccessful: 'false' }] }),
      /says in its SARIF that it failed/,
    ],
    [
      'SARIF: a start that failed',
      sarif({ invocations: [{ exitCode: 2, processStartFailureMessage: 'not found' }] }),
      /failed: not found/,
    ],
    ['SARIF: a signal', sarif({ invocations: [{ exitSignalName: 'SIGKILL' }] }), /it failed/],
    [
      'SARIF: a file that was not read',
      sarif({
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [{ level: 'error', message: { text: 'could not read src/app.py' } }],
          },
        ],
      }),
      /could not read src\/app\.py.*optional-tools/,
    ],
    [
      'testssl: only what could not be tested',
      testssl(['BEAST', 'WARN'], ['ROBOT', 'WARN']),
      /tested nothing/,
    ],
  ])('%s', async (_, text, why) => {
    const { run, findings } = await read(text)
    expect([run.status, run.why]).toEqual(['failed', expect.stringMatching(why)])
    expect(`${run.name} ${run.why}`).toContain('report.json')
    expect(findings).toEqual([])
  })

  it.each([
    [
      'npm: packages without an advisory beside one with it',
      npm({ a: npmVia('b'), b: npmVia('a'), c: npmVia(npmAdvisory), d: npmVia('c') }),
      /no advisory for a, b\./,
    ],
    [
      'npm: fewer than it counts',
      npm({ c: npmVia(npmAdvisory) }, { vulnerabilities: { total: 7 } }),
      /counts 7 vulnerable packages and lists 1\./,
    ],
  ])('%s; what they list is shown', async (_, text, why) => {
    const { run, findings } = await read(text)
    expect([run.status, run.why]).toEqual(['failed', expect.stringMatching(why)])
    expect(findings.map(({ rule }) => rule)).toEqual(['GHSA-2099-0005-aaaa'])
  })
})

describe('pass', () => {
  it.each<[string, string]>([
    ['Snyk', snyk({ dependencyCount: 3 })],
    [
      'Snyk on several projects, one of them without dependencies',
      `[${snyk({ dependencyCount: 0 })},${snyk({})}]`,
    ],
    ['npm', npm({}, { vulnerabilities: { total: 0 }, dependencies: { total: 7 } })],
    ['Trivy on a cluster', cluster({ Kind: 'Pod', Name: 'p', Error: '' }, { Kind: 'Job', Results: [] })],
    ['ZAP', '{"@version":"2","site":{"@name":"https://h","alerts":[]}}'],
    ['SARIF', sarif({ invocations: [{ executionSuccessful: true, exitCode: 1 }, { exitCode: 0 }] })],
    ['SARIF with what is no problem', sarif({ results: [{ kind: 'PASS' }, { kind: 'notApplicable' }] })],
    ['testssl', testssl(['BEAST', 'OK'], ['engine_problem', 'WARN'])],
  ])('%s', async (_, text) => {
    const { run } = await read(text)
    expect([run.status, run.why]).toEqual(['clean', undefined])
  })
})

describe('are read', () => {
  const severities = async (text: string) => {
    const { run, findings } = await read(text)
    expect([run.status, run.why]).toEqual(['findings', undefined])
    return findings.map(({ rule, security }) => [rule, security?.severity])
  }

  it('applications of an image that Snyk looked at', async () => {
    const vulnerabilities = [{ id: 'SNYK-1', packageName: 'a', version: '1', severity: 'critical' }]
    const application = { ok: false, packageManager: 'npm', vulnerabilities, targetFile: '/app/package.json' }
    expect(await severities(snyk({ ok: false, applications: [application] }))).toEqual([
      ['SNYK-1', 'critical'],
    ])
  })

  it('a misconfiguration of Trivy without a status', async () => {
    const check = { ID: 'DS002', Severity: 'HIGH', Message: 'root' }
    const statuses = [{}, { Status: 'PASS' }, { Status: 'EXCEPTION' }, { Status: 'FAIL' }]
    const rows = statuses.map((status, at) => ({ ...check, ID: `DS00${at}`, ...status }))
    const results = [{ Target: 'Dockerfile', Type: 'dockerfile', Misconfigurations: rows }]
    const text = JSON.stringify({ SchemaVersion: 2, ArtifactName: '.', Results: results })
    expect(await severities(text)).toEqual([
      ['DS000', 'high'],
      ['DS003', 'high'],
    ])
  })

  it('advisories of OSV-Scanner in no group', async () => {
    const advisory = (id: string) => ({ id, database_specific: { severity: 'CRITICAL' } })
    const found = {
      package: { name: 'a', version: '1', ecosystem: 'npm' },
      vulnerabilities: ['CVE-2099-1', 'GHSA-2099-0001-aaaa', 'CVE-2099-2'].map(advisory),
    }
    const text = (groups?: readonly object[]) =>
      JSON.stringify({ results: [{ source: { path: 'l' }, packages: [{ ...found, groups }] }] })
    expect(await severities(text())).toHaveLength(3)
    const grouped = await severities(text([{ ids: ['GHSA-2099-0001-aaaa'], aliases: ['CVE-2099-1'] }]))
    expect(grouped.map(([rule]) => rule).sort()).toEqual(['CVE-2099-2', 'GHSA-2099-0001-aaaa'])
  })

  it('an advisory of Yarn without versions', async () => {
    const children = {
      ...{ ID: 1, Issue: 'bad', URL: 'https://github.com/advisories/GHSA-2099-0005-aaaa' },
      ...{ Severity: 'critical', 'Vulnerable Versions': '<2.0.0', 'Tree Versions': null },
    }
    expect(await severities(JSON.stringify({ value: 'a', children }))).toEqual([
      ['GHSA-2099-0005-aaaa', 'critical'],
    ])
  })

  it('a result of SARIF of a kind that the standard has not', async () => {
    const results = [{ ruleId: 'R', kind: 'FAIL', level: 'error', message: { text: 'm' } }]
    expect(await severities(sarif({ results }))).toEqual([['R', 'high']])
  })

  it('a word that testssl has not', async () => {
    expect(await severities(testssl(['BEAST', 'NOT OK']))).toEqual([['BEAST', 'unknown']])
  })

  it('a word of CycloneDX beside a vector of CVSS 2', async () => {
    const rating = { method: 'CVSSv2', vector: 'AV:N/AC:M/Au:N/C:N/I:P/A:N', severity: 'high' }
    const vulnerabilities = [{ id: 'CVE-2099-1', ratings: [rating] }]
    expect(await severities(edited('cyclonedx-sbom.json', { vulnerabilities }))).toEqual([
      ['CVE-2099-1', 'high'],
    ])
  })
})

describe('say a word', () => {
  it('where Snyk leaves out what a base image brings', async () => {
    const { run } = await read(snyk({ ok: false, docker: {}, path: 'image' }))
    expect([run.status, run.notices[0]?.message]).toEqual([
      'clean',
      expect.stringContaining('--exclude-base-image-vulns'),
    ])
  })

  it('where Yarn 1 counts what it does not list', async () => {
    const { run } = await read(yarnSummary({ critical: 0, low: 2 }))
    expect(run.notices).toMatchObject([
      { level: 'warning', message: expect.stringContaining('2 vulnerabilities and lists none') },
    ])
  })

  it('where pnpm counts what it does not list', async () => {
    const metadata = { vulnerabilities: { low: 2, high: 0 }, totalDependencies: 5 }
    const { run } = await read(JSON.stringify({ advisories: {}, metadata }))
    expect(run.notices).toMatchObject([
      { level: 'warning', message: expect.stringContaining('2 vulnerabilities and lists none') },
    ])
  })

  it.each([{ built: '1970-01-01T00:00:00Z' }, { status: { built: '1970-01-01T00:00:00Z' } }])(
    'of the age of what Grype compared with: %j',
    async (db) => {
      const text = edited('grype.json', { descriptor: { name: 'grype', version: '1', db } })
      const { outcomes, host } = await play({ reports: { 'g.json': text } })
      const value = Math.round(host.clock.now() / 1000)
      expect(outcomes[0]?.measurements).toEqual([{ metric: 'database-age', value }])
      expect(outcomes[0]?.tool.metrics).toContain('database-age')
    },
  )

  it('of no age where Grype does not say it', async () => {
    const { tool, measurements } = await read(edited('grype.json', { descriptor: { name: 'grype' } }))
    expect([tool.metrics, measurements]).toEqual([['findings'], []])
  })
})
