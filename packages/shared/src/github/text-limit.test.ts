import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutToBytes } from './text-limit.ts'

it('keeps what fits', () => {
  expect(cutToBytes('für', 4)).toBe('für')
})

it('cuts between characters and says so', () => {
  expect(cutToBytes('aäääää', 8)).toBe('aää…')
  expect(cutToBytes('😀😀', 7)).toBe('😀…')
})

it('never exceeds the bound and never breaks a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 60 }), (text, most) => {
      const cut = cutToBytes(text, most)
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most)
      const kept = cut === text.toWellFormed() ? cut : cut.replace(/…$/, '')
      expect(text.startsWith(kept)).toBe(true)
    }),
  )
})
