import { mergeRisks } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { fixture, play, read } from './test/stage.ts'

describe('ZAP', () => {
  it('alerts by site, without what was sent and answered', async () => {
    const { run, findings, tool } = await read(fixture('zap.json'))
    expect(tool.metrics).toEqual(['findings'])
    expect(findings.map(({ rule, security }) => [rule, security?.severity, security?.cwe])).toEqual([
      ['10038-1', 'medium', [693]],
      ['40018', 'high', [89]],
    ])
    const injection = findings.find(({ rule }) => rule === '40018')
    expect(injection?.message).toBe('SQL Injection: GET https://shop.example.test/items?id=… and 1 more.')
    expect(injection?.location).toBeUndefined()
    expect(run.notices.map(({ message }) => message)).toEqual([
      '2 informational or false-positive alerts of ZAP left out.',
    ])
  })
})

describe('Nuclei', () => {
  it.each(['nuclei.json', 'nuclei.jsonl'])('%s', async (name) => {
    const { findings } = await read(fixture(name))
    expect(
      findings.map(({ rule, security }) => [rule, security?.kind, security?.severity, security?.ids]),
    ).toEqual([
      ['CVE-2099-0040', 'vulnerability', 'high', ['CVE-2099-0040']],
      ['exposed-env', 'misconfiguration', 'medium', []],
    ])
    expect(findings[0]?.security?.severitySource).toBe('CVSS 3.1 of nuclei')
    expect(findings[0]?.security?.resource).toBe('https://shop.example.test/static?file=…&session=…')
  })

  it('what one template finds at one place by several matchers are several', async () => {
    const found = (matcher: string) => ({
      'template-id': 'default-logins',
      info: { name: 'Default login', severity: 'high' },
      'matched-at': 'https://shop.example.test/login',
      'matcher-name': matcher,
    })
    const { findings } = await read(JSON.stringify([found('admin'), found('root')]))
    expect(mergeRisks(findings).map(({ security }) => security?.resource)).toEqual([
      'https://shop.example.test/login admin',
      'https://shop.example.test/login root',
    ])
  })
})

describe('testssl', () => {
  it('what could not be tested is named', async () => {
    const { run, findings } = await read(fixture('testssl-pretty.json'))
    expect(findings.map(({ rule, security }) => [rule, security?.severity])).toEqual([
      ['BEAST', 'medium'],
      ['TLS1', 'low'],
    ])
    expect(findings[0]?.message).toContain('shop.example.test:443')
    expect(run.status).toBe('findings')
    expect(run.notices).toEqual([
      { level: 'warning', message: expect.stringContaining('ROBOT of shop.example.test:443') },
    ])
  })

  it('flat and by host give the same identity', async () => {
    const beast = async (name: string) =>
      (await read(fixture(name))).findings.find(({ rule }) => rule === 'BEAST')?.fingerprint
    expect(await beast('testssl-flat.json')).toBe(await beast('testssl-pretty.json'))
  })
})

it('nothing planted gets out', async () => {
  const names = [
    'zap.json',
    'nuclei.json',
    'nuclei.jsonl',
    'gitleaks-7.json',
    'gitleaks.sarif',
    'trufflehog.jsonl',
  ]
  const reports = Object.fromEntries(names.map((name) => [name, fixture(name)]))
  const { outcomes, host } = await play({ reports })
  expect(outcomes.map(({ run }) => run.status)).not.toContain('failed')
  const all = JSON.stringify(outcomes) + JSON.stringify(host.recorded.lines)
  expect(all).not.toMatch(/planted|dev@example|1=1|etc\/passwd/)
})

it('values of secrets are hidden in all that is written', async () => {
  const value = 'hunter2-hunter2-hunter2'
  const region = { startLine: 1, snippet: { text: `token = "${value}"` } }
  const run = (name: string, results: readonly object[]) => ({ tool: { driver: { name } }, results })
  const location = { physicalLocation: { artifactLocation: { uri: 'a.py' }, region } }
  const log = {
    version: '2.1.0',
    runs: [
      run('gitleaks', [{ ruleId: 'token', message: { text: value }, locations: [location] }]),
      run('gitleaks', [
        {
          ruleId: 'other',
          message: { text: value },
          locations: [location],
          suppressions: [{ kind: 'external', justification: 'a test' }],
        },
      ]),
    ],
  }
  const { outcomes, host } = await play({
    reports: { 'x.sarif': JSON.stringify(log) },
    files: { 'a.py': `token = "${value}"\n` },
  })
  expect(host.runner.redact(`x ${value} y`)).not.toContain(value)
  expect(JSON.stringify(outcomes)).not.toContain(value)
  expect(outcomes[0]?.findings.map(({ rule, suppression }) => [rule, suppression])).toEqual([
    ['other', { reason: 'a test', source: 'report' }],
    ['token', undefined],
  ])
})
