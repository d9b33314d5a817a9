import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RawFinding } from './finding.ts'
import { toFinding } from './to-finding.ts'

const about = (tool: string, secretKey: string | undefined = 'k', source: readonly string[] = []) => ({
  tool,
  workspace: '/w',
  cwd: '/w',
  secretKey,
  source: () => source,
})

const value = 'hunter2-of-ours'

function leak(secret: object, rest: Partial<RawFinding> = {}): RawFinding {
  return {
    rule: 'generic-api-key',
    level: 'error',
    message: `Found ${value} in the file`,
    location: { path: 'a.py', line: 1 },
    security: { kind: 'secret', claims: [], secret },
    ...rest,
  }
}

describe('a secret', () => {
  test('is in no text of the finding', () => {
    const raw = leak({ value }, { symbol: value, help: `https://x/${value}`, identity: value, rule: value })
    const finding = toFinding(raw, about('gitleaks', 'k', [`token = "${value}"`]))
    expect(JSON.stringify(finding)).not.toContain(value)
    expect(finding.message).toBe('Found *** in the file')
  })

  test('over several lines is hidden line by line', () => {
    const key = '-----BEGIN KEY-----\nabcdefgh\nijklmnop\n'
    const finding = toFinding(leak({ value: key }, { message: 'line ijklmnop' }), about('gitleaks'))
    expect(finding.message).toBe('line ***')
  })

  test('is the same one for tools that know its value and tools that know its SHA-1', () => {
    const sha1 = createHash('sha1').update(value).digest('hex').toUpperCase()
    const [one, other] = [{ value }, { sha1 }].map((secret) => toFinding(leak(secret), about('t')).security)
    expect(one?.secretDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(other?.secretDigest).toBe(one?.secretDigest)
  })

  test('has another digest in another run, and none without a key', () => {
    const digest = (key: string | undefined) =>
      toFinding(leak({ value }), { ...about('t'), secretKey: key }).security?.secretDigest
    expect(digest('a')).not.toBe(digest('b'))
    expect(digest(undefined)).toBeUndefined()
  })

  test('does not decide what is written of its line', () => {
    const line = (secret: string) =>
      toFinding(leak({ value: secret }, { message: 'm' }), about('t', 'k', [`token = "${secret}"`]))
    expect(line('one-secret').fingerprint).toBe(line('another-secret').fingerprint)
    expect(line('one-secret').security?.lineDigest).toBe(line('another-secret').security?.lineDigest)
  })
})

describe('the digest of a line with a secret', () => {
  const digest = (line: string, secret: object = { sha1: 'a' }) =>
    toFinding(leak(secret, { message: 'm' }), about('t', 'k', [line])).security?.lineDigest

  test('tells nothing of what stands behind an escaped quote, or a quote that nothing ends', () => {
    expect(digest(String.raw`key = "ab\"cd"`)).toBe(digest('key = "ab"'))
    expect(digest("key = r'ab\\' 'cd'")).toBe(digest("key = r'xy\\' 'zz'"))
    expect(digest('key = "ab')).toBe(digest('key = "cd'))
  })

  test.each([
    ['PASSWORD = "one"', 'PASSWORD = "another"'],
    ["login('a', 'one')", "login('a', 'another')"],
    ['password: one', 'password: another one'],
    ['TOKEN=one', 'TOKEN=another'],
    ['curl -H "x: one"', 'curl -H "x: another"'],
  ])('tells nothing of it: %s', (one, another) => {
    expect(digest(one)).toBe(digest(another))
  })

  test('is the same whether the tool says the value or not', () => {
    expect(digest('PASSWORD = "hunter2-of-ours"', { value })).toBe(digest('PASSWORD = "hunter2-of-ours"'))
  })

  test('is another one for another line', () => {
    expect(digest('PASSWORD = "one"')).not.toBe(digest('TOKEN = "one"'))
  })
})

test('a weakness is known by the line that it begins on', () => {
  const lines = ['run(', '  a,', '  b)']
  const ending = (endLine: number | undefined) =>
    toFinding(
      {
        ...{ rule: 'r', level: 'error', message: 'm', location: { path: 'a.py', line: 1, endLine } },
        security: { kind: 'weakness', claims: [] },
      },
      about('t', 'k', lines),
    ).security?.lineDigest
  expect(ending(3)).toBe(ending(undefined))
})

describe('a vulnerability', () => {
  test('is the same one on another line, in another version and in another spelling of the package', () => {
    const at = (line: number, name: string, version: string) =>
      toFinding(
        {
          ...{ rule: 'GHSA-1', level: 'error', message: 'm', location: { path: 'requirements.txt', line } },
          security: { kind: 'vulnerability', claims: [], dependency: { ecosystem: 'pypi', name, version } },
        },
        about('pip-audit', 'k', ['a', 'b', 'c']),
      )
    expect(at(1, 'Jinja_2', '1').fingerprint).toBe(at(3, 'jinja-2', '2').fingerprint)
    expect(at(1, 'Jinja_2', '1').security?.purl).toBe('pkg:pypi/jinja-2@1')
    expect(at(1, 'jinja', '1').fingerprint).not.toBe(at(1, 'flask', '1').fingerprint)
  })
})
