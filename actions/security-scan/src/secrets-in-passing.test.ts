/** What says that there are no secrets, and what does not: whole scans of reports. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scratchRepository } from '../../../packages/shared/src/git/test/scratch.ts'
import { scanWhole } from './test/whole-scan.ts'

const password = {
  ...{ test_id: 'B105', test_name: 'hardcoded_password_string', filename: 'a.py', line_number: 1 },
  ...{
    issue_severity: 'LOW',
    issue_confidence: 'MEDIUM',
    issue_text: 'Possible hardcoded password',
    code: '',
  },
}

async function scanBandit(results: readonly object[], inputs: Readonly<Record<string, string>> = {}) {
  const folder = scratchRepository({ 'a.py': 'word = 1\n' })
  const bandit = { errors: [], metrics: { _totals: { loc: 1 }, 'a.py': { loc: 1 } }, results }
  writeFileSync(join(folder, 'bandit.json'), JSON.stringify(bandit))
  writeFileSync(join(folder, 'leaks.json'), '[]')
  const { report } = await scanWhole(folder, { mode: 'report', reports: 'bandit.json', ...inputs })
  const rule = report.rules.find(({ rule }) => rule.metric === 'secrets')
  return { verdict: report.verdict, outcome: rule?.outcome, message: rule?.message }
}

it('Bandit alone does not say that there are no secrets', async () => {
  const { outcome, message, verdict } = await scanBandit([])
  expect({ outcome, verdict }).toEqual({ outcome: 'left-out', verdict: 'passed' })
  expect(message).toContain('no tool that looks for secrets was chosen; that Bandit')
})

it('a rule that somebody wrote is then not green', async () => {
  expect(await scanBandit([], { gate: 'secrets == 0' })).toMatchObject({
    outcome: 'not-measured',
    verdict: 'incomplete',
  })
  expect(await scanBandit([], { gate: 'secrets{tool="bandit"} == 0' })).toMatchObject({ verdict: 'passed' })
})

it('what Bandit found is a secret', async () => {
  expect(await scanBandit([password])).toMatchObject({ outcome: 'failed', verdict: 'failed' })
})

it('a scanner for secrets says it, also in a report', async () => {
  const reports = 'bandit.json\ngitleaks: leaks.json'
  expect(await scanBandit([], { reports })).toMatchObject({ outcome: 'passed', verdict: 'passed' })
})

it('what looks at dependabot.yml alone says nothing of other risks', async () => {
  const folder = scratchRepository({ 'a.txt': '', 'package.json': '{}' })
  writeFileSync(join(folder, 'leaks.json'), '[]')
  const { report } = await scanWhole(folder, { tools: 'hadolint', reports: 'gitleaks: leaks.json' })
  const outcomes = report.rules.map(({ rule, outcome }) => [rule.text, outcome])
  expect(report.tools.map(({ id }) => id)).toContain('dependabot')
  expect(outcomes).toContainEqual(['findings.critical == 0', 'left-out'])
  expect(outcomes).toContainEqual(['secrets == 0', 'passed'])
})
