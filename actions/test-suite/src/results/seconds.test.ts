import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSeconds } from './seconds.ts'

test.for<[string | undefined, number | undefined]>([
  ['1.5', 1.5],
  ['0', 0],
  ['1e-05', 0.00001],
  ['12', 12],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['0,25', 0.25],
  ['12,345,678', 12_345_678],
  ['1 234,5', 1234.5],
  ['250ms', 0.25],
  ['3 s', 3],
  ['00:01:02.5', 62.5],
  ['1.02:00:00', 93_600],
  [undefined, undefined],
  ['', undefined],
  ['NaN', undefined],
  ['-0.5', undefined],
  ['Infinity', undefined],
  ['1e400', undefined],
  ['0x10', undefined],
  ['soon', undefined],
  ['.', undefined],
])('%s is %s seconds', ([text, seconds]) => {
  expect(parseSeconds(text)).toBe(seconds)
})

test('plain numbers are those of the language, to the last bit', () => {
  const plain = fc.stringMatching(/^[0-9]{1,9}(\.[0-9]{0,12})?$/)
  fc.assert(
    fc.property(plain, (text) => {
      expect(parseSeconds(text)).toBe(Number(text))
    }),
    { numRuns: 2000 },
  )
})
