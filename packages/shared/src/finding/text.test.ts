import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestMessage, normaliseMessage, oneLine, withoutNumbers } from './text.ts'

test.each([
  ['lines', 'a\r\n  b\tc\u2028d', 'a b c d'],
  ['colours', '\u001b[1;31merror\u001b[0m: x', 'error: x'],
  ['a terminal title', '\u001b]0;owned\u0007x', 'x'],
  ['an override of the reading order', 'a\u202eb\u2066c', 'abc'],
  ['invisible tag characters', 'a\u{e0041}b', 'ab'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ['a no-break space', 'a\u00a0b', 'a b'],
  ['a workflow command stays text', '::error::x', '::error::x'],
])('one line of %s', (_, text, expected) => {
  expect(oneLine(text)).toBe(expected)
})

test('a long message is cut with an ellipsis, never inside of a character', () => {
  const cut = normaliseMessage('😀'.repeat(longestMessage))
  expect(cut.endsWith('😀…')).toBe(true)
  expect(cut.isWellFormed()).toBe(true)
  expect(cut.length).toBeLessThanOrEqual(longestMessage)
  expect(normaliseMessage('x'.repeat(longestMessage))).toBe('x'.repeat(longestMessage))
})

test('a message of megabytes that begins with nothing is cut, too', () => {
  expect(normaliseMessage(`${' '.repeat(5_000_000)}x`).length).toBeLessThanOrEqual(longestMessage)
})

test('any text becomes one well-formed line of bounded length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom(1, 50), (unit, times) => {
      const text = unit.repeat(times)
      const message = normaliseMessage(text)
      expect(message).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      expect(message.isWellFormed()).toBe(true)
      expect(message.length).toBeLessThanOrEqual(longestMessage)
      expect(normaliseMessage(message)).toBe(message)
    }),
  )
})

test('numbers do not tell messages apart, words do', () => {
  expect(withoutNumbers('line too long (101 > 88)')).toBe(withoutNumbers('line too long (1,204 > 100)'))
  expect(withoutNumbers('took 1.5 s')).toBe(withoutNumbers('took 12 s'))
  expect(withoutNumbers('too long')).not.toBe(withoutNumbers('too short'))
})
