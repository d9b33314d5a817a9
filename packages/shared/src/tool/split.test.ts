import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitFiles } from './split.ts'

describe('splitFiles', () => {
  test('keeps a short list whole', () => {
    expect(splitFiles(['ruff', 'check'], ['a.py', 'b.py'], 'linux')).toEqual([['a.py', 'b.py']])
  })

  test('gives one empty list when there are no files', () => {
    expect(splitFiles(['mypy', '.'], [], 'linux')).toEqual([[]])
  })

  test('keeps each command line of Windows below its limit of 32,767 units', () => {
    const files = Array.from({ length: 5000 }, (_, index) => `src\\package\\module "${index}".py`)
    for (const list of splitFiles(['C:\\tools\\ruff.exe'], files, 'win32')) {
      const line = list.map((file) => `"${file.replaceAll(/["\\]/g, '\\$&')}"`).join(' ')
      expect(line.length).toBeLessThan(32_767 - 'C:\\tools\\ruff.exe'.length)
    }
  })

  test('counts bytes, not characters, on Linux', () => {
    const files = Array.from({ length: 2000 }, () => 'é'.repeat(40))
    const largest = Math.max(
      ...splitFiles([], files, 'linux').map((list) => Buffer.byteLength(list.join('\0'))),
    )
    expect(largest).toBeLessThanOrEqual(100_000)
  })

  test('a file that is too long for any line still comes, alone', () => {
    const long = 'x'.repeat(200_000)
    expect(splitFiles([], ['a', long, 'b'], 'linux')).toEqual([['a'], [long], ['b']])
  })

  test('neither loses nor reorders a file', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30_000, size: 'max' }), { maxLength: 20 }), (files) => {
        expect(splitFiles(['tool'], files, 'win32').flat()).toEqual(files)
      }),
    )
  })
})
