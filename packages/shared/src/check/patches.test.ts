import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edit } from '../finding/finding.ts'
import { patchFile } from './patches.ts'

function edit(
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  text: string,
): readonly Edit[] {
  return [{ path: 'a.py', line, column, endLine, endColumn, text }]
}

/** What `git apply` makes of it, which is the only opinion that counts. */
function apply(text: string, patch: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'patch-'))
  try {
    writeFileSync(join(folder, 'a.py'), text)
    if (patch !== '') execFileSync('git', ['apply', '-'], { cwd: folder, input: patch, stdio: 'pipe' })
    return readFileSync(join(folder, 'a.py'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function isBefore([line, column]: readonly [number, number], other: readonly [number, number]): boolean {
  return line < other[0] || (line === other[0] && column <= other[1])
}

describe('patchFile', () => {
  it.each([
    ['replaces a word', 'a = 1\nb = 2\n', edit(2, 5, 2, 6, '3'), 'a = 1\nb = 3\n'],
    ['removes whole lines', 'import os\nimport re\nx = 1\n', edit(1, 1, 2, 1, ''), 'import re\nx = 1\n'],
    ['replaces whole lines by more', 'a\nb\nc\n', edit(2, 1, 3, 1, 'x\ny\n'), 'a\nx\ny\nc\n'],
    ['inserts before a line', 'a\nb\n', edit(2, 1, 2, 1, 'new\n'), 'a\nnew\nb\n'],
    ['appends behind the last line', 'a\n', edit(2, 1, 2, 1, 'b\n'), 'a\nb\n'],
    ['joins lines', 'a = (\n  1)\n', edit(1, 5, 2, 5, '1'), 'a = 1\n'],
    ['keeps a missing newline', 'a\nb', edit(1, 1, 1, 2, 'c'), 'c\nb'],
    ['changes a last line without newline', 'a\nb', edit(2, 1, 2, 2, 'c'), 'a\nc'],
    ['adds a missing newline', 'a\nb', edit(2, 2, 2, 2, '\n'), 'a\nb\n'],
    ['replaces a last line without newline by a whole one', 'x=1', edit(1, 1, 2, 1, 'x = 1\n'), 'x = 1\n'],
    ['keeps the line ends of a file', 'a\r\nb\r\n', edit(1, 1, 2, 1, 'c\n'), 'c\r\nb\r\n'],
    ['keeps line ends that a tool gives', 'a\r\nb\r\n', edit(1, 2, 2, 1, '\r\nc\r\n'), 'a\r\nc\r\nb\r\n'],
    ['keeps a byte order mark', '\ufeffa = 1\n', edit(1, 5, 1, 6, '2'), '\ufeffa = 2\n'],
    ['keeps it in front', '\ufeffb\n', edit(1, 1, 1, 1, 'a\n'), '\ufeffa\nb\n'],
    ['fills an empty file', '', edit(1, 1, 1, 1, 'a\n'), 'a\n'],
    ['empties a file', 'a\n', edit(1, 1, 2, 1, ''), ''],
  ])('%s', (_, before, fix, after) => {
    expect(apply(before, patchFile('a.py', before, [fix]))).toBe(after)
  })

  it('applies the first of two fixes that overlap', () => {
    const patch = patchFile('a.py', 'a = 1\n', [edit(1, 1, 1, 2, 'b'), edit(1, 1, 1, 6, 'c = 2')])
    expect(apply('a = 1\n', patch)).toBe('b = 1\n')
  })

  it('is empty where a fix names a line that is not there', () => {
    expect(patchFile('a.py', 'a\n', [edit(9, 1, 9, 2, 'b')])).toBe('')
  })

  it('applies any replacement of text, whatever stands around it', () => {
    const line = fc.constantFrom('', 'a', 'bb', 'import os', '  x')
    const ends = fc.constantFrom('\n', '\r\n')
    const spot = fc.tuple(fc.nat(12), fc.nat(9))
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        ends,
        fc.boolean(),
        fc.array(line, { maxLength: 3 }),
        fc.tuple(spot, spot),
        (rows, end, lastHasEnd, fresh, spots) => {
          const before = rows.join(end) + (lastHasEnd ? end : '')
          const [[lineA, columnA], [lineB, columnB]] = isBefore(spots[0], spots[1])
            ? spots
            : [spots[1], spots[0]]
          const place = (row: number, column: number) => {
            const index = Math.min(row, rows.length - 1)
            return { line: index + 1, column: Math.min(column, rows[index]?.length ?? 0) + 1 }
          }
          const from = place(lineA, columnA)
          const to = place(lineB, columnB)
          const offset = ({ line, column }: typeof from): number =>
            rows.slice(0, line - 1).reduce((total, row) => total + row.length + end.length, 0) + column - 1
          const text = fresh.join(end)
          const after =
            before.slice(0, offset(from)) + text + before.slice(Math.max(offset(to), offset(from)))
          const fix = edit(
            from.line,
            from.column,
            to.line,
            Math.max(to.column, from.line === to.line ? from.column : 1),
            text,
          )
          expect(apply(before, patchFile('a.py', before, [fix]))).toBe(after)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('applies any set of word edits on different lines', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.option(word)), { minLength: 1, maxLength: 12 }), (rows) => {
        const before = rows.map(([old]) => `${old}\n`).join('')
        const fixes = rows.flatMap(([old, fresh], index) =>
          fresh === null ? [] : [edit(index + 1, 1, index + 1, old.length + 1, fresh)],
        )
        const after = rows.map(([old, fresh]) => `${fresh ?? old}\n`).join('')
        expect(apply(before, patchFile('a.py', before, fixes))).toBe(after)
      }),
      { numRuns: 25 },
    )
  })
})
