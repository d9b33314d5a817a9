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

it('shows an old finding among those that count where the failed rule counts it', () => {
  const findings: readonly Finding[] = [{ ...unused, state: 'unchanged' }]
  const lists = (rule: RuleOutcome) => {
    const { counting, older } = rankedFindings({ ...passedReport, scope: 'new', rules: [rule], findings })
    return [counting.length, older.length]
  }
  expect(lists(sampleOutcome('lint-warnings == 0', 'failed', { actual: 1, now: 1 }))).toEqual([1, 0])
  expect(lists(sampleOutcome('new.lint-warnings == 0', 'failed', { actual: 1, now: 1 }))).toEqual([0, 1])
  expect(lists(sampleOutcome('lint-warnings < 9', 'passed', { actual: 1, now: 1 }))).toEqual([0, 1])
})
