import { describe, expect, test } from 'vitest'
import { read } from './test/read.ts'

test('.snyk: an entry for each path of dependencies', () => {
  const text = `
version: v1.25.0
ignore:
  SNYK-PYTHON-JINJA2-6150717:
    - '*':
        reason: not used
        expires: 2026-02-03T00:00:00.000Z
        created: 2026-01-01T00:00:00.000Z
        reasonType: not-vulnerable
  'npm:ms:20170412':
    - 'debug > ms':
        reason: later
    - 'jsonp > debug > ms':
        expires: '2026-04-19T17:53:14.464Z'
patch: {}
`
  expect(read('.snyk', text)).toEqual([
    {
      origin: '`.snyk`, `SNYK-PYTHON-JINJA2-6150717`',
      about: { ids: ['SNYK-PYTHON-JINJA2-6150717'] },
      ...{ reason: 'not used', expires: '2026-02-03', status: 'not-affected' },
    },
    {
      origin: '`.snyk`, `npm:ms:20170412`',
      about: { ids: ['npm:ms:20170412'] },
      ...{ reason: 'later', lost: ['only by way of debug > ms'] },
    },
    {
      origin: '`.snyk`, `npm:ms:20170412`',
      about: { ids: ['npm:ms:20170412'] },
      ...{ expires: '2026-04-19', lost: ['only by way of jsonp > debug > ms'] },
    },
  ])
})

describe('.safety-policy.yml', () => {
  test('of version 2', () => {
    const text = `
security:
  ignore-vulnerabilities:
    25853:
      reason: we do not use the vulnerable function
      expires: '2026-10-21'
    51668:
`
    expect(read('.safety-policy.yml', text)).toEqual([
      {
        origin: '`.safety-policy.yml`, `25853`',
        about: { ids: ['25853'] },
        ...{ reason: 'we do not use the vulnerable function', expires: '2026-10-21' },
      },
      { origin: '`.safety-policy.yml`, `51668`', about: { ids: ['51668'] } },
    ])
  })

  test('of version 3', () => {
    const text = `
version: '3.0'
report:
  dependency-vulnerabilities:
    auto-ignore-in-report:
      vulnerabilities:
        51457: {reason: no fix, expires: '2026-08-21'}
      packages:
        Django_Thing:
          reason: internal
          specifications: ['<3.0.3']
`
    expect(read('.safety-policy.yml', text)).toEqual([
      {
        origin: '`.safety-policy.yml`, `51457`',
        about: { ids: ['51457'] },
        ...{ reason: 'no fix', expires: '2026-08-21' },
      },
      {
        origin: '`.safety-policy.yml`, `Django_Thing`',
        about: { component: 'pypi/django-thing' },
        ...{ reason: 'internal', lost: ['only <3.0.3'] },
      },
    ])
  })
})

test('.gdnsuppress: what is hydrated can be told, the rest is counted', () => {
  const text = JSON.stringify({
    results: {
      de854c6ab9b27b1ec642cec1a51059b92f88815a: {
        ...{ ruleId: 'CSCAN0130', target: '.\\src\\a.cs', expirationDate: '2026-10-20 17:35:00Z' },
        justification: null,
      },
      fee1a0108d741be1bf88ce4fb6ccc2e20c55785a: { signature: 'fee1', expirationDate: null },
    },
  })
  expect(read('.config/guardian/.gdnsuppress', text)).toEqual([
    {
      origin: '`.config/guardian/.gdnsuppress`, `de854c6ab9b2`',
      about: { ids: ['CSCAN0130'], paths: ['src/a.cs'] },
      expires: '2026-10-20',
    },
    {
      origin: '`.config/guardian/.gdnsuppress`, `fee1a0108d74`',
      about: { ids: [] },
      lost: ['names its result by a digest alone'],
    },
  ])
})

test('OpenVEX: what does not affect, with its justification', () => {
  const text = JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [
      {
        vulnerability: { name: 'CVE-2023-1255', aliases: ['GHSA-x'] },
        products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:pypi/Jinja2@3.1.2' }] }],
        ...{
          status: 'not_affected',
          justification: 'vulnerable_code_not_present',
          impact_statement: 'no filter',
        },
      },
      { vulnerability: 'CVE-2023-2', products: ['app'], status: 'not_affected' },
      { vulnerability: { name: 'CVE-2023-3' }, status: 'affected', action_statement: 'wait' },
    ],
  })
  expect(read('app.vex.json', text)).toEqual([
    {
      origin: '`app.vex.json`, statement 1',
      about: { ids: ['CVE-2023-1255', 'GHSA-x'], component: 'pypi/jinja2', version: '3.1.2' },
      ...{ reason: 'no filter', status: 'not-affected', justification: 'vulnerable_code_not_present' },
    },
    {
      origin: '`app.vex.json`, statement 2',
      about: { ids: ['CVE-2023-2'] },
      ...{ status: 'not-affected', lost: ['only products without a package URL'] },
    },
  ])
})
