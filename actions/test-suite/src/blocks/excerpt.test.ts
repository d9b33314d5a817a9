import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerptOf, withoutRepeats } from './excerpt.ts'

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n')

describe('excerptOf', () => {
  test('keeps the end, and says what it left out', () => {
    const { text, shown, lines } = excerptOf(numbered(5), { lines: 2, length: 100, keep: 'end' })
    expect(text).toBe('… 3 lines left out …\nline 4\nline 5')
    expect([shown, lines]).toEqual([2, 5])
  })

  test('or the start', () => {
    const { text } = excerptOf(numbered(3), { lines: 2, length: 100, keep: 'start' })
    expect(text).toBe('line 1\nline 2\n… 1 line left out …')
  })

  test('leaves a short text as it is', () => {
    expect(excerptOf('  a\n\n', { lines: 9, length: 9, keep: 'end' }).text).toBe('  a')
  })

  test('never grows far beyond its length, and counts every line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', ' '), maxLength: 3000 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom('start' as const, 'end' as const),
        (text, lines, length, keep) => {
          const excerpt = excerptOf(text, { lines, length, keep })
          const left = Number(/… (\d+) lines? left out …/.exec(excerpt.text)?.[1] ?? 0)
          expect(excerpt.shown + left).toBe(excerpt.lines)
          expect(excerpt.shown).toBeLessThanOrEqual(lines)
          expect(excerpt.text.length).toBeLessThanOrEqual(Math.max(length, 1001) + 40)
        },
      ),
    )
  })
})

describe('withoutRepeats', () => {
  test('shows a recursion once', () => {
    const step = 'x.py:2: in down\n    down()\n'
    expect(withoutRepeats(`begin\n${step.repeat(40)}end`)).toBe(`begin\n${step}… 39 times more …\nend`)
  })

  test('leaves alone what is there twice, and empty lines', () => {
    const text = 'a\na\nb\n\n\n\n\nc\nd\nc\nd'
    expect(withoutRepeats(text)).toBe(text)
  })

  test('loses no other line', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/)), (lines) => {
        expect(withoutRepeats(lines.join('\n'))).toBe(lines.join('\n'))
      }),
    )
  })
})
