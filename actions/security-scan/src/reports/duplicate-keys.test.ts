import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duplicateKey } from './duplicate-keys.ts'

describe('duplicateKey', () => {
  it.each([
    ['{"results":[1],"results":[]}', 'results'],
    ['{"a":{"b":[],"c":1,"b" :\n {}}}', 'b'],
    ['[{"x":{}},{"y":[],"y":[]}]', 'y'],
    ['{"a\\"b":[],"a\\"b":[]}', 'a\\"b'],
    ['{"k":"\\\\","r":[],"r":[]}', 'r'],
  ])('%s', (text, key) => {
    expect(duplicateKey(text)).toBe(key)
  })

  it.each([
    '[{"a":[]},{"a":[]}]',
    '{"a":{"a":{"a":[]}}}',
    '{"a":1,"a":2}',
    '{"a":"\\"a\\":[","b":["a","a"]}',
    '"text"',
    '',
  ])('none in %s', (text) => {
    expect(duplicateKey(text)).toBeUndefined()
  })

  it('none in what was written from data, however it is spaced', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (text, spaces) => {
        expect(duplicateKey(JSON.stringify(JSON.parse(text), undefined, spaces))).toBeUndefined()
      }),
    )
  })
})
