import { expect, it } from 'vitest'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { gitleaks } from './gitleaks.ts'

const installed = { command: ['gitleaks'], version: '8.30.1' }
const requestOf = (files: Readonly<Record<string, string>>) =>
  requestFor(gitleaks, { name: 'x', files }, { top: '/t', installed, changes: {} })

it.each([
  ['a list of what is allowed alone', '[allowlist]\npaths = ["docs"]\n'],
  ['what extends nothing', '[extend]\nuseDefault = false\n'],
  ['an empty list', 'rules = []\n'],
])('fails over a configuration without rules: %s', (_, text) => {
  const { project } = requestOf({ 'a.py': '', '.gitleaks.toml': text })
  expect(gitleaks.notices?.(project)).toEqual([
    { level: 'notice', message: '.gitleaks.toml decides what Gitleaks passes over.' },
    {
      level: 'failed',
      message: expect.stringMatching(/^\.gitleaks\.toml has no rules.*`useDefault = true`/),
    },
  ])
})

it.each([
  '[extend]\nuseDefault = true\n[allowlist]\npaths = ["docs"]\n',
  '[extend]\npath = "security/gitleaks.toml"\n',
  '[[rules]]\nid = "x"\nregex = "x"\n',
  '[[rules',
])('does not where there are some, or Gitleaks says itself what is wrong: %j', (text) => {
  const { project } = requestOf({ '.gitleaks.toml': text })
  expect(gitleaks.notices?.(project)).toHaveLength(1)
})

it('counts a secret in a file of which the name has a backslash', async () => {
  const request = requestOf({ 'a\\b.env': '' })
  const invocation = gitleaks.invocations(request)[0] ?? expect.unreachable()
  const report = JSON.stringify([{ RuleID: 'x', File: 'a\\b.env', StartLine: 1, Secret: 'invented' }])
  const ended = { invocation, exitCode: 7, stdout: '', stderr: '', files: { report } }
  const { findings, notices } = await gitleaks.parse(outputOf(request, ended))
  expect(findings).toHaveLength(1)
  expect(notices).toEqual([])
})
