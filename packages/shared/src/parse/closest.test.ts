import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closest, editDistance } from './closest.ts'

describe('closest', () => {
  const names = ['lint-errors', 'type-errors', 'score', 'complexity-max']

  test.each([
    ['lint-error', 'lint-errors'],
    ['lint-erorrs', 'lint-errors'],
    ['Score', 'score'],
    ['socre', 'score'],
    ['complexty-mx', 'complexity-max'],
    ['coverage', undefined],
    ['s', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s', (word, expected) => {
    expect(closest(word, names)).toBe(expected)
  })

  test('the first of equally near ones', () => {
    expect(closest('cat', ['bat', 'hat'])).toBe('bat')
  })
})

describe('distance', () => {
  test.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['abcd', 'acbd', 1],
    ['same', 'same', 0],
  ])('%s to %s', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected)
  })

  test('is symmetric, zero for equal words only, and bounded by the longer', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b)
        expect(editDistance(b, a)).toBe(distance)
        expect(distance === 0).toBe(a === b)
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
