import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import { parseUnifiedDiff } from './unified-diff.ts'

/** Real output; fixtures/README.md has the commands and the sources. */
function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
}

const shop = '/srv/my shop'

test('Black: paths with blanks, Windows line ends, no last line end, lines that look like headers', () => {
  expect(parseUnifiedDiff(fixture('black.diff'))).toEqual([
    { path: `${shop}/crlf.py`, oldStart: 3, oldCount: 1, removed: ['x  = 1'], added: ['', 'x = 1'] },
    { path: `${shop}/dashes.py`, oldStart: 1, oldCount: 2, removed: ['', ''], added: [] },
    { path: `${shop}/dashes.py`, oldStart: 4, oldCount: 1, removed: ['-- x'], added: ['--x'] },
    {
      path: `${shop}/no_newline.py`,
      oldStart: 3,
      oldCount: 2,
      removed: ['x  = 1', 'y = 2'],
      added: ['', 'x = 1', 'y = 2'],
    },
    { path: `${shop}/two changes.py`, oldStart: 5, oldCount: 1, removed: ['y  =  2'], added: ['y = 2'] },
    { path: `${shop}/two changes.py`, oldStart: 8, oldCount: 1, removed: ['v  = 5'], added: ['v = 5'] },
  ])
})

test('isort: also where it glues the next header or line to a last line without end', () => {
  const insertion = { oldStart: 1, oldCount: 0, removed: [], added: ['import os'] }
  const removal = { oldStart: 2, oldCount: 1, removed: ['import os'], added: [] }
  expect(parseUnifiedDiff(fixture('isort.diff'))).toEqual([
    { path: `${shop}/crlf.py`, ...insertion },
    { path: `${shop}/crlf.py`, ...removal, added: [''] },
    { path: `${shop}/no_newline.py`, ...insertion },
    { path: `${shop}/no_newline.py`, ...removal, added: [''] },
    {
      path: `${shop}/one_line.py`,
      oldStart: 1,
      oldCount: 1,
      removed: ['import sys, os'],
      added: ['import os', 'import sys'],
    },
    { path: `${shop}/last_line.py`, ...insertion },
    { path: `${shop}/last_line.py`, ...removal },
    { path: `${shop}/last_line.py`, oldStart: 4, oldCount: 1, removed: ['x = 1'], added: ['x = 1'] },
    { path: `${shop}/two changes.py`, ...insertion },
    { path: `${shop}/two changes.py`, ...removal },
  ])
})

test('isort: lines that end in a form feed', () => {
  expect(parseUnifiedDiff(fixture('isort-form-feed.diff'))).toEqual([
    { path: `${shop}/form_feed.py`, oldStart: 1, oldCount: 2, removed: ['import sys', ''], added: [] },
    { path: `${shop}/form_feed.py`, oldStart: 4, oldCount: 0, removed: [], added: ['import sys'] },
  ])
})

test('Ruff: relative paths, no timestamps, cells of notebooks', () => {
  const hunks = parseUnifiedDiff(fixture('ruff-format.diff'))
  expect(hunks.map(({ path, cell, oldStart, oldCount }) => [path, cell, oldStart, oldCount])).toEqual([
    ['crlf.py', undefined, 3, 1],
    ['nb.ipynb', 1, 2, 1],
    ['no_newline.py', undefined, 3, 2],
    ['two changes.py', undefined, 5, 1],
    ['two changes.py', undefined, 8, 1],
  ])
})

describe('small and odd', () => {
  const diff = (body: string, header = '@@ -1,2 +1,2 @@') => `--- a.py\n+++ a.py\n${header}\n${body}`

  test('an insertion stands before the line it names, at the top and at the end', () => {
    expect(parseUnifiedDiff(diff('+x\n', '@@ -0,0 +1 @@'))).toMatchObject([
      { oldStart: 1, oldCount: 0, added: ['x'] },
    ])
    expect(parseUnifiedDiff(diff(' a\n+x\n', '@@ -7,1 +7,2 @@'))).toMatchObject([
      { oldStart: 8, oldCount: 0 },
    ])
  })

  test('text around is passed over', () => {
    expect(
      parseUnifiedDiff(`would reformat a.py\n${diff(' a\n-b\n+c\n')}\n1 file would be reformatted\n`),
    ).toHaveLength(1)
    expect(parseUnifiedDiff('All done!\n')).toEqual([])
    expect(parseUnifiedDiff('')).toEqual([])
  })

  test.each([
    ['cut behind a line', diff(' a\n-b\n')],
    ['cut inside of its header', '--- a.py\n+++ a.py\n@@ -1,2 +1,'],
    ['cut before its lines', diff('')],
    ['with the next file too early', `${diff(' a\n')}${diff(' a\n-b\n+c\n')}`],
    ['without file', '@@ -1,1 +1,1 @@\n-a\n+b\n'],
    ['with half a file header', '+++ a.py\n@@ -1,1 +1,1 @@\n-a\n+b\n'],
    ['with something else between its lines', diff(' a\nerror: x\n-b\n+c\n')],
    ['with the cut header of another file behind it', `${diff(' a\n-b\n+c\n')}--- b.py\n+++ b.py\n`],
  ])('a hunk %s is not trusted', (_, text) => {
    expect(() => parseUnifiedDiff(text)).toThrow(ToolOutputError)
  })
})

test('applying the hunks gives the new file', () => {
  const line = fc.constantFrom<string>('a', 'b', '-- a', '++ b', '@@ -1,1 +1,1 @@', '')
  const change = fc.record({
    keep: line,
    removed: fc.array(line, { maxLength: 3 }),
    added: fc.array(line, { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
      const older = changes.flatMap(({ keep, removed }) => [keep, ...removed])
      const newer = changes.flatMap(({ keep, added }) => [keep, ...added])
      const body = changes.flatMap(({ keep, removed, added }) => [
        ` ${keep}`,
        ...removed.map((text) => `-${text}`),
        ...added.map((text) => `+${text}`),
      ])
      const text = [
        '--- x y.py\t2026-01-01 00:00:00',
        '+++ x y.py\t2026-01-01 00:00:01',
        `@@ -1,${older.length} +1,${newer.length} @@`,
        ...body,
        '',
      ].join('\n')
      const result = [...older]
      for (const hunk of parseUnifiedDiff(text).toReversed()) {
        expect(hunk.path).toBe('x y.py')
        expect(result.splice(hunk.oldStart - 1, hunk.oldCount, ...hunk.added)).toEqual(hunk.removed)
      }
      expect(result).toEqual(newer)
    }),
  )
})
