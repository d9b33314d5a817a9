import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shorten, visibleLine, visibleText } from './visible.ts'

describe('visibleLine', () => {
  it.each([
    ['a\nb\r\n\tc', 'a b c'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u200bb', 'a\\u{200b}b'],
    ['\u0000\u001b[31m', '\\u{0}\\u{1b}[31m'],
    ['\ud800x', '\\u{d800}x'],
    ['\u{e0041}', '\\u{e0041}'],
    ['héllo 👩‍🔧 می‌خواهم', 'héllo 👩‍🔧 می‌خواهم'],
  ])('%j is shown as %j', (text, visible) => {
    expect(visibleLine(text)).toBe(visible)
  })

  it('is one line without controls and stays as it is when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const visible = visibleLine(text)
        expect(visible).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
        expect(visibleLine(visible)).toBe(visible)
      }),
    )
  })
})

it('visibleText keeps lines', () => {
  expect(visibleText('a\r\nb\rc\td\u0007')).toBe('a\nb\nc\td\\u{7}')
})

describe('shorten', () => {
  it.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['ab😀cd', 4, 'ab…'],
  ])('%s to %i', (text, max, short) => {
    expect(shorten(text, max)).toBe(short)
  })

  it('never goes beyond and never halves a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const short = shorten(text, max)
        expect(short.length).toBeLessThanOrEqual(max)
        expect(short.isWellFormed()).toBe(text.isWellFormed())
      }),
    )
  })
})
