import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KnownTest } from './shard-plan.ts'
import { describePlan, planShards } from './shard-plan.ts'
import { recordedDurations } from './test/recorded-durations.ts'

const seconds = fc.option(
  fc.oneof(fc.double({ min: 0, max: 1000 }), fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY)),
  { nil: undefined },
)
const suites = fc
  .uniqueArray(
    fc.record({
      number: fc.nat(500),
      file: fc.constantFrom('tests/a.py', 'tests/b.py', 'tests/c.py'),
      seconds,
    }),
    { selector: ({ number }) => number, minLength: 1, maxLength: 80 },
  )
  .map((all) => all.map(({ number, ...one }): KnownTest => ({ id: `${one.file}::test_${number}`, ...one })))
const split = fc.constantFrom('test', 'file') satisfies fc.Arbitrary<'test' | 'file'>

function named(count: number, file = 'tests/a.py'): KnownTest[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${file}::test_${index}`, file }))
}

describe('a plan', () => {
  test('has every test once, in shards that are not empty', () => {
    fc.assert(
      fc.property(suites, fc.integer({ min: 1, max: 40 }), split, (tests, shards, by) => {
        const plan = planShards(tests, shards, { split: by })
        expect(plan.shards.flatMap(({ ids }) => ids).sort()).toEqual(tests.map(({ id }) => id).sort())
        expect(plan.shards.every(({ ids }) => ids.length > 0)).toBe(true)
        expect(plan.shards.length).toBeLessThanOrEqual(shards)
        expect(plan.shards.map(({ number }) => number)).toEqual(plan.shards.map((_, index) => index + 1))
        expect(plan.balance).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  test('does not depend on the order of the tests', () => {
    fc.assert(
      fc.property(
        suites.chain((tests) =>
          fc.tuple(fc.constant(tests), fc.shuffledSubarray(tests, { minLength: tests.length })),
        ),
        fc.integer({ min: 1, max: 12 }),
        split,
        ([tests, shuffled], shards, by) => {
          expect(planShards(shuffled, shards, { split: by })).toEqual(
            planShards(tests, shards, { split: by }),
          )
        },
      ),
    )
  })

  test('keeps the tests of a file together where asked', () => {
    fc.assert(
      fc.property(suites, fc.integer({ min: 1, max: 5 }), (tests, shards) => {
        const plan = planShards(tests, shards, { split: 'file' })
        const places = plan.shards.flatMap(({ number, ids }) =>
          ids.map((id) => `${number} ${id.split('::')[0]}`),
        )
        expect(new Set(places).size).toBe(new Set(tests.map(({ file }) => file)).size)
      }),
    )
  })

  test('is within 2 % of the best possible for durations as they are recorded', () => {
    const worst = [50, 100, 300, 1000, 5000, 50_000].flatMap((tests) =>
      [2, 4, 7, 16, 64, 256].flatMap((shards) =>
        (tests > 1000 ? [1] : [1, 2, 3, 4, 5]).map((seed) => {
          const recorded = recordedDurations(tests, seed)
          const plan = planShards(recorded, shards)
          const all = recorded.map((one) => Math.max(0.001, one.seconds ?? 0))
          const bound = Math.max(
            all.reduce((sum, each) => sum + each, 0) / plan.shards.length,
            all.reduce((most, each) => Math.max(most, each), 0),
          )
          return Math.max(...plan.shards.map((shard) => shard.seconds)) / bound
        }),
      ),
    )
    expect(Math.max(...worst)).toBeLessThan(1.02)
  })

  test('finds the even plan where longest first alone does not', () => {
    // Longest first gives 3 + 2 + 2 and 3 + 2; 3 + 3 and 2 + 2 + 2 can be had.
    const tests = [3, 3, 2, 2, 2].map((each, index) => ({
      id: `t.py::test_${index}`,
      file: 't.py',
      seconds: each,
    }))
    expect(planShards(tests, 2).shards.map((shard) => shard.seconds)).toEqual([6, 6])
  })

  test('has another digest for other shards', () => {
    expect(planShards(named(9), 3).digest).not.toBe(planShards(named(9), 2).digest)
    expect(planShards(named(9), 3).digest).not.toBe(planShards(named(10), 3).digest)
  })
})

describe('durations that are not known', () => {
  test('are the median of their file', () => {
    const known = [1, 9, 20].map((each, index) => ({ ...one('slow.py', index), seconds: each }))
    const quick = [1, 1, 1, 1].map((each, index) => ({ ...one('quick.py', index), seconds: each }))
    const plan = planShards([...known, ...quick, one('slow.py', 9)], 1)
    expect(plan.shards[0]?.seconds).toBeCloseTo(30 + 4 + 9)
    expect(plan.known).toBe(7)
  })

  test('are the median of all where nothing is known of their file', () => {
    const known = [1, 2, 3, 40].map((each, index) => ({ ...one('old.py', index), seconds: each }))
    expect(planShards([...known, one('new.py', 0)], 1).shards[0]?.seconds).toBeCloseTo(46 + 2.5)
  })

  test('of a new suite: the count decides', () => {
    const plan = planShards(named(100), 8)
    expect(plan.shards.map(({ ids }) => ids.length).sort()).toEqual([12, 12, 12, 12, 13, 13, 13, 13])
    expect(describePlan(plan)).toContain('split by count')
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('are those of %d seconds', (wrong) => {
    const tests = [
      { ...one('a.py', 0), seconds: wrong },
      { ...one('a.py', 1), seconds: 2 },
    ]
    const plan = planShards(tests, 1)
    expect([plan.known, plan.shards[0]?.seconds]).toEqual([1, 4])
  })

  test('and tests that took no time do not crowd one shard', () => {
    const tests = named(1000).map((each) => ({ ...each, seconds: 0 }))
    expect(planShards(tests, 4).shards.map(({ ids }) => ids.length)).toEqual([250, 250, 250, 250])
  })
})

describe('the description', () => {
  test('says how even the plan is, and what was guessed', () => {
    const tests = [4, 4, 4].map((each, index) => ({ ...one('a.py', index), seconds: each }))
    expect(describePlan(planShards([...tests, one('a.py', 7)], 3))).toBe(
      '4 tests in 3 shards: 4.0 to 8.0 s each, 50.0 % above the best possible. Estimated durations: 1.',
    )
  })
})

describe('refused', () => {
  test.each([0, -1, 1.5, 257, Number.NaN])('%d shards', (shards) => {
    expect(() => planShards(named(3), shards)).toThrow('1 to 256')
  })

  test('no tests at all', () => {
    expect(() => planShards([], 2)).toThrow('There are no tests to share out.')
  })

  test('a test that is listed twice', () => {
    expect(() => planShards([...named(3), ...named(1)], 2)).toThrow('"tests/a.py::test_0" is listed twice')
  })

  test.each([
    ['a line end', 'a.py::test[x\ny]', 'control character'],
    ['an option', '--co', 'like an option'],
    ['a file of further arguments', '@/etc/passwd', 'like an option'],
    ['an absolute path', '/etc/test_x.py::test', 'outside of the workspace'],
    ['a drive', 'C:\\x\\test_x.py::test', 'outside of the workspace'],
    ['a way up', 'tests/../../test_x.py::test', 'outside of the workspace'],
    ['nothing', ' ', 'no name'],
    ['half a character', 'a.py::\ud800', 'Unicode'],
    ['a book', 'x'.repeat(8193), 'longer than'],
  ])('%s as a test', (_, id, why) => {
    expect(() => planShards([{ id, file: 'a.py' }], 1)).toThrow(why)
  })

  test('but not parameters that look like paths, or any language', () => {
    const ids = ['tests/a.py::test[../../etc/passwd]', 'tests/a.py::test[ü 漢字 😀]', 'tests/a..b.py::test']
    expect(
      planShards(
        ids.map((id) => ({ id, file: 'a' })),
        1,
      ).shards[0]?.ids,
    ).toEqual(ids.toSorted())
  })
})

function one(file: string, number: number): KnownTest {
  return { id: `${file}::test_${number}`, file }
}
