import { expect, it } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { RuleOutcome } from '../gate/rule.ts'
import { rankedFindings } from './ranking.ts'
import { sampleOutcome } from './test/builders.ts'
import { passedReport } from './test/passed-reports.ts'

const clone: Finding = {
  tool: 'duplication',
  rule: 'duplicate',
  level: 'note',
  metric: 'duplication',
  message: '9 lines are the same.',
  location: { path: 'a.py', line: 7 },
  fingerprint: 'f',
  state: 'new',
}
const unused: Finding = { ...clone, tool: 'ruff', rule: 'F401', level: 'warning', metric: 'lint-warnings' }
const same: Finding = { ...unused, tool: 'flake8' }

function ranked(...rules: readonly RuleOutcome[]) {
  return rankedFindings({ ...passedReport, rules, findings: [clone, unused, same] })
}

it('keeps notes apart from what is to be fixed', () => {
  const { counting, notes } = ranked(sampleOutcome('duplication < 5', 'passed', { actual: 2, now: 2 }))
  expect(counting).toEqual([same, unused])
  expect(notes).toEqual([clone])
})

it('counts notes where a rule about them failed', () => {
  const { counting, notes } = ranked(sampleOutcome('duplication < 5', 'failed', { actual: 7, now: 7 }))
  expect(counting[0]).toBe(clone)
  expect(notes).toEqual([])
})

it('counts a place once that several tools name', () => {
  expect(ranked().places).toBe(1)
})
