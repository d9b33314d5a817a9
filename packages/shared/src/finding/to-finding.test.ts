import { describe, expect, test } from 'vitest'
import type { RawFinding } from './finding.ts'
import { fingerprint, identityOf } from './fingerprint.ts'
import { toFinding } from './to-finding.ts'

const sources: Readonly<Record<string, readonly string[]>> = {
  'src/a.py': ['import os', 's = "é😀"; print( s )', '', 'def f():', '    return 1'],
}
const about = {
  tool: 'ruff',
  workspace: '/w',
  cwd: '/w/src',
  source: (path: string) => sources[path],
}
const raw: RawFinding = { rule: 'F401', level: 'error', message: 'unused' }

describe('location', () => {
  test('columns become UTF-16 units, from code points by default', () => {
    const at = { path: 'a.py', line: 2, column: 10, endLine: 2, endColumn: 14 }
    expect(toFinding({ ...raw, location: at }, about).location).toEqual({
      path: 'src/a.py',
      line: 2,
      column: 11,
      endLine: 2,
      endColumn: 15,
    })
    const bytes = { path: 'a.py', line: 2, column: 14, columnUnit: 'utf8' as const }
    expect(toFinding({ ...raw, location: bytes }, about).location).toMatchObject({ column: 11 })
  })

  test.each([
    ['line 0', { line: 0, column: 3 }, {}],
    ['half a line', { line: 1.5 }, {}],
    ['column 0', { line: 1, column: 0 }, { line: 1 }],
    ['an end before the start', { line: 4, column: 1, endLine: 2, endColumn: 9 }, { line: 4, column: 1 }],
    [
      'an end column before the start',
      { line: 1, column: 5, endLine: 1, endColumn: 2 },
      { line: 1, column: 5, endLine: 1 },
    ],
    ['a smaller column on a later line', { line: 4, column: 5, endLine: 5, endColumn: 2 }, null],
  ])('without what is no position: %s', (_, position, expected) => {
    const { location } = toFinding({ ...raw, location: { path: 'a.py', ...position } }, about)
    expect(location).toEqual({ path: 'src/a.py', ...(expected ?? position) })
  })

  test('outside of the repository it is marked and as printed', () => {
    const { location } = toFinding({ ...raw, location: { path: '/usr/lib/x.py', line: 3 } }, about)
    expect(location).toEqual({ path: '/usr/lib/x.py', outside: true, line: 3 })
  })
})

describe('what a tool prints is made harmless', () => {
  test('message, rule and symbol', () => {
    const hostile = { ...raw, rule: 'X\n1', message: 'a\n::error::b', symbol: 'f\u202e' }
    expect(toFinding(hostile, about)).toMatchObject({ rule: 'X 1', message: 'a ::error::b', symbol: 'f' })
  })

  test.each(['javascript:alert(1)', 'https://x/<script>', 'docs/rule.md', 'https://a b'])(
    'help %s is dropped',
    (help) => expect(toFinding({ ...raw, help }, about)).not.toHaveProperty('help'),
  )

  test('an empty message becomes the rule', () => {
    expect(toFinding({ ...raw, message: ' \n' }, about).message).toBe('F401')
  })
})

describe('fixes', () => {
  const edit = { path: 'a.py', line: 2, column: 10, endLine: 2, endColumn: 16, text: 'print(s)' }

  test('get repository paths and UTF-16 columns', () => {
    expect(toFinding({ ...raw, fix: [edit] }, about).fix).toEqual([
      { ...edit, path: 'src/a.py', column: 11, endColumn: 17 },
    ])
  })

  test('are whole or not at all', () => {
    expect(toFinding({ ...raw, fix: [edit, { ...edit, path: '/etc/passwd' }] }, about)).not.toHaveProperty(
      'fix',
    )
    expect(toFinding({ ...raw, fix: [edit, { ...edit, line: 0 }] }, about)).not.toHaveProperty('fix')
  })
})

describe('fingerprint', () => {
  const print = (extra: Partial<RawFinding>) => toFinding({ ...raw, ...extra }, about).fingerprint
  const at = (line: number, endLine?: number) => ({ location: { path: 'a.py', line, endLine } })

  test('is 32 hex digits', () => {
    expect(print({})).toMatch(/^[0-9a-f]{32}$/)
  })

  test('does not depend on file, place, message and blanks of a finding with a line', () => {
    const moved = { ...about, source: () => ['', '  import   os'] }
    const elsewhere = toFinding({ ...raw, message: 'else', location: { path: 'b.py', line: 2 } }, moved)
    expect(elsewhere.fingerprint).toBe(print(at(1)))
  })

  test('depends on rule, line and symbol', () => {
    const prints = [
      print(at(1)),
      print({ ...at(1), rule: 'F811' }),
      print(at(2)),
      print({ ...at(1), symbol: 'f' }),
    ]
    expect(new Set(prints).size).toBe(4)
  })

  test('of a short range holds all its lines, of a long one only the first', () => {
    const lines = ['if a:', '  b()', '  c()', '  d()']
    const other = ['if a:', '  b()', '  C()', '  d()']
    const identity = (source: readonly string[], endLine: number) =>
      identityOf({ message: '', line: 1, endLine, source })
    expect(identity(lines, 3)).not.toBe(identity(other, 3))
    expect(identity(lines, 4)).toBe(identity(other, 4))
  })

  test('of a finding without line ignores numbers of the message', () => {
    expect(print({ message: 'took 3 s' })).toBe(print({ message: 'took 4.5 s' }))
    expect(print({ message: 'slow' })).not.toBe(print({ message: 'fast' }))
  })

  test('of a finding with an identity ignores the line', () => {
    expect(print({ ...at(1), identity: 'x' })).toBe(print({ ...at(2), identity: 'x' }))
    expect(print({ ...at(1), identity: 'x' })).not.toBe(print({ ...at(1), identity: 'y' }))
  })

  test('parts cannot run into each other', () => {
    expect(fingerprint({ rule: 'a', identity: 'b', symbol: 'c' })).not.toBe(
      fingerprint({ rule: 'a', identity: 'bc', symbol: '' }),
    )
  })
})
