import { expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { actionlint } from './actionlint.ts'
import { parseActionlintReport } from './actionlint-report.ts'

it('takes script injection for a weakness, and what is only wrong for a misconfiguration', async () => {
  const [output] = readRecorded(actionlint, 'findings')
  const { findings } = output === undefined ? { findings: [] } : await actionlint.parse(output)
  const by = (wanted: string) => findings.find(({ rule }) => rule === wanted)
  expect(by('untrusted-input')).toMatchObject({
    level: 'error',
    location: { path: '.github/workflows/ci.yml', line: 10 },
    security: { kind: 'misconfiguration', cwe: [94], claims: [{ severity: 'high' }] },
  })
  expect(by('credentials')?.security).toMatchObject({
    kind: 'misconfiguration',
    claims: [{ severity: 'high' }],
  })
  expect(by('expression')?.security).toMatchObject({
    kind: 'misconfiguration',
    claims: [{ severity: 'low' }],
  })
})

it('gives no place that it does not know', () => {
  const found = { message: 'x', filepath: 'a.yml', kind: 'syntax-check', line: 0, column: 0, end_column: 0 }
  expect(parseActionlintReport(JSON.stringify([found])).findings[0]?.location).toEqual({ path: 'a.yml' })
})

it('says whose configuration hides findings', () => {
  const [output] = readRecorded(actionlint, 'configured')
  expect(output && actionlint.notices?.(output.request.project)).toMatchObject([
    { level: 'notice', message: expect.stringContaining('.github/actionlint.yaml') },
  ])
})

it.each(['', '{}', 'null', '[{}]', '[1]', '<html>'])('refuses %s', (text) => {
  expect(() => parseActionlintReport(text)).toThrow(/actionlint/)
})
