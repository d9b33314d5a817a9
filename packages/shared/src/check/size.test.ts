import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFiles, recordingHost } from '../host/recording/index.ts'
import { countLines, measureFiles } from './size.ts'

describe('countLines', () => {
  it.each([
    ['', 0],
    ['\n\n \t\r\n', 0],
    ['a', 1],
    ['a\n\n  b\r\n', 2],
  ])('%j has %d lines that are not blank', (text, lines) => {
    expect(countLines(new TextEncoder().encode(text))).toBe(lines)
  })

  it('is the number of lines that trim to something', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ \ta-z\r]*$/)), (lines) => {
        const expected = lines.filter((line) => line.trim() !== '').length
        expect(countLines(new TextEncoder().encode(lines.join('\n')))).toBe(expected)
      }),
    )
  })
})

describe('measureFiles', () => {
  it('counts a large file piece by piece, and one that cannot be read as empty', async () => {
    const files = memoryFiles({ '/w/a.py': 'x\n\ny', '/w/large.py': 'x\n', '/w/closed.py': 'x' })
    const closed = (path: string) => path.endsWith('closed.py')
    const host = recordingHost({
      files: {
        ...files,
        status: async (path) => ({ kind: 'file', bytes: path.endsWith('large.py') ? 3e9 : 1, modifiedMs: 0 }),
        read: (path) => (closed(path) ? Promise.reject(new Error('EACCES')) : files.read(path)),
        stream: async function* () {
          for (const piece of ['one', ' line\n \t', '\ntwo', '\n', '\nthree'])
            yield new TextEncoder().encode(piece)
        },
      },
    })
    const names = ['a.py', 'large.py', 'closed.py', 'missing.py']
    expect(await measureFiles(host, '/w', names)).toEqual({ files: 4, lines: 5 })
  })
})
