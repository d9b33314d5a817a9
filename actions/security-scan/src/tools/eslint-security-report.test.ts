import { expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { eslintSecurity } from './eslint-security.ts'
import { parseEslintSecurityReport } from './eslint-security-report.ts'

const place = { line: 2, column: 24, endLine: 2, endColumn: 41 }

function report(...messages: readonly object[]): string {
  return JSON.stringify([{ filePath: '/project/a.js', messages, suppressedMessages: [] }])
}

it('weighs rules by what they let happen, not by the level of lint', () => {
  const message = (rule: string) => ({ ruleId: `security/${rule}`, severity: 1, message: 'x', ...place })
  const { findings } = parseEslintSecurityReport(
    report(message('detect-child-process'), message('detect-object-injection'), message('detect-new-thing')),
  )
  expect(findings.map(({ security }) => security?.claims[0]?.severity)).toEqual(['high', 'low', 'unknown'])
  expect(findings.map(({ security }) => security?.cwe)).toEqual([[78], [1321], []])
  expect(findings[0]?.location).toEqual({ path: '/project/a.js', ...place, columnUnit: 'utf16' })
})

it('passes over what is not of the plugin', () => {
  const other = { ruleId: 'no-eval', severity: 2, message: 'x', ...place }
  const none = { ruleId: null, severity: 1, message: 'File ignored.' }
  expect(parseEslintSecurityReport(report(other, none))).toMatchObject({ findings: [], notices: [] })
})

it('fails for a file that does not parse, and says so by its name', () => {
  const fatal = { ruleId: null, fatal: true, severity: 2, message: 'Parsing error: x.', line: 3 }
  expect(parseEslintSecurityReport(report(fatal)).notices).toEqual([
    {
      level: 'failed',
      message: expect.stringContaining('/project/a.js:3 was not scanned: Parsing error: x. Mend it'),
    },
  ])
})

it('names where comments switch findings off', async () => {
  const [output] = readRecorded(eslintSecurity, 'findings')
  const { notices = [] } = output === undefined ? {} : await eslintSecurity.parse(output)
  expect(notices).toEqual([
    { level: 'notice', message: expect.stringMatching(/^Comments switch off 1 finding in .*weak\.js\.$/) },
  ])
})

it('says that it runs nothing of the project', () => {
  const [output] = readRecorded(eslintSecurity, 'own-configuration')
  const notices = output === undefined ? [] : eslintSecurity.notices?.(output.request.project)
  expect(notices?.map(({ message }) => message)).toEqual([
    expect.stringContaining('eslint.config.js is not used'),
  ])
})

it.each(['', '{}', '[{}]', '[{"filePath":"a.js"}]', '<html>'])('refuses %s', (text) => {
  expect(() => parseEslintSecurityReport(text)).toThrow(/ESLint/)
})
