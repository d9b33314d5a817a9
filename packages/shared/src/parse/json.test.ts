import { expect, test } from 'vitest'
import { parseJsonText } from './json.ts'

test('reads JSON, also behind a byte order mark', () => {
  expect(parseJsonText('\ufeff{"a": 1}')).toEqual({ a: 1 })
})

test.each([
  ['{"password": hunter2-hunter2}', "Unexpected token 'h' in JSON"],
  ['{"a":\n"line" \u{1F600}hunter2}', /^Expected ',' or '\}'/],
  ['{"a": [\u{1F600}hunter2]}', /^Unexpected token '.*' in JSON$/u],
  ['hunter2-hunter2', "Unexpected token 'h' in JSON"],
  ['{"a": "hunter2', /^Unterminated string/],
  ['', 'Unexpected end of JSON input'],
])('quotes nothing of what is none: %j', (text, message) => {
  expect(() => parseJsonText(text)).toThrow(message)
  expect(() => parseJsonText(text)).not.toThrow('hunter')
})
