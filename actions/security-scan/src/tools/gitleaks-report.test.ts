import { describe, expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { gitleaks } from './gitleaks.ts'
import { parseGitleaksReport } from './gitleaks-report.ts'

const commit = '9dd176a489a029641bb0f8dd0354be31414cad35'
const leak = {
  RuleID: 'github-pat',
  Description: 'words',
  StartLine: 4,
  EndLine: 4,
  Secret: 'a-made-up-secret',
  Match: 'TOKEN = a-made-up-secret',
  File: 'app/settings.py',
  Commit: '',
  Author: 'Invented Author',
  Email: 'author@example.test',
  Message: 'A private remark',
}

function read(...leaks: readonly object[]) {
  return parseGitleaksReport(JSON.stringify(leaks)).findings
}

describe('a leak', () => {
  it('keeps its value for the core alone', () => {
    const [{ security, ...shown } = { security: undefined }] = read(leak)
    expect(security?.secret).toEqual({ value: 'a-made-up-secret' })
    expect(JSON.stringify(shown)).not.toContain('a-made-up-secret')
    expect(shown).toMatchObject({ metric: 'secrets', location: { path: 'app/settings.py', line: 4 } })
  })

  it('is high: nobody tried it', () => {
    expect(read(leak)[0]?.security?.claims).toMatchObject([{ severity: 'high' }])
  })

  it('in a commit names the commit, and no line of the file as it is', () => {
    const [finding] = read({ ...leak, Commit: commit })
    expect(finding).toMatchObject({ location: { path: 'app/settings.py' } })
    expect(finding?.location).not.toHaveProperty('line')
    expect(finding?.message).toContain('commit 9dd176a, in line 4')
    expect(finding?.security?.commit).toBe(commit)
  })

  it('in a commit says nothing of people and messages', () => {
    expect(JSON.stringify(read({ ...leak, Commit: commit }))).not.toMatch(/Author|example\.test|private/)
  })

  it('of two lines of a commit are two', () => {
    const [one, other] = read({ ...leak, Commit: commit }, { ...leak, Commit: commit, StartLine: 9 })
    expect(one?.identity).not.toBe(other?.identity)
  })

  // All redacted secrets read alike: taken for values, all leaks of a file would be one.
  it.each(['REDACTED', 'ghp_9a...', ''])('whose value reads %j has none', (Secret) => {
    expect(read({ ...leak, Secret })[0]?.security?.secret).toEqual({})
  })

  it('of version 7 is read', () => {
    const old = { rule: 'AWS', file: 'a.py', lineNumber: 3, offender: 'AKIA-made-up', commit }
    expect(read(old)).toMatchObject([
      { rule: 'AWS', location: { path: 'a.py' }, security: { secret: { value: 'AKIA-made-up' } } },
    ])
  })
})

it.each([
  '[{"RuleID":"x","Secret":"a-made-up-secret"',
  '[{"RuleID":"x","Secret":"a-made-up-secret"}]',
  '{"Secret":"a-made-up-secret"}',
  '["a-made-up-secret"]',
  '<html>a-made-up-secret</html>',
  '',
])('does not repeat what it cannot read: %s', (text) => {
  expect(() => parseGitleaksReport(text)).toThrow(/Gitleaks/)
  try {
    parseGitleaksReport(text)
  } catch (error) {
    expect(String(error)).not.toContain('a-made-up-secret')
  }
})

it('finds nothing of a commit in what it gives of a recorded history', async () => {
  const results = await Promise.all(readRecorded(gitleaks, 'history').map((output) => gitleaks.parse(output)))
  expect(results.flatMap(({ findings }) => findings)).toHaveLength(1)
  expect(JSON.stringify(results)).not.toMatch(/Invented Author|example\.test|private remark/i)
})
