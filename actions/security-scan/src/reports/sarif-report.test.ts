import type { RawFinding } from '@ci-actions/shared'
import { resolveSeverity } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import type { ToolReport } from './read-report.ts'
import { readSarifReport } from './sarif-report.ts'
import { fixture } from './test/stage.ts'

function readAll(name: string): readonly ToolReport[] {
  return readSarifReport(JSON.parse(fixture(name)))
}

function only(name: string): ToolReport {
  return readAll(name)[0] ?? expect.unreachable()
}

function findingsOf(run: object): readonly RawFinding[] {
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Scan' } }, results: [], ...run }] }
  return readSarifReport(log).flatMap(({ findings }) => findings)
}

function severityOf({ security }: RawFinding): string {
  return resolveSeverity(security?.claims ?? []).severity
}

describe('dialects', () => {
  it('CodeQL: rules of an extension, security-severity, CWE, quality left out, suppressions counted apart', () => {
    const { tool, version, findings, suppressed, notices } = only('codeql.sarif')
    expect(tool).toMatchObject({ id: 'codeql', name: 'CodeQL', metrics: ['findings'] })
    expect(version).toBe('2.23.0')
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      rule: 'py/sql-injection',
      message: 'This SQL query depends on a user-provided value.',
      location: { path: 'src/orders.py', line: 4 },
      related: [{ path: 'src/views.py', line: 9 }],
      security: { kind: 'weakness', cwe: [89], claims: [{ by: 'score', score: 8.8, severity: 'high' }] },
    })
    expect(suppressed).toMatchObject([{ reason: 'only a cache key', finding: { rule: 'py/weak-hash' } }])
    expect(notices?.map(({ message }) => message)).toEqual([
      expect.stringContaining('1 result of CodeQL left out'),
    ])
  })

  it('Docker Scout: the package of each result, though the rule has several', () => {
    const [ssl, babel] = only('docker-scout.sarif').findings
    expect(ssl?.security).toMatchObject({
      kind: 'vulnerability',
      ids: ['CVE-2099-0011'],
      dependency: { ecosystem: 'deb', name: 'debian/libssl3', version: '3.0.7' },
      fixedVersions: ['3.0.9'],
    })
    expect(ssl?.message).toBe('debian/libssl3: CVE-2099-0011')
    expect(babel?.security?.dependency).toEqual({ ecosystem: 'npm', name: '@babel/core', version: '7.1.0' })
    expect(babel?.security?.fixedVersions).toBeUndefined()
    expect([ssl, babel].map((each) => each && severityOf(each))).toEqual(['high', 'unknown'])
  })

  it('Grype: the advisory in front of the package', () => {
    const [finding] = only('grype.sarif').findings
    expect(finding).toMatchObject({
      rule: 'GHSA-2099-0003-aaaa',
      security: {
        ids: ['GHSA-2099-0003-aaaa'],
        dependency: { ecosystem: 'pypi', name: 'requests', version: '2.19.1' },
        fixedVersions: ['2.20.0'],
        claims: [{ score: 6.1, severity: 'medium' }],
      },
    })
  })

  it('Snyk: severity "null" is none, the level stands in; a run of nothing beside', () => {
    const reports = readAll('snyk.sarif')
    expect(reports.map(({ tool, findings }) => [tool.id, findings.length])).toEqual([
      ['snyk', 2],
      ['snyk', 0],
    ])
    const [jinja, flask] = reports[0]?.findings ?? []
    expect(jinja?.security).toMatchObject({
      kind: 'vulnerability',
      ids: ['SNYK-PYTHON-JINJA2-174126'],
      cwe: [265],
      dependency: { ecosystem: 'pypi', name: 'jinja2', version: '2.10' },
    })
    expect(flask?.security?.claims).toEqual([
      { source: 'level of snyk in SARIF', by: 'table', severity: 'medium' },
    ])
  })

  it('osv-scanner: aliases, package, no severity but its constant level', () => {
    const [finding] = only('osv-scanner.sarif').findings
    expect(finding?.security).toMatchObject({
      ids: ['CVE-2099-0001', 'PYSEC-2099-1', 'GHSA-2099-0001-aaaa'],
      dependency: { ecosystem: 'pypi', name: 'requests', version: '2.19.1' },
    })
  })

  it('Trivy: four kinds in one run; licences are not for SARIF', () => {
    const { findings, notices, tool } = only('trivy.sarif')
    expect(findings.map(({ rule, security }) => [rule, security?.kind])).toEqual([
      ['CVE-2099-0005', 'vulnerability'],
      ['CVE-2099-0006', 'vulnerability'],
      ['DS-0002', 'misconfiguration'],
      ['DS-0004', 'misconfiguration'],
      ['aws-access-key-id', 'secret'],
      ['aws-secret-access-key', 'secret'],
    ])
    expect(findings[0]?.security).toMatchObject({
      dependency: { ecosystem: 'npm', name: 'lodash', version: '4.17.15' },
      fixedVersions: ['4.17.21'],
    })
    expect(findings[2]?.message).toMatch(/^Specify at least 1 USER command/)
    expect(tool.metrics).toEqual(['findings', 'secrets'])
    expect(notices?.[0]?.message).toContain('2 results of Trivy left out')
  })

  it('Semgrep: CWE with its name, level as a word of the table, a rule that timed out', () => {
    const { tool, findings, notices } = only('semgrep.sarif')
    expect(tool.id).toBe('semgrep')
    expect(findings[0]?.security).toMatchObject({
      kind: 'weakness',
      cwe: [89],
      claims: [{ by: 'table', severity: 'high' }],
    })
    expect(notices).toEqual([
      { level: 'failed', message: expect.stringContaining('Timeout when running rules.sql') },
    ])
  })

  it('gitleaks: in commits, and nobody is named', () => {
    const { tool, findings } = only('gitleaks.sarif')
    expect(tool.metrics).toEqual(['secrets'])
    expect(findings[0]).toMatchObject({
      rule: 'github-pat',
      message: 'A secret (github-pat) stands in commit 6c7b09e, in line 3 of the file there.',
      location: { path: '.env' },
      security: { kind: 'secret', secret: { verified: false }, claims: [{ severity: 'high' }] },
    })
    expect(findings[0]?.security?.secret?.value).toBeUndefined()
    expect(JSON.stringify(findings)).not.toMatch(/example\.test|"first"|"Dev"/)
  })
})

describe('secrets', () => {
  const secret = (text: string | undefined) => {
    const region = { startLine: 1, ...(text !== undefined && { snippet: { text } }) }
    const locations = [{ physicalLocation: { artifactLocation: { uri: 'a.py' }, region } }]
    const results = [{ ruleId: 'key', message: { text: `found ${text}` }, locations }]
    return findingsOf({ tool: { driver: { name: 'gitleaks' } }, results })[0]
  }

  it.each([
    ['hunter2hunter2', 'hunter2hunter2'],
    ['password = "hunter2 hunter2"', 'hunter2 hunter2'],
    ['export TOKEN=hunter2hunter2', 'hunter2hunter2'],
    ['-----BEGIN KEY-----\nabc\n', '-----BEGIN KEY-----\nabc'],
    ['REDACTED', undefined],
    ['ghp_********', undefined],
    [undefined, undefined],
  ])('of %j the value is %j, and the message does not have it', (text, value) => {
    const finding = secret(text)
    expect(finding?.security?.secret?.value).toBe(value)
    expect(finding?.message).toBe('A secret (key) stands in this file.')
  })
})

describe('what is no risk', () => {
  const kept = (name: string, ruleId: string, tags?: readonly string[]) => {
    const rules = [{ id: ruleId, properties: tags === undefined ? {} : { tags } }]
    return (
      findingsOf({ tool: { driver: { name, rules } }, results: [{ ruleId, message: { text: 'm' } }] })
        .length === 1
    )
  }

  it.each<[string, string, readonly string[] | undefined, boolean]>([
    ['ruff', 'F401', undefined, false],
    ['ruff', 'S608', undefined, true],
    ['ESLint', 'no-unused-vars', undefined, false],
    ['ESLint', 'security/detect-eval-with-expression', undefined, true],
    ['SonarQube', 'S1', ['convention'], false],
    ['SonarQube', 'S2', ['convention', 'owasp-a1'], true],
    ['Own scanner', 'X', undefined, true],
    ['Own scanner', 'X', ['payments'], true],
  ])('%s %s %j: %s', (name, rule, tags, expected) => {
    expect(kept(name, rule, tags)).toBe(expected)
  })
})

it('CWE as a taxon, of the result or by the rule', () => {
  const target = { id: 'CWE-22', toolComponent: { name: 'CWE' } }
  const rules = [
    { id: 'R', relationships: [{ target }, { target: { id: '7', toolComponent: { name: 'OWASP' } } }] },
  ]
  const taxa = [{ id: '73', toolComponent: { name: 'CWE' } }]
  const [finding] = findingsOf({
    tool: { driver: { name: 'Scan', rules } },
    results: [{ ruleId: 'R', message: { text: 'm' }, taxa }],
  })
  expect(finding?.security?.cwe?.toSorted()).toEqual([22, 73])
})

it('results without rules, locations or message are findings all the same', () => {
  expect(findingsOf({ results: [{}, { message: {} }, { ruleId: 'R', locations: [{}] }] })).toHaveLength(3)
})
