import { describe, expect, test } from 'vitest'
import { addDays, dayOf, daysBetween, isDay } from './day.ts'
import type { DecisionList } from './decisions.ts'
import { isExpired, readDecisions } from './decisions.ts'

const list: DecisionList = {
  name: '`exceptions`',
  place: ' in `e.yml`',
  subject: 'rule',
  optional: ['ticket'],
  longestDays: 10,
  problemsOf: (rule, { ticket }) => (rule === 'never' || ticket === 'none' ? ['not that one'] : []),
}
const good = { rule: 'a', reason: 'because', owner: '@ada', expires: '2026-01-11' }

function read(...entries: readonly unknown[]) {
  return readDecisions(entries, list, '2026-01-01')
}

describe('days', () => {
  test('are counted over months, leap days and the turn of the year', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2026-01-01', '2025-12-30')).toBe(-2)
    expect(dayOf(Date.UTC(2026, 0, 1, 23, 59, 59))).toBe('2026-01-01')
    expect([isDay('2024-02-29'), isDay('2026-02-29'), isDay('2026-1-1')]).toEqual([true, false, false])
  })
})

describe('decisions', () => {
  test('are read with what they may say besides, and their number', () => {
    expect(read({ ...good, rule: ' a ' }, { ...good, rule: 'b', ticket: 'T-1' }).decisions).toEqual([
      { subject: 'a', reason: 'because', owner: '@ada', expires: '2026-01-11', more: {}, number: 1 },
      {
        subject: 'b',
        reason: 'because',
        owner: '@ada',
        expires: '2026-01-11',
        more: { ticket: 'T-1' },
        number: 2,
      },
    ])
  })

  test('everything wrong is told, of every entry', () => {
    const { decisions, problems } = read(
      { rule: 'a' },
      { ...good, rule: 'never', expires: '2026-01-12', tiket: 'T-1' },
      { ...good, rule: 'b', ticket: 7 },
    )
    expect(decisions).toEqual([])
    expect(problems).toEqual([
      '`exceptions`, entry 1 (`a`): needs `reason`, `owner` and `expires`; all four are required.',
      '`exceptions`, entry 2 (`never`): there is no `tiket` (did you mean `ticket`?).',
      '`exceptions`, entry 2 (`never`): not that one.',
      '`exceptions`, entry 2 (`never`): `expires: 2026-01-12` is more than 10 days away; today the latest is `2026-01-11`.',
      '`exceptions`, entry 3 (`b`): `ticket` must be a text.',
    ])
  })

  test('no list is an error that says what belongs there', () => {
    expect(readDecisions({ a: 1 }, list, '2026-01-01').problems).toEqual([
      '`exceptions` in `e.yml` must be a list of entries with `rule`, `reason`, `owner` and `expires`.',
    ])
  })

  test('control characters and markup of an entry stay out of the message', () => {
    const [problem = ''] = read({ ...good, rule: 'x\n::error::`y`', owner: '' }).problems
    expect(problem).toContain("(`x ::error::'y'`)")
  })

  test('hold to the end of their last day', () => {
    const days = ['2026-01-10', '2026-01-11', '2026-01-12']
    expect(days.map((day) => isExpired(good, day))).toEqual([false, false, true])
  })
})
