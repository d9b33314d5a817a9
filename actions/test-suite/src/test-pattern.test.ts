import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitsPattern } from './test-pattern.ts'

/** The same by a regular expression, which is only safe for short patterns. */
function byExpression(pattern: string, id: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.[\]]/g, (found) => `\\${found}`))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(id)
}

describe('fitsPattern', () => {
  test('is what the regular expression says', () => {
    const text = (letters: readonly string[]) =>
      fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((all) => all.join(''))
    fc.assert(
      fc.property(text(['a', 'b', '*', '*', '[', '.']), text(['a', 'b', '[', '.', '\n']), (pattern, id) => {
        expect(fitsPattern(pattern, id)).toBe(byExpression(pattern, id))
      }),
      { numRuns: 2000 },
    )
  })

  test('takes brackets literally', () => {
    expect(fitsPattern('tests/t.py::test_tax[de-*]', 'tests/t.py::test_tax[de-19]')).toBe(true)
    expect(fitsPattern('tests/t.py::test_tax[de-19]', 'tests/t.py::test_taxd')).toBe(false)
  })

  test('is quick on a pattern made to be slow', () => {
    expect(fitsPattern('*a'.repeat(5000), `${'a'.repeat(20000)}b`)).toBe(false)
  })
})
