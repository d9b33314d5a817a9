import { describe, expect, test } from 'vitest'
import type { Finding, FindingState } from '../finding/finding.ts'
import { mergeRisks } from './merge.ts'
import { at, risk, tools } from './test/risk.ts'

describe('one finding of several', () => {
  const states = (...given: readonly FindingState[]) =>
    mergeRisks(
      given.map((state, index) =>
        risk('vulnerability', `tool-${index}`, {
          state,
          about: { ids: ['CVE-1-1'], dependency: { ecosystem: 'npm', name: 'a' } },
        }),
      ),
    ).map(({ state }) => state)

  test.each<[FindingState, readonly FindingState[]]>([
    ['unchanged', ['new', 'unchanged']],
    ['new', ['new', 'unknown']],
    ['new', ['new', 'tool-changed']],
    ['tool-changed', ['tool-changed', 'unknown']],
    ['unchanged', ['new', 'fixed']],
    ['unchanged', ['unknown', 'fixed']],
    ['fixed', ['fixed', 'fixed']],
  ])('is %s of %j', (state, given) => {
    expect(states(...given)).toEqual([state])
    expect(states(...given.toReversed())).toEqual([state])
  })

  test.each<[FindingState, FindingState, FindingState]>([
    ['new', 'new', 'unchanged'],
    ['unchanged', 'unchanged', 'new'],
    ['tool-changed', 'tool-changed', 'new'],
    ['new', 'unknown', 'new'],
    ['unchanged', 'fixed', 'new'],
  ])('is %s where a comparison says %s and changed lines %s', (state, exact, byLines) => {
    const found = (tool: string, known: Partial<Finding>) =>
      risk('weakness', tool, { ...known, ...at('Dockerfile'), about: { cwe: [89] } })
    const all = [found('bandit', { state: exact }), found('semgrep', { state: byLines, stateByLines: true })]
    for (const each of [all, all.toReversed()])
      expect(mergeRisks(each).map((one) => [one.state, one.stateByLines])).toEqual([[state, undefined]])
  })

  test('of one alone is what it says', () => {
    const alone = risk('weakness', 'semgrep', { state: 'new', stateByLines: true })
    expect(mergeRisks([alone])).toEqual([risk('weakness', 'semgrep', { state: 'new' })])
  })

  test('is suppressed only if each is', () => {
    const suppression = { reason: 'nosec', source: 'inline' }
    const one = risk('weakness', 'bandit', { ...at('a.py', 1), suppression, about: { cwe: [89] } })
    const other = risk('weakness', 'semgrep', { ...at('a.py', 1), about: { cwe: [89] } })
    expect(mergeRisks([one, other])[0]).not.toHaveProperty('suppression')
    expect(mergeRisks([one, { ...other, suppression }])).toMatchObject([{ suppression }])
  })

  test('shows the most exact place, then the most trusted tool', () => {
    const found = (tool: string, column?: number) =>
      risk('weakness', tool, {
        location: { path: 'a.py', line: 1, ...(column !== undefined && { column }) },
        about: { cwe: [89] },
      })
    expect(mergeRisks([found('semgrep'), found('bandit')])[0]?.tool).toBe('semgrep')
    expect(mergeRisks([found('semgrep'), found('bandit', 3)])[0]?.tool).toBe('bandit')
    expect(mergeRisks([found('zzz'), found('aaa')])[0]?.tool).toBe('aaa')
  })

  test('stands where the one stood that is shown, and what is no risk stays', () => {
    const lint: Finding = {
      tool: 'ruff',
      rule: 'F401',
      level: 'error',
      message: 'm',
      fingerprint: 'f',
      state: 'new',
    }
    const found = (tool: string) => risk('weakness', tool, { ...at('a.py', 1), about: { cwe: [89] } })
    expect(tools(mergeRisks([found('bandit'), lint, lint, found('semgrep')]))).toEqual([
      'ruff',
      'ruff',
      'bandit + semgrep',
    ])
  })

  test('nothing of an empty list', () => {
    expect(mergeRisks([])).toEqual([])
  })
})
