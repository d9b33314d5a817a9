import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { parseNodeAuditReport } from './node-audit-report.ts'
import { npmAudit } from './npm-audit.ts'

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../reports/fixtures', name), 'utf8')

const advisory = {
  source: 1,
  name: 'core',
  dependency: 'core',
  title: 'Runs what it is given.',
  url: 'https://github.com/advisories/GHSA-2222-3333-4444',
  severity: 'moderate',
  cwe: ['CWE-78'],
  cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
  range: '>=1.0.0 <1.4.2 || >=2.0.0 <2.0.3',
}

const packages = {
  web: {
    name: 'web',
    severity: 'high',
    isDirect: true,
    via: ['router'],
    effects: [],
    nodes: ['node_modules/web'],
  },
  router: {
    name: 'router',
    isDirect: false,
    via: ['core'],
    effects: ['web'],
    nodes: ['node_modules/router'],
  },
  core: { name: 'core', isDirect: false, via: [advisory], effects: ['router'], nodes: ['node_modules/core'] },
}

function report(vulnerabilities: object): string {
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities })
}

describe('a report of npm since 7', () => {
  const { findings } = parseNodeAuditReport(report(packages))

  // `via` has texts for packages that only bring the advisory along: three packages, one advisory.
  it('counts an advisory once', () => {
    expect(findings.map(({ rule }) => rule)).toEqual(['GHSA-2222-3333-4444'])
  })

  it('says how the project comes to the package', () => {
    expect(findings[0]?.security?.dependency).toMatchObject({ direct: false, via: ['web', 'router', 'core'] })
  })

  it('claims the word and what the vector comes to', () => {
    expect(findings[0]?.security?.claims).toMatchObject([
      { by: 'word', severity: 'medium' },
      { by: 'vector', severity: 'critical', score: 9.8 },
    ])
  })

  it('takes the ends of ranges for versions without it', () => {
    expect(findings[0]?.security?.fixedVersions).toEqual(['1.4.2', '2.0.3'])
  })

  it.each([
    [true, /`npm audit fix` mends it/],
    [false, /no upgrade/],
    [{ name: 'web', version: '3.0.0', isSemVerMajor: true }, /needs web 3\.0\.0, a major version/],
    [{ name: 'web', version: '1.0.1', isSemVerMajor: false }, /needs web 1\.0\.1\./],
  ])('says what helps: %j', (fixAvailable, message) => {
    const core = { ...packages.core, fixAvailable }
    expect(parseNodeAuditReport(report({ ...packages, core })).findings[0]?.message).toMatch(message)
  })
})

it('of npm has the version, the line and the way from the lock file', async () => {
  const [output] = readRecorded(npmAudit, 'findings')
  const [finding] = output === undefined ? [] : (await npmAudit.parse(output)).findings
  expect(finding).toMatchObject({
    location: { path: '/project/package-lock.json', line: 20 },
    security: {
      dependency: {
        ecosystem: 'npm',
        name: 'invented-template',
        version: '2.0.0',
        direct: false,
        via: ['invented-pages', 'invented-template'],
      },
    },
  })
})

it.each(['pnpm.json', 'yarn-1.jsonl'])('reads %s', (name) => {
  expect(parseNodeAuditReport(fixture(name)).findings).toMatchObject([
    {
      rule: 'GHSA-2099-0005-aaaa',
      security: {
        ids: ['GHSA-2099-0005-aaaa', 'CVE-2099-0005'],
        dependency: { ecosystem: 'npm', name: 'lodash', version: '4.17.15', direct: true },
        fixedVersions: ['4.17.21'],
      },
    },
  ])
})

it('counts an advisory of Yarn 1 once, however many ways lead to it', () => {
  const [line = ''] = fixture('yarn-1.jsonl').split('\n')
  expect(parseNodeAuditReport(`${line}\n${line}\n`).findings).toHaveLength(1)
})

it('reads what Yarn 4 prints, one advisory or several', () => {
  const line = JSON.stringify({
    value: 'core',
    children: {
      ID: 1,
      Issue: 'Runs what it is given',
      URL: advisory.url,
      Severity: 'high',
      'Vulnerable Versions': '<1.4.2',
      'Tree Versions': ['1.0.0', '1.4.1'],
    },
  })
  const expected = ['1.0.0', '1.4.1']
  for (const text of [line, `${line}\n${line}\n`]) {
    const { findings } = parseNodeAuditReport(text)
    expect(findings.map(({ security }) => security?.dependency?.version)).toEqual(expected)
  }
})

it.each([
  '{"message":"request to the registry failed","error":{"summary":"","detail":""}}',
  '{"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile."}}',
  '{"type":"error","data":"An unexpected error occurred"}',
  '{}',
  '[]',
  '',
  '<html>502</html>',
  report({ core: { via: [{ ...advisory, url: 'https://x/1' }] } }),
  report({ core: { via: 'core' } }),
])('refuses %s', (text) => {
  expect(() => parseNodeAuditReport(text)).toThrow(/audit/)
})
