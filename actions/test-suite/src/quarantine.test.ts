import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, isExpired, quarantineOf, readQuarantine } from './quarantine.ts'

const dates = { today: '2026-01-01', longestDays: 90 }
const good = { test: 't.py::test_a', reason: 'ORD-1: clock', owner: '@ada', expires: '2026-02-28' }

const read = (...entries: readonly unknown[]) => readQuarantine(entries, dates)

describe('readQuarantine', () => {
  test('reads entries, and is empty where there are none', () => {
    expect(read(good, { ...good, test: ' t.py::* ' })).toEqual({
      entries: [good, { ...good, test: 't.py::*' }],
      problems: [],
    })
    for (const none of [undefined, null, []]) {
      expect(readQuarantine(none, dates)).toEqual({ entries: [], problems: [] })
    }
  })

  test.each(['test', 'reason', 'owner', 'expires'])('needs `%s`', (key) => {
    for (const value of [undefined, '', '  ', 5, ['x']]) {
      const { entries, problems } = read({ ...good, [key]: value })
      expect(entries).toEqual([])
      expect(problems).toEqual([expect.stringContaining(`needs \`${key}\``)])
    }
  })

  test.each([
    '2026-02-29',
    '2026-13-01',
    '01.02.2026',
    '2026-2-1',
    '2026-02-01T00:00:00Z',
    'never',
    '20260201',
  ])('refuses the date %j', (expires) => {
    expect(read({ ...good, expires }).problems[0]).toContain('is no date; write it as `2026-01-01`')
  })

  test('holds for 90 days at most', () => {
    expect(read({ ...good, expires: '2026-04-01' }).problems).toEqual([])
    expect(read({ ...good, expires: '2026-04-02' }).problems[0]).toContain('the latest is `2026-04-01`')
    const longer = readQuarantine([{ ...good, expires: '2026-04-02' }], { ...dates, longestDays: 120 })
    expect(longer.problems).toEqual([])
  })

  test('takes an expired entry, which is judged later', () => {
    expect(read({ ...good, expires: '2025-12-31' }).entries).toHaveLength(1)
  })

  test('reports everything at once', () => {
    const { problems } = read(
      'test_a',
      { ...good, test: '**' },
      { ...good, expiry: '2026-01-05' },
      { ...good, ownr: '@ada' },
      { ...good, note: 'x' },
      good,
      good,
    )
    expect(problems).toHaveLength(6)
    expect(problems[0]).toBe('`quarantine`, entry 1: must have `test`, `reason`, `owner` and `expires`.')
    expect(problems[1]).toContain('names no test')
    expect(problems[2]).toContain('there is no `expiry` (did you mean `expires`?).')
    expect(problems[3]).toContain('did you mean `owner`')
    expect(problems[4]).toContain('entry 5 (`t.py::test_a`): there is no `note`.')
    expect(problems[5]).toContain('more than once')
  })

  test.each([{}, 'x', 5, { test: 'a' }])('refuses %j', (policy) => {
    expect(readQuarantine(policy, dates).problems).toHaveLength(1)
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (policy) => {
        expect(Array.isArray(readQuarantine(policy, dates).problems)).toBe(true)
      }),
    )
  })
})

test('an entry holds to the end of its last day', () => {
  expect(['2026-02-27', '2026-02-28', '2026-03-01'].map((day) => isExpired(good, day))).toEqual([
    false,
    false,
    true,
  ])
  expect(quarantineOf('t.py::test_a', [good], '2026-02-28')).toBe(good)
  expect(quarantineOf('t.py::test_a', [good], '2026-03-01')).toBeUndefined()
  expect(quarantineOf('t.py::test_ab', [good], '2026-02-28')).toBeUndefined()
  expect(dayOf(Date.UTC(2026, 1, 28, 23, 59))).toBe('2026-02-28')
})
