import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QuarantineEntry } from './quarantine.ts'
import type { JudgedTest } from './quarantine-judgement.ts'
import { judgeQuarantine } from './quarantine-judgement.ts'
import type { TestStatus } from './results/test-result.ts'

const today = '2026-01-10'

function entry(test: string, expires = '2026-02-01'): QuarantineEntry {
  return { test, reason: 'ORD-1', owner: '@ada', expires }
}

function judge(
  entries: readonly QuarantineEntry[],
  statuses: Readonly<Record<string, TestStatus>>,
  complete = true,
) {
  const tests: readonly JudgedTest[] = Object.entries(statuses).map(([id, status]) => ({ id, status }))
  return judgeQuarantine(entries, tests, { today, complete })
}

const ids = (tests: readonly JudgedTest[]) => tests.map(({ id }) => id)

describe('judgeQuarantine', () => {
  test('takes quarantined failures and errors out of those that count', () => {
    const judged = judge([entry('t.py::a*')], {
      't.py::a1': 'failed',
      't.py::a2': 'error',
      't.py::b': 'failed',
    })
    expect(ids(judged.counted)).toEqual(['t.py::b'])
    expect(judged.quarantined.map(({ test }) => test.id)).toEqual(['t.py::a1', 't.py::a2'])
    expect(judged.stale).toEqual([])
  })

  test('fails for an expired entry, whose failures count again', () => {
    const judged = judge([entry('a', '2026-01-09')], { a: 'failed' })
    expect(ids(judged.counted)).toEqual(['a'])
    expect(judged.stale).toMatchObject([{ why: 'expired', message: expect.stringContaining('2026-01-09') }])
    expect(judge([entry('a', '2026-01-09')], { a: 'passed' }).stale).toHaveLength(1)
  })

  test('fails for an entry that fits no test, unless some tests were left out', () => {
    expect(judge([entry('a')], { b: 'passed' }).stale).toMatchObject([{ why: 'unused' }])
    expect(judge([entry('a')], { b: 'passed' }, false).stale).toEqual([])
  })

  test('does not fail for one that passed: a flaky test does, most of the time', () => {
    const judged = judge([entry('a'), entry('b'), entry('c'), entry('d*')], {
      ...{ a: 'passed', b: 'failed', c: 'skipped', d1: 'passed', d2: 'error' },
    })
    expect(judged.stale).toEqual([])
    expect(judged.passing.map(({ test }) => test)).toEqual(['a'])
  })

  test.each([
    ['tests/test_orders.py::test_refnud', 'tests/test_orders.py::test_refund'],
    ['tests/old/test_orders.py::test_refund', 'tests/test_orders.py::test_refund'],
    [`tests/${'deep/'.repeat(20)}t.py::test_pay`, `tests/${'deep/'.repeat(20)}t.py::test_pays`],
  ])('asks whether %s was meant to be %s', (written, meant) => {
    const [stale] = judge([entry(written)], { [meant]: 'passed', 'tests/x.py::test_other': 'passed' }).stale
    expect(stale?.message).toContain(`did you mean \`${meant}\`?`)
  })

  test('neither loses a failure nor counts one that is quarantined, whatever the list', () => {
    const name = fc.constantFrom('a', 'ab', 'b', 'a*', '*b', '*a*')
    const entries = fc.array(fc.tuple(name, fc.constantFrom('2026-01-09', today)), { maxLength: 4 })
    const status = fc.constantFrom<TestStatus>('passed', 'failed', 'error', 'skipped')
    const tests = fc.dictionary(fc.constantFrom('a', 'ab', 'b', 'c'), status)
    fc.assert(
      fc.property(entries, tests, (list, statuses) => {
        const { counted, quarantined, stale } = judge(
          list.map(([test, expires]) => entry(test, expires)),
          statuses,
        )
        const failed = Object.keys(statuses).filter((id) => ['failed', 'error'].includes(statuses[id] ?? ''))
        expect([...ids(counted), ...quarantined.map(({ test }) => test.id)].sort()).toEqual(failed.sort())
        expect(quarantined.every((each) => each.entry.expires >= today)).toBe(true)
        expect(stale.filter(({ why }) => why === 'expired')).toHaveLength(
          list.filter(([, expires]) => expires < today).length,
        )
      }),
    )
  })
})
