import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duplicateKey } from './duplicate-keys.ts'

const duplicateIn = (text: string) => duplicateKey(text, [JSON.parse(text)])

describe('duplicateKey', () => {
  it.each([
    ['{"results":[1],"results":[]}', 'results'],
    ['{"a":{"b":[],"c":1,"b" :\n {}}}', 'b'],
    ['[{"x":{}},{"y":[],"y":[]}]', 'y'],
    ['{"a\\"b":[],"a\\"b":[]}', 'a"b'],
    ['{"results":[1],"res\\u0075lts":[]}', 'results'],
    ['{"level":"error","level":"note"}', 'level'],
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"a":12}', 'a'],
    ['{"a":null,"a":[]}', 'a'],
    ['{"a": "x", "a" : true}', 'a'],
    ['{"k":"\\\\","r":[],"r":[]}', 'r'],
    ['{"r":[1],"r":null}', 'r'],
    ['{"r":["["],"r":[]}', 'r'],
    // What is escaped makes up for the key that is not seen.
    ['{"r":[],"r":[1],"s":"\\u003a"}', 'r'],
    ['{"r":{},"r":0,"s\\u003A":1}', 'r'],
  ])('%s', (text, key) => {
    expect(duplicateIn(text)).toBe(key)
  })

  it.each([
    '[{"a":[]},{"a":[]}]',
    '{"a":{"a":{"a":[]}}}',
    // The same twice.
    '{"a":1,"a":1}',
    '{"a":"x:","b":{},"a" : "x:"}',
    '{"a":"\\u003a","b":":"}',
    '{"a":"\\"a\\":[","b":["a","a"]}',
    '{"a":"\\u007b[","b":[]}',
    '"text"',
  ])('none in %s', (text) => {
    expect(duplicateIn(text)).toBeUndefined()
  })

  it('of several values, one a line', () => {
    const lines = ['{"a":[1]}', '{"a":[1],"b":[2],"a":[]}']
    const values = lines.map((line): unknown => JSON.parse(line))
    expect(duplicateKey(lines.join('\n'), values)).toBe('a')
    expect(duplicateKey(lines.slice(0, 1).join('\n'), values.slice(0, 1))).toBeUndefined()
  })

  it('none in what was written from data, however it is spaced', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (text, spaces) => {
        expect(duplicateIn(JSON.stringify(JSON.parse(text), undefined, spaces))).toBeUndefined()
      }),
    )
  })
})
