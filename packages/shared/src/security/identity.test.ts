import { describe, expect, test } from 'vitest'
import type { Finding, RiskKind, Security } from '../finding/finding.ts'
import { riskIdentities, riskIdentity } from './identity.ts'

function risk(kind: RiskKind, security: Partial<Security> = {}, finding: Partial<Finding> = {}): Finding {
  return {
    tool: 'a-tool',
    rule: 'a-rule',
    level: 'error',
    message: 'm',
    fingerprint: 'f',
    state: 'unknown',
    security: {
      kind,
      claims: [],
      severity: 'unknown',
      severitySource: '',
      lineDigest: '0123456789abcdef0123456789abcdef',
      ...security,
    },
    ...finding,
  }
}

const jinja = { ecosystem: 'pypi', name: 'Jinja2', version: '3.1.2' }
const babel = { ecosystem: 'npm', name: '@babel/core', version: '7.0.0' }
const at = (path: string, line = 3) => ({ location: { path, line } })

describe('identity of a risk', () => {
  test.each<[string, Finding, string]>([
    [
      'vulnerability: the CVE of all ids',
      risk('vulnerability', {
        dependency: jinja,
        ids: ['PYSEC-2024-1', 'ghsa-H5C8-rqwp-cp95', 'cve-2024-22195'],
      }),
      'vulnerability pypi/jinja2 CVE-2024-22195',
    ],
    [
      'vulnerability: the GHSA before the PYSEC',
      risk('vulnerability', { dependency: jinja, ids: ['PYSEC-2024-1', 'GHSA-H5C8-rqwp-cp95'] }),
      'vulnerability pypi/jinja2 GHSA-h5c8-rqwp-cp95',
    ],
    [
      'vulnerability: the smallest CVE, by number',
      risk('vulnerability', { dependency: babel, ids: ['CVE-2024-10000', 'CVE-2024-9999', 'OSV-1'] }),
      'vulnerability npm/@babel/core CVE-2024-9999',
    ],
    [
      'vulnerability: other ids where there is nothing better',
      risk('vulnerability', { dependency: babel, ids: ['rustsec-2020-1', '1065'] }),
      'vulnerability npm/@babel/core RUSTSEC-2020-1',
    ],
    [
      'vulnerability of a running service',
      risk('vulnerability', { resource: 'https://example.test/login', ids: ['CVE-2021-44228'] }),
      'vulnerability https://example.test/login CVE-2021-44228',
    ],
    [
      'secret',
      risk('secret', {}, { rule: 'aws-access-token', ...at('src/settings.py') }),
      'secret aws src/settings.py 0123456789ab',
    ],
    [
      'secret that one witness knows better',
      risk(
        'secret',
        {},
        {
          rule: 'Base64 High Entropy String',
          witnesses: [{ tool: 'gitleaks', rule: 'github-pat' }],
          ...at('src/settings.py'),
        },
      ),
      'secret github src/settings.py 0123456789ab',
    ],
    ['weakness', risk('weakness', { cwe: [564] }, at('src/db.py')), 'weakness CWE-89 src/db.py 0123456789ab'],
    [
      'weakness by its rule, where the number is too general',
      risk('weakness', { cwe: [20] }, { rule: 'B506', ...at('a.py') }),
      'weakness CWE-502 a.py 0123456789ab',
    ],
    [
      'weakness without a number',
      risk('weakness', {}, { rule: 'python.lang.odd-thing', ...at('a.py') }),
      'weakness odd-thing a.py 0123456789ab',
    ],
    [
      'misconfiguration of a file',
      risk('misconfiguration', {}, { rule: 'DL3002', ...at('Dockerfile') }),
      'misconfiguration dockerfile-root-user Dockerfile',
    ],
    [
      'misconfiguration of a resource',
      risk(
        'misconfiguration',
        { resource: 'aws_s3_bucket.logs' },
        { rule: 'AVD-AWS-0086', ...at('main.tf') },
      ),
      'misconfiguration aws-0086 main.tf aws_s3_bucket.logs',
    ],
    [
      'misconfiguration of a line',
      risk('misconfiguration', {}, { rule: 'DL3020', ...at('Dockerfile') }),
      'misconfiguration dockerfile-add Dockerfile 0123456789ab',
    ],
    [
      'misconfiguration of a service',
      risk('misconfiguration', { resource: 'example.test:443' }, { rule: 'BREACH' }),
      'misconfiguration breach example.test:443',
    ],
    [
      'licence',
      risk('license', { dependency: jinja }, { rule: 'GPL-3.0-only' }),
      'license pypi/jinja2 GPL-3.0-only',
    ],
    ['hygiene', risk('hygiene', { dependency: jinja }, { rule: 'unpinned' }), 'hygiene unpinned pypi/jinja2'],
    [
      'hygiene of a file',
      risk('hygiene', {}, { rule: 'lock-out-of-date', ...at('uv.lock') }),
      'hygiene lock-out-of-date uv.lock',
    ],
  ])('%s', (_, finding, identity) => {
    expect(riskIdentity(finding)).toBe(identity)
  })

  test.each<[string, Finding]>([
    ['no risk', { ...risk('weakness'), security: undefined }],
    ['no id', risk('vulnerability', { dependency: jinja, ids: [] })],
    ['only a bare number', risk('vulnerability', { dependency: jinja, ids: ['51668', ' ', '-'] })],
    [
      'a nameless component',
      risk('vulnerability', { dependency: { ecosystem: 'npm', name: ' ' }, ids: ['CVE-1-1'] }),
    ],
    ['no place', risk('secret')],
    ['an empty place', risk('weakness', { cwe: [89] }, { location: { path: ' ' } })],
    ['no line', risk('weakness', { cwe: [89], lineDigest: '' }, at('a.py'))],
    ['neither number nor name', risk('weakness', {}, { rule: '***', ...at('a.py') })],
    ['no place and no resource', risk('misconfiguration', { resource: ' ' }, { rule: 'DL3020' })],
  ])('none where a part is missing: %s', (_, finding) => {
    expect(riskIdentity(finding)).toBeUndefined()
  })

  test('knows neither line, version, severity, message nor tool', () => {
    const one = risk('weakness', { cwe: [77] }, { rule: 'B602', ...at('a.py', 3) })
    const other = risk(
      'weakness',
      { cwe: [78], severity: 'low' },
      { tool: 'x', rule: 'y', message: 'z', ...at('a.py', 90) },
    )
    expect(riskIdentity(one)).toBe(riskIdentity(other))
    const old = risk('vulnerability', { dependency: jinja, ids: ['CVE-2024-1'] })
    const updated = risk('vulnerability', { dependency: { ...jinja, version: '3.1.3' }, ids: ['CVE-2024-1'] })
    expect(riskIdentity(old)).toBe(riskIdentity(updated))
  })

  test('is one line, whatever a path holds', () => {
    const finding = risk('weakness', { cwe: [89] }, at('a\n::error::.py'))
    expect(riskIdentity(finding)).toBe('weakness CWE-89 a ::error::.py 0123456789ab')
  })
})

describe('identities of several', () => {
  test('equal lines of a file are numbered by place', () => {
    const password = (line: number) => risk('secret', {}, { ...at('compose.yml', line) })
    const [fixed, second, first] = [{ ...password(1), state: 'fixed' as const }, password(9), password(5)]
    expect([...riskIdentities([fixed, second, first])]).toEqual([
      [first, 'secret generic compose.yml 0123456789ab'],
      [second, 'secret generic compose.yml 0123456789ab (2)'],
      [fixed, 'secret generic compose.yml 0123456789ab (3)'],
    ])
  })

  test('versions of a component are not', () => {
    const of = (version: string) =>
      risk('vulnerability', { dependency: { ...jinja, version }, ids: ['CVE-2024-1'] })
    const identities = [...riskIdentities([of('1'), of('2')]).values()]
    expect(identities).toEqual(Array(2).fill('vulnerability pypi/jinja2 CVE-2024-1'))
  })
})
