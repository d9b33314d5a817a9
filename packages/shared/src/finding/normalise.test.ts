import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalisePath, toUtf16Column } from './normalise.ts'

const posix = { workspace: '/home/ci/shop', cwd: '/home/ci/shop/services/api' }
const windows = { workspace: 'D:\\a\\shop', cwd: 'D:\\a\\shop\\api' }

describe('paths inside', () => {
  test.each([
    ['relative to where the tool ran', posix, 'app/main.py', 'services/api/app/main.py'],
    ['with a leading dot', posix, './app/main.py', 'services/api/app/main.py'],
    ['up and down again', posix, '../web/main.py', 'services/web/main.py'],
    ['absolute', posix, '/home/ci/shop/setup.py', 'setup.py'],
    ['absolute with superfluous parts', posix, '/home/ci/./shop//a/../setup.py', 'setup.py'],
    ['a file URI', posix, 'file:///home/ci/shop/a%20b/%C3%A9.py', 'a b/é.py'],
    ['a file URI with localhost', posix, 'file://localhost/home/ci/shop/a.py', 'a.py'],
    ['a file URI with a bad escape', posix, 'file:///home/ci/shop/100%.py', '100%.py'],
    ['a percent sign in a plain path', posix, 'a%20b.py', 'services/api/a%20b.py'],
    ['backslashes', posix, 'app\\main.py', 'services/api/app/main.py'],
    ['a colon in a name', posix, 'a:b.py', 'services/api/a:b.py'],
    ['a drive letter of another case', windows, 'd:\\A\\Shop\\Src\\x.py', 'Src/x.py'],
    ['a drive letter in a URI', windows, 'file:///D:/a/shop/x.py', 'x.py'],
    ['a long Windows path', windows, '\\\\?\\D:\\a\\shop\\x.py', 'x.py'],
    ['relative on Windows', windows, 'x\\y.py', 'api/x/y.py'],
    ['the top itself', posix, '/home/ci/shop/', ''],
  ])('%s', (_, folders, printed, path) => {
    expect(normalisePath(printed, folders)).toEqual({ path, outside: false })
  })
})

describe('paths outside are kept as printed', () => {
  test.each([
    ['elsewhere', '/usr/lib/python3/os.py'],
    ['out of the workspace', '../../../secret.py'],
    ['a sibling with the same start', '/home/ci/shop2/a.py'],
    ['another case on a system that tells them apart', '/home/ci/Shop/a.py'],
    ['a web address', 'https://example.org/a.py'],
    ['a file on a server', 'file://server/home/ci/shop/a.py'],
    ['standard input', '<stdin>'],
    ['standard input, short', '-'],
    ['nothing', ''],
  ])('%s', (_, printed) => {
    expect(normalisePath(printed, posix)).toEqual({ path: printed, outside: true })
  })

  test('on one line', () => {
    expect(normalisePath('/etc/a\n\u001b[31mb', posix)).toEqual({ path: '/etc/a b', outside: true })
  })
})

test('a path inside never has dots or a leading slash', () => {
  const name = fc.constantFrom('.', '..', 'a', 'b.py', '', '...', 'C:')
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (names) => {
      const { path, outside } = normalisePath(names.join('/'), posix)
      if (outside || path === '') return
      for (const part of path.split('/')) expect(['', '.', '..']).not.toContain(part)
    }),
  )
})

describe('columns', () => {
  // 'é' is 2 bytes and 1 unit, '😀' 4 bytes and 2 units.
  const line = 'é😀x'

  test.each([
    ['codepoint', [1, 2, 4, 5, 5]],
    ['utf16', [1, 2, 3, 4, 5]],
  ] as const)('%s', (unit, expected) => {
    expect([1, 2, 3, 4, 99].map((column) => toUtf16Column(line, column, unit))).toEqual([...expected])
  })

  test('utf8; inside of a character its start', () => {
    const columns = [1, 2, 3, 4, 6, 7, 8, 99]
    expect(columns.map((column) => toUtf16Column(line, column, 'utf8'))).toEqual([1, 1, 2, 2, 2, 4, 5, 5])
  })

  test('agree on ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.integer({ min: 1, max: 30 }), (text, column) => {
        const expected = Math.min(column, text.length + 1)
        for (const unit of ['utf16', 'utf8', 'codepoint'] as const) {
          expect(toUtf16Column(text, column, unit)).toBe(expected)
        }
      }),
    )
  })

  test('are those of the text before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const bytes = new TextEncoder().encode(before).length
        expect(toUtf16Column(before + after, bytes + 1, 'utf8')).toBe(before.length + 1)
        expect(toUtf16Column(before + after, [...before].length + 1, 'codepoint')).toBe(before.length + 1)
      }),
    )
  })
})
