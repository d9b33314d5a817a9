import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { History, HistoryLimits } from './history.ts'
import { historyLimits, mergeHistories, recordRun, storableValues } from './history.ts'
import { anyHistory, sampleRun } from './test/sample-runs.ts'

describe('recordRun', () => {
  test('counts, sorts, and rounds to milliseconds', () => {
    const run = recordRun({ run: '1', attempt: 1, sha: '', branch: 'main', time: 5 }, [
      { id: 'b', outcome: 'failed', seconds: 1.00049 },
      { id: 'a', outcome: 'flaky', seconds: 0.0006 },
      { id: 'c', outcome: 'skipped' },
      { id: 'd', outcome: 'passed', seconds: -3 },
    ])
    expect(run).toMatchObject({ tests: 4, failures: 1, flaky: 1, skipped: 1 })
    expect(run.details).toEqual([
      { id: 'a', outcome: 'flaky', seconds: 0.001 },
      { id: 'b', outcome: 'failed', seconds: 1 },
      { id: 'c', outcome: 'skipped' },
      { id: 'd', outcome: 'passed' },
    ])
  })

  test('makes one test of those with the same id: the worst outcome, all seconds', () => {
    const { details } = recordRun({ run: '1', attempt: 1, sha: '', branch: '', time: 0 }, [
      { id: 'a', outcome: 'passed', seconds: 1 },
      { id: 'a', outcome: 'failed', seconds: 2 },
      { id: 'a', outcome: 'skipped' },
    ])
    expect(details).toEqual([{ id: 'a', outcome: 'failed', seconds: 3 }])
  })

  test('counts a test whose id is no name, and forgets it', () => {
    const run = sampleRun({}, { ['x'.repeat(1001)]: 'passed', a: 'passed' })
    expect(run.tests).toBe(2)
    expect(run.details?.map(({ id }) => id)).toEqual(['a'])
  })
})

test('storableValues keeps numbers that mean something, and few of them', () => {
  const odd = { b: 1, a: -0, bad: -1, none: Number.NaN, text: '1', ['x'.repeat(301)]: 1 }
  expect(storableValues(odd)).toEqual({ values: { a: 0, b: 1 } })
  expect(storableValues([1])).toEqual({})
  const many = Object.fromEntries(Array.from({ length: 999 }, (_, n) => [`m${n}`, n]))
  expect(Object.keys(storableValues(many).values ?? {})).toHaveLength(200)
})

describe('mergeHistories', () => {
  /** Small ones, so that they bite. */
  const limits = fc.constantFrom<HistoryLimits>(
    historyLimits,
    { runs: 3, detailed: 2, bytes: 100 },
    { runs: 1, detailed: 9, bytes: 60 },
    { runs: 9, detailed: 1, bytes: 1000 },
    { runs: 9, detailed: 9, bytes: 40 },
  )

  test('is commutative, associative and idempotent, within any limits', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anyHistory, limits, (a, b, c, some) => {
        const merge = (...histories: readonly History[]) => mergeHistories(histories, some)
        expect(merge(a, b)).toEqual(merge(b, a))
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
        expect(merge(merge(a, b), c)).toEqual(merge(a, b, c))
        expect(merge(merge(a, b), b)).toEqual(merge(a, b))
      }),
      { numRuns: 1000 },
    )
  })

  test('keeps the newest runs, and details of the newest of these', () => {
    const runs = [3, 1, 5, 2, 4].map((time) => sampleRun({ run: `${time}`, time }, { a: 'passed' }))
    const { runs: kept } = mergeHistories([{ runs }], { runs: 4, detailed: 2, bytes: 1000 })
    expect(kept.map(({ time, details }) => [time, details !== undefined])).toEqual([
      [5, true],
      [4, true],
      [3, false],
      [2, false],
    ])
  })

  test('drops details where they are too many bytes, and keeps the numbers', () => {
    const big = sampleRun(
      { time: 1 },
      Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n}`, 'failed'])),
    )
    const { runs } = mergeHistories([{ runs: [big] }], { runs: 9, detailed: 9, bytes: big.weight - 1 })
    expect(runs[0]).toMatchObject({ tests: 9, failures: 9 })
    expect(runs[0]?.details).toBeUndefined()
    expect(mergeHistories([{ runs }, { runs: [big] }]).runs[0]?.details).toHaveLength(9)
  })
})
