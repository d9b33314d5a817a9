import fc from 'fast-check'
import { expect, it } from 'vitest'
import { kept } from './precision.ts'

it.each([
  [0.1 + 0.2, 0.3],
  [-1.5e-17, 0],
  [78.523_591_649_2, 78.523_591_649],
  [1e-9, 1e-9],
  [12_345, 12_345],
  [1e22, 1e22],
])('%d is kept as %d', (value, expected) => {
  expect(kept(value)).toBe(expected)
})

it('does not change what is kept already, nor the order of values', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(kept(kept(a))).toBe(kept(a))
      expect(Math.abs(kept(a) - a)).toBeLessThan(1e-9)
      if (a <= b) expect(kept(a)).toBeLessThanOrEqual(kept(b))
    }),
  )
})
