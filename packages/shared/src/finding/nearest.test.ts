import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairNearest } from './nearest.ts'

const distance = (a: number, b: number) => Math.abs(a - b)
const cost = (pairs: readonly (readonly [number, number])[]) =>
  pairs.reduce((sum, [a, b]) => sum + distance(a, b), 0)

/** Least cost of giving each of `shorter` another element of `longer`, by trying all. */
function leastCost(shorter: readonly number[], longer: readonly number[]): number {
  const [first, ...rest] = shorter
  if (first === undefined) return 0
  return Math.min(
    ...longer.map((each, index) => distance(first, each) + leastCost(rest, longer.toSpliced(index, 1))),
  )
}

test('no pairing of sorted numbers is better', () => {
  const sorted = (maxLength: number) =>
    fc.array(fc.integer({ min: 0, max: 20 }), { maxLength }).map((list) => list.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(sorted(4), sorted(6), (left, right) => {
      const pairs = pairNearest(left, right, distance)
      expect(pairs).toHaveLength(Math.min(left.length, right.length))
      const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left]
      expect(cost(pairs)).toBe(leastCost(shorter, longer))
    }),
  )
})

test('of equally near ones the earlier', () => {
  expect(pairNearest([5], [4, 6], distance)).toEqual([[5, 4]])
})

test('sides keep their places', () => {
  expect(pairNearest([1, 50, 99], [51], distance)).toEqual([[50, 51]])
  expect(pairNearest([51], [1, 50, 99], distance)).toEqual([[51, 50]])
})
