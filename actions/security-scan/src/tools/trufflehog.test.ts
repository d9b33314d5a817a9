import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { trufflehog } from './trufflehog.ts'
import { parseTrufflehogReport } from './trufflehog-report.ts'

const recorded = readFileSync(join(import.meta.dirname, '../reports/fixtures/trufflehog.jsonl'), 'utf8')
const results = recorded
  .split('\n')
  .filter((line) => line.includes('DetectorName'))
  .join('\n')
const commit = '6c7b09e14db41f6327711ae81f82ec7eeeee27a8'

function result(changes: object): string {
  const found = {
    SourceMetadata: { Data: { Filesystem: { file: 'app/settings.py', line: 3 } } },
    DetectorName: 'Github',
    Verified: false,
    Raw: 'a-made-up-secret',
    ...changes,
  }
  return JSON.stringify(found)
}

describe('a recorded report', () => {
  const { findings } = parseTrufflehogReport(results)

  it('has secrets with their values for the core alone', () => {
    expect(findings.map(({ rule, location }) => [rule, location])).toEqual([
      ['AWS', { path: '.env' }],
      ['Github', { path: '.env' }],
    ])
    for (const { security, ...shown } of findings) {
      expect(security?.secret?.value).toMatch(/^REDACTED-/)
      expect(JSON.stringify(shown)).not.toContain('REDACTED-')
    }
  })

  it('says nothing of people', () => {
    expect(results).toMatch(/dev@example\.test/)
    expect(JSON.stringify(findings)).not.toMatch(/example\.test/)
  })
})

it('takes a secret that its service accepts for critical, others for high', () => {
  const [verified] = parseTrufflehogReport(result({ Verified: true })).findings
  expect(verified?.security).toMatchObject({ claims: [{ severity: 'critical' }], secret: { verified: true } })
  const [other] = parseTrufflehogReport(result({})).findings
  expect(other?.security).toMatchObject({ claims: [{ severity: 'high' }], secret: { verified: false } })
})

it('does not repeat an error of its service, which may hold the secret', () => {
  const VerificationError = 'GET https://x/?key=a-made-up-secret: timeout'
  const [finding] = parseTrufflehogReport(result({ VerificationError })).findings
  expect(finding?.message).toContain('could not be found out')
  expect(finding?.message).not.toContain('a-made-up-secret')
})

it.each([
  `${result({})}\n{"SourceMeta`,
  'a-made-up-secret',
  '<html>',
  '{"Raw":"a-made-up-secret"}',
  result({ SourceMetadata: {} }),
  result({ Verified: 'yes' }),
])('refuses %s, and does not repeat it', (text) => {
  expect(() => parseTrufflehogReport(text)).toThrow(/^TruffleHog(?!.*made-up)/)
})

function run(
  settings: ToolCase['settings'],
  stdout: string,
  stderr = '{"msg":"finished scanning"}',
  top = '',
) {
  const toolCase = { name: 'x', files: { 'app/settings.py': '' }, settings }
  const request = requestFor(trufflehog, toolCase, {
    top,
    installed: { command: ['trufflehog'], version: '3.96.0' },
  })
  return trufflehog
    .invocations(request)
    .map((invocation) => outputOf(request, { invocation, exitCode: 183, stdout, stderr, files: {} }))
}

it('tries no secret unless asked, and never offline', () => {
  const args = (settings: ToolCase['settings']) => run(settings, '')[0]?.invocation.args
  expect(args({})).toContain('--no-verification')
  expect(args({ 'verify-secrets': true, offline: true })).toContain('--no-verification')
  expect(args({ 'verify-secrets': true })).not.toContain('--no-verification')
})

it('is given the files in scope, and not the folder with all that git ignores', () => {
  const [{ invocation } = { invocation: undefined }] = run({}, '')
  expect(invocation?.files).toEqual(['app/settings.py'])
  expect(invocation?.args).not.toContain('.')
})

it('counts only the commits of the run', async () => {
  const kept = run({ 'secret-commits': commit }, results)[1]
  const other = run({ 'secret-commits': '0'.repeat(39).concat('1') }, results)[1]
  expect(kept && (await trufflehog.parse(kept)).findings).toHaveLength(2)
  expect(other && (await trufflehog.parse(other)).findings).toHaveLength(0)
})

const commitScan = (settings: ToolCase['settings'], folder?: string) =>
  run(settings, '', '', folder)[1]?.invocation

it('walks along the log to the commit behind those of the run', () => {
  const behind = 'a'.repeat(40)
  const scan = commitScan({ 'secret-commits': commit, 'secret-range': `${behind}..${commit}` })
  expect(scan?.args).toEqual(expect.arrayContaining([`--since-commit=${behind}`, `--branch=${commit}`]))
})

it('sees what is renamed also where it walks along all of it', () => {
  const scans = [
    commitScan({ 'secret-commits': 'all' }),
    commitScan({ 'secret-commits': commit, 'secret-range': `..${commit}` }),
  ]
  for (const scan of scans) {
    expect(scan?.args.join(' ')).not.toContain('--since-commit')
    expect(scan?.inputs?.[`${scan.env?.['GIT_TEMPLATE_DIR']}/config`]).toContain('renames = false')
  }
})

it('names the repository by an address, whatever its folder is called', () => {
  const address = commitScan({ 'secret-commits': 'all' }, '/w/a b#c%41?')?.args.at(-1)
  expect(address).toBe('file:///w/a%20b%23c%2541%3F/project')
})

it('fails where its log has no end', async () => {
  const [output] = run({}, result({}), '{"level":"info-0","msg":"running source"}')
  await expect(output && trufflehog.parse(output)).rejects.toThrow(/did not say that it finished/)
})
