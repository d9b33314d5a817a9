import { describe, expect, test } from 'vitest'
import { parseDocument } from './report-document.ts'

describe('a report as data', () => {
  test('begins behind the progress that Bandit shows', () => {
    const text = 'Working... ━━━━━━━━━━━━━━━━━━━━ 100% 0:00:01\n{"results": []}\n'
    expect(parseDocument(text).value).toEqual({ results: [] })
  })

  test.each([
    ['progress alone', 'Working... ━━ 100% 0:00:01\n'],
    ['progress before something else', 'Working... ━━ 100% 0:00:01\n<html></html>'],
  ])('does not begin behind %s', (_, text) => {
    expect(() => parseDocument(text)).toThrow()
  })

  test('may stand between lines of a log with any marks in them', () => {
    const text = '12:00:01 say "hi\n{"a":1,"b":{"c":[2]}}\nmsg: "a":1, "a":2\n{"a":1}\n'
    expect(parseDocument(text).value).toEqual([{ a: 1, b: { c: [2] } }, { a: 1 }])
    expect(() => parseDocument(`${text}{"a":1,"a":2}`)).toThrow('"a" twice')
  })
})
