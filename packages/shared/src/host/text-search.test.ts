import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTextSearch } from './text-search.ts'

test('finds the first place, and the longest text there', () => {
  const search = openTextSearch(['token', 'token-long', 'n-lo'])
  expect(search.find('a token-long token', 0)).toEqual({ start: 2, end: 12 })
  expect(search.find('a token-long token', 3)).toEqual({ start: 6, end: 10 })
  expect(search.find('a token-long token', 8)).toEqual({ start: 13, end: 18 })
  expect(search.find('a token-long token', 14)).toBeUndefined()
})

test('begins no match before the place to start from', () => {
  expect(openTextSearch(['abcd']).find('abcdabcd', 1)).toEqual({ start: 4, end: 8 })
})

test('refuses a text that is too short to be told from others', () => {
  expect(() => openTextSearch(['abc'])).toThrow(RangeError)
})

test('finds what a pattern of all texts finds', () => {
  // Few letters, so that they overlap; some of more than eight bits, which share a slot with others.
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'š', 'Ł', '\u{1F600}'), maxLength: 60 })
  const words = fc.array(
    letters.filter(({ length }) => length >= 4),
    { minLength: 1, maxLength: 20 },
  )
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 4, max: 14 }),
      letters,
      fc.nat(30),
      (some, shortest, text, start) => {
        const texts = some.map((each) => each.padEnd(shortest, 'a'))
        const pattern = new RegExp(texts.toSorted((a, b) => b.length - a.length).join('|'), 'g')
        pattern.lastIndex = start
        const found = pattern.exec(text)
        expect(openTextSearch(texts).find(text, start)).toEqual(
          found === null ? undefined : { start: found.index, end: found.index + found[0].length },
        )
      },
    ),
  )
})
