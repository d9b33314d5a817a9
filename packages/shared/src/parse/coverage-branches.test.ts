import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LineBranches } from './coverage.ts'
import { joinBranches, lineBranches } from './coverage.ts'

describe('union of branches', () => {
  const some = fc
    .record({
      total: fc.integer({ min: 1, max: 4 }),
      taken: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      scheme: fc.constantFrom('py', 'lcov', undefined),
    })
    .map(({ total, taken, scheme }) => {
      const missed = taken.slice(0, total).flatMap((each, index) => (each ? [] : [`${scheme}:${index}`]))
      return lineBranches(9, total - missed.length, total, scheme === undefined ? [] : missed)
    })
    .filter((each) => each !== undefined)
  const key = (branches: LineBranches) => JSON.stringify(branches)

  test('does not depend on order, grouping and repetition', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(key(joinBranches(a, b))).toBe(key(joinBranches(b, a)))
        expect(key(joinBranches(joinBranches(a, b), c))).toBe(key(joinBranches(a, joinBranches(b, c))))
        expect(joinBranches(a, a)).toEqual(a)
        const joined = joinBranches(a, b)
        expect(joined.covered).toBeLessThanOrEqual(joined.total)
        expect(joinBranches(joined, a)).toEqual(joined)
      }),
      { numRuns: 2000 },
    )
  })

  test('is exact where both name what they missed, and the larger count where they only count', () => {
    const named = (missed: readonly string[]) => lineBranches(1, 1, 2, missed) ?? expect.fail()
    expect(joinBranches(named(['py:4']), named(['py:7']))).toEqual({
      line: 1,
      covered: 2,
      total: 2,
      missed: [],
    })
    expect(joinBranches(named(['py:4']), named(['py:4']))).toMatchObject({ covered: 1, missed: ['py:4'] })
    expect(joinBranches(named([]), named([]))).toMatchObject({ covered: 1 })
    // Names of two schemes say nothing about each other.
    expect(joinBranches(named(['py:4']), named(['lcov:0,1']))).toMatchObject({ covered: 1 })
  })

  test('takes the run that knows more branches where they disagree on how many there are', () => {
    const two = lineBranches(1, 2, 2) ?? expect.fail()
    const four = lineBranches(1, 1, 4) ?? expect.fail()
    expect(joinBranches(two, four)).toEqual(four)
    expect(joinBranches(four, two)).toEqual(four)
  })
})
