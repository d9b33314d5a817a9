import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Rule, RuleOutcome } from '../gate/rule.ts'
import type { Finding, Security, Severity } from './finding.ts'
import { foldFindings } from './fold.ts'
import { isCountedBy, rankFindings } from './rank.ts'

const plain: Finding = {
  tool: 'ruff',
  rule: 'F401',
  level: 'warning',
  message: 'm',
  metric: 'lint-warnings',
  fingerprint: 'f',
  state: 'unchanged',
  location: { path: 'b.py', line: 5, column: 2 },
}

function failed(rule: Partial<Rule>): RuleOutcome {
  return {
    rule: {
      text: '',
      warn: false,
      variant: 'value',
      metric: 'lint-errors',
      labels: {},
      optional: false,
      comparator: '==',
      limit: 0,
      unit: 'count',
      source: 'user',
      ...rule,
    },
    outcome: 'failed',
    tools: [],
    message: '',
    decides: true,
  }
}

function risk(severity: Severity): Security {
  return { kind: 'weakness', claims: [], severity, severitySource: 's' }
}

describe('order', () => {
  const decided = { ...plain, metric: 'lint-errors', level: 'note' as const }
  const ordered: readonly Finding[] = [
    { ...decided, state: 'new' },
    decided,
    { ...plain, state: 'new', level: 'error' },
    { ...plain, state: 'new', level: 'note' },
    { ...plain, state: 'unknown' },
    { ...plain, state: 'tool-changed' },
    { ...plain, security: risk('critical') },
    { ...plain, security: risk('unknown') },
    { ...plain, level: 'error' },
    { ...plain, location: undefined },
    { ...plain, location: { path: 'a.py', line: 9 } },
    { ...plain, location: { path: 'b.py', line: 4 } },
    { ...plain, location: { path: 'b.py', line: 5, column: 1 } },
    { ...plain, tool: 'flake8' },
    { ...plain, rule: 'E501' },
    plain,
    { ...plain, location: { path: 'b.py', line: 40 } },
    { ...plain, level: 'note' },
    { ...plain, security: risk('low'), level: 'error' },
    { ...decided, suppression: { reason: 'r', source: 'inline' } },
    { ...decided, state: 'fixed' },
  ]

  test('is what decided, new, severe, then by place, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ordered]), (some) => {
        const wanted = ordered.filter((finding) => some.includes(finding))
        expect(rankFindings(some, [failed({})])).toEqual(wanted)
      }),
    )
  })
})

describe('a finding is counted by a failed rule', () => {
  const finding: Finding = { ...plain, metric: 'lint-errors', package: 'api', state: 'unchanged' }

  test.each([
    ['on its metric', {}, true],
    ['on another metric', { metric: 'score' }, false],
    ['on its tool', { labels: { tool: 'ruff' } }, true],
    ['on another tool', { labels: { tool: 'mypy' } }, false],
    ['on its tool and package', { labels: { tool: 'ruff', package: 'api' } }, true],
    ['on new ones, being old', { variant: 'new' }, false],
  ] as const)('%s', (_, rule, expected) => {
    expect(isCountedBy(finding, [failed(rule)])).toBe(expected)
  })

  test('unless it is suppressed or fixed', () => {
    const suppression = { reason: 'r', source: 'inline' }
    expect(isCountedBy({ ...finding, suppression }, [failed({})])).toBe(false)
    expect(isCountedBy({ ...finding, state: 'fixed' }, [failed({})])).toBe(false)
    expect(isCountedBy({ ...finding, state: 'new' }, [failed({ variant: 'new' })])).toBe(true)
  })
})

describe('folding', () => {
  const at = (line: number | undefined, more: Partial<Finding> = {}): Finding => ({
    ...plain,
    location: { path: 'a.py', line },
    ...more,
  })

  test('counts repeats in a file and keeps their last line', () => {
    const first = at(7)
    expect(foldFindings([first, at(31), at(3)])).toEqual([{ finding: first, count: 3, lastLine: 31 }])
  })

  test.each([
    ['file', { location: { path: 'b.py', line: 1 } }],
    ['tool', { tool: 'x' }],
    ['rule', { rule: 'x' }],
    ['message', { message: 'x' }],
    ['level', { level: 'error' }],
    ['state', { state: 'new' }],
    ['suppression', { suppression: { reason: 'r', source: 's' } }],
  ] as const)('keeps another %s apart', (_, more) => {
    expect(foldFindings([at(1), at(1, more)])).toHaveLength(2)
  })

  test('tells as one what has a message in common, and what is alone by its own', () => {
    const cases = [1, 2].map((line) => at(line, { message: `test[${line}]: no`, sharedMessage: 'test: no' }))
    expect(foldFindings(cases)).toMatchObject([{ finding: { message: 'test: no' }, count: 2 }])
    expect(foldFindings(cases.slice(1))).toMatchObject([{ finding: { message: 'test[2]: no' }, count: 1 }])
    expect(cases[0]?.message).toBe('test[1]: no')
  })

  test('keeps findings apart that speak of a second place', () => {
    const related = [{ path: 'b.py', line: 20 }]
    const both = [at(14, { related }), at(36, { related })]
    expect(foldFindings(both)).toEqual(
      both.map((finding) => ({ finding, count: 1, lastLine: finding.location?.line })),
    )
  })

  test('does not depend on what else is there', () => {
    const mixed = [at(1), at(1, { message: 'x' }), at(5), at(2, { message: 'x' })]
    expect(foldFindings(mixed).map(({ count, lastLine }) => [count, lastLine])).toEqual([
      [2, 5],
      [2, 2],
    ])
  })

  test('loses nothing', () => {
    const some = fc.array(
      fc.record({ line: fc.constantFrom(undefined, 1, 2), message: fc.constantFrom('a', 'b') }),
    )
    fc.assert(
      fc.property(some, (list) => {
        const folded = foldFindings(list.map(({ line, message }) => at(line, { message })))
        expect(folded.reduce((sum, entry) => sum + entry.count, 0)).toBe(list.length)
      }),
    )
  })
})
