import { expect, test } from 'vitest'
import { parseJsonLines } from './json-lines.ts'

test('objects, plain lines and cut ones are told apart, with their lines', () => {
  const text = 'mypy.ini: note: unused\n{"a": 1}\r\n\n  {"b": {"c": "}"}}  \n[x] 12\n12\n{"d": 1\n{"e": "cut'
  expect(parseJsonLines(text)).toEqual({
    values: [
      { line: 2, value: { a: 1 } },
      { line: 4, value: { b: { c: '}' } } },
    ],
    plain: [
      { line: 1, text: 'mypy.ini: note: unused' },
      { line: 5, text: '[x] 12' },
      { line: 6, text: '12' },
    ],
    broken: [
      { line: 7, text: '{"d": 1' },
      { line: 8, text: '{"e": "cut' },
    ],
  })
})

test('nothing is nothing', () => {
  expect(parseJsonLines(' \n')).toEqual({ values: [], plain: [], broken: [] })
})
