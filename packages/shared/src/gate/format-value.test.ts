import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPair, formatValue } from './format-value.ts'
import type { Unit } from './metric.ts'

test.each([
  [71.4, 'points', '71.4'],
  [80, 'points', '80'],
  [1234567, 'count', '1,234,567'],
  [0, 'count', '0'],
  [84.25, 'percent', '84.3 %'],
  [0.1234567, 'ratio', '0.123'],
  [0, 'seconds', '0 s'],
  [0.0004, 'seconds', '0.4 ms'],
  [0.2, 'seconds', '200 ms'],
  [1.25, 'seconds', '1.3 s'],
  [42.4, 'seconds', '42 s'],
  [59.7, 'seconds', '1 min'],
  [185, 'seconds', '3 min 5 s'],
  [3600, 'seconds', '1 h'],
  [86_400, 'seconds', '24 h'],
  [7 * 86_400, 'seconds', '7 d'],
  [3 * 86_400 + 7200, 'seconds', '3 d 2 h'],
  [3661, 'seconds', '1 h 1 min 1 s'],
  [999, 'bytes', '999 B'],
  [1536, 'bytes', '1.5 KiB'],
  [10 * 1024 ** 2, 'bytes', '10 MiB'],
  [-3.5, 'points', '−3.5'],
  [-0.02, 'points', '0'],
  [Number.NaN, 'points', 'NaN'],
] as const)('%d %s is %s', (value, unit, expected) => {
  expect(formatValue(value, unit)).toBe(expected)
})

test.each([
  [3, '+3'],
  [-11.5, '−11.5'],
  [0, '±0'],
  [-0.02, '−0.02'],
  [0.000_4, '+0.0004'],
])('as a difference %d is %s', (value, expected) => {
  expect(formatValue(value, 'points', { signed: true })).toBe(expected)
})

describe('a number is never rounded onto the one it is compared with', () => {
  test.each([
    [79.96, 80, 'percent', '79.96 %'],
    [79.9999999, 80, 'percent', '79.9999999 %'],
    [80, 80, 'percent', '80 %'],
    [85, 80, 'percent', '85 %'],
    [0.2001, 0.2, 'seconds', '200.1 ms'],
    [300.2, 300, 'seconds', '300.2 s'],
    [10_485_761, 10_485_760, 'bytes', '10.000001 MiB'],
    [0.1 + 0.2, 0.3, 'points', '0.30000000000000004'],
  ] as const)('%d against %d %s is %s', (value, against, unit, expected) => {
    const text = formatValue(value, unit, { against })
    expect(text).toBe(expected)
    if (value !== against) expect(text).not.toBe(formatValue(against, unit, { exact: true }))
  })

  test('for any two numbers', () => {
    const unit = fc.constantFrom<Unit>('count', 'percent', 'points', 'seconds', 'bytes', 'ratio')
    const number = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: -100, max: 100 }),
    )
    // Near each other, where rounding does harm.
    const near = fc
      .tuple(number, fc.constantFrom(0, 1e-12, 1e-9, 0.04, -0.04, 1))
      .map(([a, by]) => [a, a + by] as const)
    fc.assert(
      fc.property(near, unit, ([value, against], unit) => {
        fc.pre(value !== against)
        expect(formatValue(value, unit, { against })).not.toBe(formatValue(against, unit, { exact: true }))
      }),
    )
  })
})

test.each([
  [80.125, 'percent', '80.125 %'],
  [0.2, 'seconds', '200 ms'],
  [300, 'seconds', '5 min'],
  [185.5, 'seconds', '185.5 s'],
  [500_000, 'bytes', '488.28125 KiB'],
] as const)('a limit of %d %s is written whole', (value, unit, expected) => {
  expect(formatValue(value, unit, { exact: true })).toBe(expected)
})

test.each([
  [58.3, 71.6, ['58.3', '71.6']],
  [58.34, 58.32, ['58.34', '58.32']],
  [58.3, 58.32, ['58.3', '58.32']],
  [78.523_591_6, 78.523_591_6, ['78.5', '78.5']],
  [78.523_591_6, 78.523_591_7, ['78.5', '78.5']],
  [-1, 1, ['−1', '1']],
])('%d beside %d is %j', (one, other, expected) => {
  expect(formatPair(one, other, 'points')).toEqual(expected)
})
