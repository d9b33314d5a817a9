import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { parseDetectSecretsReport } from './detect-secrets-report.ts'

const sha1 = 'd70eab08607a4d05faa2d0d6647206599e9abc65'

function report(...found: readonly Record<string, unknown>[]): string {
  const all = found.map((each) => ({ type: 'Secret Keyword', hashed_secret: sha1, line_number: 3, ...each }))
  return JSON.stringify({ version: '1.5.0', results: { 'a.ini': all } })
}

it('knows a secret by its digest, and says the same in any order', () => {
  const detectors = [
    { type: 'Secret Keyword' },
    { type: 'AWS Access Key' },
    { type: 'Base64 High Entropy String' },
  ]
  const { findings } = parseDetectSecretsReport(report(...detectors))
  expect(findings).toMatchObject([
    {
      rule: 'AWS Access Key',
      location: { path: 'a.ini', line: 3 },
      metric: 'secrets',
      security: { secret: { sha1 }, claims: [{ severity: 'high' }] },
    },
  ])
  expect(parseDetectSecretsReport(report(...detectors.toReversed())).findings).toEqual(findings)
})

it('keeps apart what stands on other lines', () => {
  expect(parseDetectSecretsReport(report({}, { line_number: 4 })).findings).toHaveLength(2)
})

it('calls one that its service accepted critical', () => {
  const { security } =
    parseDetectSecretsReport(report({}, { type: 'AWS Access Key', is_verified: true })).findings[0] ?? {}
  expect(security).toMatchObject({ secret: { verified: true }, claims: [{ severity: 'critical' }] })
})

it('leaves out what an audit decided, and nothing else', () => {
  const { findings } = parseDetectSecretsReport(
    report({ is_secret: false }, { line_number: 5, is_secret: true }),
  )
  expect(findings).toMatchObject([{ location: { line: 5 } }])
})

it.each([
  ['GitHub Token', 'ghp'],
  ['GitHub Token', 'ghs'],
  ['GitLab Token', 'glpat'],
  ['Private Key', 'BEGIN RSA PRIVATE KEY'],
])('takes no digest of %s for that of the secret where it is one of `%s`', (type, digested) => {
  const [finding] = parseDetectSecretsReport(
    report({ type, hashed_secret: createHash('sha1').update(digested).digest('hex') }),
  ).findings
  expect(finding?.security?.secret).toEqual({})
  expect(finding).toMatchObject({ rule: type, metric: 'secrets', location: { line: 3 } })
})

it('repeats nothing of a report that is no report', () => {
  expect(() => parseDetectSecretsReport('password = "hunter2"')).not.toThrow(/hunter2/)
  expect(() => parseDetectSecretsReport(report({ hashed_secret: 'hunter2' }))).not.toThrow(/hunter2/)
  expect(() => parseDetectSecretsReport(report({ hashed_secret: 'hunter2' }))).toThrow(/no SHA-1/)
})
