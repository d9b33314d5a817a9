/** The store against a list and a map that are simple and slow. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoredTest, TestToStore } from './id-store.ts'
import { IdStore } from './id-store.ts'
import { continued, noDigest } from './id-texts.ts'
import { nameTest } from './test-name.ts'

function stored(tests: readonly TestToStore[]): IdStore {
  const store = new IdStore()
  for (const each of tests) store.add(each)
  return store
}

function repeatedSlowly(tests: readonly StoredTest[], most: number): readonly string[] {
  const seen = new Set<string>()
  const names = new Set<string>()
  for (const { id, leg } of tests) {
    const key = JSON.stringify([id, leg])
    if (seen.has(key) && names.size < most) names.add(id)
    seen.add(key)
  }
  return [...names]
}

// Few and short ones, so that equal ids come about, also by different divisions: `a` and `b::c`, `a::b` and `c`.
const part = fc.oneof(
  fc.constantFrom('a', 'b', 'a::b', 'b::c', 'c', '', ':', 'ä', '検査', '😀'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('x'.repeat(990), 'ü'.repeat(990)),
)
const about = fc.record({
  status: fc.constantFrom('passed' as const, 'failed' as const, 'error' as const, 'skipped' as const),
  seconds: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
  leg: fc.constantFrom(undefined, undefined, 'python 3.12', 'python 3.13'),
})
const named = fc.oneof(
  fc.tuple(part, part).map(([name, place]) => nameTest(name, place)),
  part.map((id) => ({ id })),
)
const tests = fc.array(
  fc.tuple(named, about).map(([names, rest]) => ({ ...names, ...rest })),
  { maxLength: 300 },
)

describe('the store', () => {
  test('gives every test back as it was, in order', () => {
    fc.assert(
      fc.property(tests, (all) => {
        const expected = all.map(({ id, status, seconds, leg }) => ({ id, status, seconds, leg }))
        expect([...stored(all).values()]).toEqual(expected)
      }),
    )
  })

  test('names what came again in one leg, in the order in which it did', () => {
    fc.assert(
      fc.property(tests, fc.integer({ min: 0, max: 5 }), (all, most) => {
        expect(stored(all).repeated(most)).toEqual(repeatedSlowly(all, most))
        expect(stored(all).repeated(1000)).toEqual(repeatedSlowly(all, 1000))
      }),
    )
  })

  test('grows, over blocks and columns, and still knows its first tests', () => {
    const name = (at: number) => nameTest(`test_${at}`, `module_${Math.floor(at / 10)}`)
    const all = Array.from({ length: 100_000 }, (_, at) => ({ ...name(at), status: 'passed' as const }))
    const again = [0, 16_383, 16_384, 99_999].map((at) => ({ ...name(at), status: 'failed' as const }))
    const store = stored([...all, ...again])
    expect(store.repeated(100)).toEqual(again.map(({ id }) => id))
    expect(Array.from(store.values(), ({ id }) => id)).toEqual([...all, ...again].map(({ id }) => id))
  })

  test('equal ids are known however they are divided', () => {
    const names = [nameTest('b::c', 'a'), nameTest('c', 'a::b'), nameTest('a::b::c')]
    for (const one of names)
      for (const other of names)
        expect(stored([one, other].map((name) => ({ ...name, status: 'passed' }))).repeated(9)).toEqual([
          'a::b::c',
        ])
  })

  test('ids of one digest are told apart', () => {
    // Known pairs of FNV-1a, which stay equal with whatever follows.
    const words = ['costarring', 'liquid', 'declinate', 'macallums']
    expect(continued(noDigest, 'costarring')).toBe(continued(noDigest, 'liquid'))
    const all = words.map((word) => ({ ...nameTest('test', word), status: 'passed' as const }))
    expect(stored(all).repeated(100)).toEqual([])
    expect(stored([...all, ...all.slice(1, 2)]).repeated(100)).toEqual(['liquid::test'])
  })
})
