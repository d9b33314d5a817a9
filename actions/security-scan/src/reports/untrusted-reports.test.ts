import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture, play, read } from './test/stage.ts'

describe('files that cannot be trusted fail by name', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /is empty.*crashed/],
    ['blanks', ' \n ', /is empty/],
    ['an error page', '<!DOCTYPE html><html><body>502</body></html>', /HTML page/],
    ['JUnit', '<?xml version="1.0"?><testsuites><testsuite/></testsuites>', /JUnit/],
    ["ZAP's XML", '<?xml version="1.0"?><OWASPZAPReport version="2"></OWASPZAPReport>', /ZAP's XML.*-J/],
    ['plain text', 'No vulnerabilities found', /plain text/],
    ['a report cut in the middle', fixture('codeql.sarif').slice(0, 900), /cut off/],
    [
      'a report behind a line of a log',
      '[main] INFO x\n{"results":[],"errors":[],"paths":{}}',
      /format `semgrep`, and/,
    ],
    [
      'two reports in one file',
      '{"matches":[],"source":{}}\n'.repeat(2),
      /holds 2 reports, one behind the other/,
    ],
    ['lines cut in the middle', fixture('nuclei.jsonl').slice(0, -20), /cut off/],
    ['two reports in one file', `${fixture('snyk.json')}${fixture('snyk.json')}`, /cut off or no valid JSON/],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), /not UTF-8/],
    ['a packed report', gzipSync(fixture('codeql.sarif')), /gzip; unpack/],
    ['a zip archive', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0xff]), /zip archive; unpack/],
    ['a key that stands twice', '{"version":"2.1.0","runs":[],"runs":[]}', /"runs" twice/],
    ['an empty list', '[]', /empty list.*`gitleaks: reports\/gitleaks\.json`/],
    ['JSON of something else', '{"hello":"world"}', /no known scanner.*SARIF 2\.1\.0/],
    ['null', 'null', /no known scanner/],
    ['an SBOM in SPDX', '{"spdxVersion":"SPDX-2.3"}', /SPDX/],
    ['Checkov', '{"check_type":"terraform","results":{"failed_checks":[]}}', /Checkov.*sarif/],
    ['an SBOM without vulnerabilities', fixture('cyclonedx-sbom.json'), /nothing looked for any/],
    ['SARIF of another version', '{"version":"2.0.0","runs":[]}', /not SARIF 2\.1\.0/],
    ['SARIF without runs', '{"version":"2.1.0","runs":[]}', /without runs/],
    [
      'SARIF without results',
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"X"}}}]}',
      /has no results, so it did not scan/,
    ],
    [
      'SARIF of a run that failed',
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"X"}},"results":[],"invocations":[{"executionSuccessful":false}]}]}',
      /X says in its SARIF that it failed/,
    ],
    ['what the registry said instead', fixture('npm-error.json'), /did not audit anything/],
    ['a project that Snyk did not test', fixture('snyk-error.json'), /Could not detect/],
    ['a server that testssl did not reach', fixture('testssl-unreachable.json'), /Can't connect/],
    [
      'testssl without its end',
      '[{"id":"a","ip":"x/1","port":"443","severity":"OK","finding":""}]',
      /no `scanTime`/,
    ],
    ['ZAP without sites', '{"@version":"2.16","site":[]}', /reached no site/],
    ['OSV-Scanner that names nothing', fixture('osv-scanner-empty.json'), /--all-packages/],
    ['pip-audit that names nothing', '{"dependencies":[],"fixes":[]}', /no package/],
    [
      'pip-audit that skipped all',
      '{"dependencies":[{"name":"a","skip_reason":"no"}],"fixes":[]}',
      /No dependency was audited/,
    ],
    [
      'Bandit that looked at nothing',
      '{"errors":[],"metrics":{"_totals":{}},"results":[]}',
      /looked at no file/,
    ],
    [
      'Bandit that could not read a file',
      '{"errors":[{"filename":"a.py","reason":"syntax error"}],"metrics":{"_totals":{},"b.py":{}},"results":[]}',
      /a\.py was not scanned/,
    ],
    ['detect-secrets without plugins', '{"plugins_used":[],"results":{}}', /plugins are off/],
    [
      'TruffleHog that scanned nothing',
      '{"level":"info-0","logger":"trufflehog","msg":"finished scanning","chunks":0}',
      /scanned nothing/,
    ],
    [
      'TruffleHog that did not finish',
      '{"level":"info-0","logger":"trufflehog","msg":"running source"}\n{"level":"error","logger":"trufflehog","msg":"x"}',
      /does not say that it finished scanning/,
    ],
  ])('%s', async (_, text, why) => {
    const { run, findings } = await read(text, { name: 'reports/x.json' })
    expect(run.status).toBe('failed')
    expect(run.why).toMatch(why)
    expect(`${run.name} ${run.why}`).toContain('reports/x.json')
    expect(findings).toEqual([])
  })

  it('and take nothing away from the others', async () => {
    const { outcomes } = await play({
      reports: { 'a.json': '', 'b.sarif': fixture('codeql.sarif'), 'c.json': '{' },
    })
    expect(outcomes.map(({ run }) => [run.id, run.status])).toEqual([
      ['codeql', 'findings'],
      ['reports', 'failed'],
      ['reports', 'failed'],
    ])
  })

  it('and what they do say is shown', async () => {
    const report = JSON.parse(fixture('testssl-pretty.json'))
    const { run, findings } = await read(JSON.stringify({ ...report, scanTime: 'Scan interrupted' }))
    expect(run.status).toBe('failed')
    expect(findings.map(({ rule }) => rule)).toEqual(['BEAST', 'TLS1'])
  })

  it('a failed run of SARIF leaves the other runs of the file', async () => {
    const run = (name: string, results: unknown) => ({ tool: { driver: { name } }, results })
    const log = { version: '2.1.0', runs: [run('One', []), run('Two', undefined)] }
    const { outcomes } = await play({ reports: { 'x.sarif': JSON.stringify(log) } })
    expect(outcomes.map((each) => [each.run.id, each.run.status])).toEqual([
      ['one', 'clean'],
      ['two', 'failed'],
    ])
  })
})
