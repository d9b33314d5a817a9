import type { FailureComparison, FailureHistory, HistoryRun } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOfRun, describeComparison, describeFailure, shortCommit } from './failure-history.ts'

const time = Date.UTC(2026, 10, 2, 23, 59)
const sha = '4f2c1d9'.padEnd(40, '0')

describe('describeFailure', () => {
  it.each([
    [undefined, ''],
    [{ state: 'unknown' }, ''],
    [{ state: 'new' }, 'newly failing'],
    [{ state: 'new-test' }, 'new test'],
    [{ state: 'was-skipped' }, 'skipped before'],
    [{ state: 'before' }, 'failing before'],
    [{ state: 'before', since: { sha, time } }, 'failing since `4f2c1d9`, 2026-11-02'],
    [{ state: 'before', since: { sha: '', time } }, 'failing since 2026-11-02'],
    [{ state: 'before', since: { sha: '`x`', time } }, 'failing since 2026-11-02'],
  ] as const)('says of %j: %s', (history, text) => {
    expect(describeFailure(history)).toBe(text)
  })

  it('says that a test was flaky, which is another reason to fail', () => {
    const seen = { id: 't', failures: 5, flaky: 4, runs: 50, flakiness: 0.04 }
    expect(describeFailure({ state: 'new' }, seen)).toBe('newly failing; was flaky in 4 of 50 runs')
    expect(describeFailure(undefined, { ...seen, flaky: 1, runs: 1 })).toBe('was flaky in 1 of 1 run')
    expect(describeFailure({ state: 'new' }, { ...seen, flaky: 0 })).toBe('newly failing')
  })
})

describe('describeComparison', () => {
  const base: HistoryRun = {
    ...{ run: '1', attempt: 1, sha, branch: 'main', time, digest: '', weight: 0 },
    ...{ tests: 4, failures: 1, flaky: 0, skipped: 0 },
  }
  const states: Readonly<Record<string, FailureHistory>> = {
    fresh: { state: 'new' },
    added: { state: 'new-test' },
    old: { state: 'before' },
  }
  const compared = (failed: readonly string[], more: Partial<FailureComparison> = {}) =>
    describeComparison(
      { failures: new Map(Object.entries(states)), base, exact: true, ...more },
      failed,
      'main',
    )

  it.each([
    [[], 'no test fails'],
    [['fresh'], '1 test fails newly'],
    [['fresh', 'added', 'fresh'], '2 tests fail newly'],
    [['fresh', 'old'], '1 test fails newly, 1 failed before'],
    [['old'], 'no test fails newly, 1 failed before'],
  ])('counts %j: %s', (failed, counts) => {
    expect(compared(failed)).toBe(`Compared with the run of \`main\` at \`4f2c1d9\`, 2026-11-02: ${counts}.`)
  })

  it('says where it is not the run of the base commit itself', () => {
    expect(compared([], { exact: false })).toMatch(/^Compared with the last run of `main` at `4f2c1d9`/)
  })

  it('says that nothing is known, where that matters', () => {
    const nothing = { base: undefined, exact: false }
    expect(compared(['fresh'], nothing)).toContain('No earlier run of `main` is remembered')
    expect(compared([], nothing)).toBeUndefined()
    expect(describeComparison({ failures: new Map(), ...nothing }, ['a'], '')).toContain('No run of the base')
  })
})

it('takes any time and any commit of a damaged history', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string(), (anyTime, text) => {
      expect(dayOfRun(anyTime)).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(shortCommit(text)).toMatch(/^[0-9a-f]{0,7}$/)
    }),
  )
})
