import { describe, expect, test } from 'vitest'
import { parseIni } from './ini.ts'

describe('as configparser reads it', () => {
  test.each([
    ['= and :', '[a]\nx = 1\ny: 2\nz=3=4\nw:5=6', { a: { x: '1', y: '2', z: '3=4', w: '5=6' } }],
    [
      'keys in lower case, sections as they are',
      '[Tool]\nMax-Line-Length = 88',
      { Tool: { 'max-line-length': '88' } },
    ],
    ['indented lines', '[a]\nx =\n  1,\n\t2\ny = 3', { a: { x: '\n1,\n2', y: '3' } }],
    ['blank lines inside of a value', '[a]\nx = 1\n\n  2\n\ny = 3', { a: { x: '1\n\n2', y: '3' } }],
    ['comments', '# c\n[a]\n; c\nx = 1 # no comment\n  # c\n  2', { a: { x: '1 # no comment\n2' } }],
    ['an indented key', '[a]\n  x = 1\n  y = 2', { a: { x: '1', y: '2' } }],
    ['an indented section', '[a]\nx = 1\n\n [b]\ny = 2', { a: { x: '1\n\n[b]', y: '2' } }],
    ['text behind a header', '[a] ; text\nx = 1', { a: { x: '1' } }],
    ['a colon in a section', '[flake8:local-plugins]\nx = 1', { 'flake8:local-plugins': { x: '1' } }],
    ['brackets in a section', '[a[b]]\nx = 1', { 'a[b]': { x: '1' } }],
    ['an empty value', '[a]\nx =\ny = 1', { a: { x: '', y: '1' } }],
    ['an empty section', '[a]\n[b]', { a: {}, b: {} }],
    ['interpolation signs', '[a]\nx = %(y)s ${z}', { a: { x: '%(y)s ${z}' } }],
    ['defaults', '[DEFAULT]\nx = 1\n[a]\ny = 2\n[b]\nx = 3', { a: { x: '1', y: '2' }, b: { x: '3' } }],
    ['Windows line ends', '[a]\r\nx = 1\r\n  2\r\n', { a: { x: '1\n2' } }],
    ['nothing', '', {}],
  ])('%s', (_, text, sections) => {
    expect(parseIni(text)).toEqual({ sections })
  })

  test('a key or section named like a property of objects is only a name', () => {
    const { sections } = parseIni('[__proto__]\n__proto__ = 1\n[constructor]\nx = 2')
    expect(Object.keys(sections)).toEqual(['__proto__', 'constructor'])
    expect(Object.entries(Object.values(sections)[0] ?? {})).toEqual([['__proto__', '1']])
  })
})

describe('what configparser refuses is an error with its line', () => {
  test.each([
    ['a section twice', '[a]\nx = 1\n[a]\ny = 2', 'line 3: section [a]', { a: { x: '1', y: '2' } }],
    ['a key twice', '[a]\nx = 1\nX = 2', 'line 3: key x', { a: { x: '2' } }],
    ['a default twice', '[DEFAULT]\nx = 1\n[DEFAULT]\nx = 2\n[a]', 'line 4: key x', { a: { x: '2' } }],
    ['text before a section', 'x = 1\n[a]\ny = 2', 'line 1: comes before', { a: { y: '2' } }],
    ['a key without value', '[a]\nx\ny = 2', 'line 2: is neither', { a: { y: '2' } }],
    ['a value without key', '[a]\n= 1\ny = 2', 'line 2: is neither', { a: { y: '2' } }],
    ['an open header', '[a\nx = 1', 'line 1: comes before', {}],
    ['a byte order mark', '\ufeff[a]\nx = 1', 'line 1: starts with', { a: { x: '1' } }],
  ])('%s', (_, text, error, sections) => {
    const file = parseIni(text)
    expect(file.error).toContain(error)
    expect(file.sections).toEqual(sections)
  })

  test('all of them at once', () => {
    expect(parseIni('x\n[a]\ny\nz').error?.split('; ')).toHaveLength(3)
  })

  test('a key may be in several sections', () => {
    expect(parseIni('[a]\nx = 1\n[b]\nx = 1')).not.toHaveProperty('error')
  })
})
