import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { confidenceFloor, countedRuns, durationsOf, testStatistics } from './statistics.ts'
import type { Outcomes } from './test/sample-runs.ts'
import { anyHistory, sampleRun } from './test/sample-runs.ts'

const [shaA, shaB] = ['a'.repeat(40), 'b'.repeat(40)]

/** One run after the other, each on a commit of its own. */
function history(...runs: readonly Outcomes[]) {
  return {
    runs: runs
      .map((outcomes, time) => sampleRun({ run: `${time}`, sha: `${time}`, time }, outcomes))
      .reverse(),
  }
}

describe('countedRuns', () => {
  test('has each run once, by its last attempt, newest first', () => {
    fc.assert(
      fc.property(anyHistory, (any) => {
        const counted = countedRuns(any)
        expect(counted.map(({ run }) => run.run).sort()).toEqual(
          [...new Set(any.runs.map(({ run }) => run))].sort(),
        )
        for (const { run } of counted) {
          const attempts = any.runs.filter((each) => each.run === run.run).map(({ attempt }) => attempt)
          expect(run.attempt).toBe(Math.max(...attempts))
        }
        expect(counted).toEqual(counted.toSorted((a, b) => b.run.time - a.run.time))
      }),
    )
  })
})

describe('durationsOf', () => {
  test('is the median, which one slow run does not move', () => {
    expect(durationsOf(history({ a: 2 }, { a: 90 }, { a: 1 }))).toEqual(new Map([['a', 2]]))
  })

  test('looks at the last ten runs', () => {
    const slow = Array.from({ length: 30 }, () => ({ a: 50 }))
    const fast = Array.from({ length: 10 }, () => ({ a: 1 }))
    expect(durationsOf(history(...slow, ...fast)).get('a')).toBe(1)
  })

  test('takes failed runs only where there are no others, and skipped ones never', () => {
    const failed = (seconds: number) => ({
      ...sampleRun({ run: `${seconds}` }, {}),
      details: [{ id: 'a', outcome: 'failed' as const, seconds }],
    })
    const skipped = {
      ...sampleRun({ run: 's' }, {}),
      details: [{ id: 'b', outcome: 'skipped' as const, seconds: 1 }],
    }
    expect(durationsOf({ runs: [failed(60), skipped] })).toEqual(new Map([['a', 60]]))
    expect(durationsOf({ runs: [failed(60), ...history({ a: 3 }).runs] }).get('a')).toBe(3)
  })
})

describe('testStatistics', () => {
  test('counts failures, which alone show nothing', () => {
    const { runs, failures, flaky, flakiness } =
      testStatistics(history({ a: 'failed' }, { a: 'passed' }, { a: 'failed' }, { a: 'skipped' })).get('a') ??
      {}
    expect({ runs, failures, flaky, flakiness }).toEqual({ runs: 3, failures: 2, flaky: 0, flakiness: 0 })
  })

  test('sees that a test passed in a retry', () => {
    expect(testStatistics(history({ a: 'flaky' }, { a: 'passed' })).get('a')).toMatchObject({
      runs: 2,
      flaky: 1,
    })
  })

  test('sees that a test passed in a later attempt, and counts the run once', () => {
    const runs = [
      sampleRun({ attempt: 2, time: 2 }, { a: 'passed', b: 'failed' }),
      sampleRun({ attempt: 1, time: 1 }, { a: 'failed', b: 'failed' }),
    ]
    const statistics = testStatistics({ runs })
    expect(statistics.get('a')).toMatchObject({ runs: 1, failures: 0, flaky: 1 })
    expect(statistics.get('b')).toMatchObject({ runs: 1, failures: 1, flaky: 0 })
  })

  test('sees that a test passed and failed on the same commit, which must be known', () => {
    const both = (sha: string) => [
      sampleRun({ run: '1', sha }, { a: 'failed' }),
      sampleRun({ run: '2', sha }, { a: 'passed' }),
    ]
    expect(testStatistics({ runs: both(shaA) }).get('a')).toMatchObject({ runs: 2, failures: 1, flaky: 1 })
    expect(testStatistics({ runs: both('') }).get('a')).toMatchObject({ flaky: 0 })
    const elsewhere = [
      sampleRun({ run: '1', sha: shaA }, { a: 'failed' }),
      sampleRun({ run: '2', sha: shaB }, { a: 1 }),
    ]
    expect(testStatistics({ runs: elsewhere }).get('a')).toMatchObject({ flaky: 0 })
  })
})

describe('confidenceFloor', () => {
  test('solves the equation of the interval: at the floor, what was found is just 1.6449 deviations away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (found, more) => {
        const all = found + more
        const floor = confidenceFloor(found, all)
        expect(floor).toBeGreaterThan(0)
        expect(floor).toBeLessThan(found / all)
        expect((found / all - floor) / Math.sqrt((floor * (1 - floor)) / all)).toBeCloseTo(1.6449, 6)
      }),
    )
  })

  test('is zero where nothing was found, and grows with what is known', () => {
    expect([confidenceFloor(0, 0), confidenceFloor(0, 50)]).toEqual([0, 0])
    expect(confidenceFloor(1, 1)).toBeLessThan(confidenceFloor(10, 10))
    expect(confidenceFloor(1, 10)).toBeGreaterThan(confidenceFloor(1, 100))
  })
})
