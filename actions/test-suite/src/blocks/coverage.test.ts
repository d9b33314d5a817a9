import type { FileChange, FileCoverage } from '@ci-actions/shared'
import { reportOf } from '@ci-actions/shared'
import { describe, expect, test } from 'vitest'
import { patchCoverage } from '../coverage/patch.ts'
import { coverageBlocks } from './coverage.ts'
import { flat, titlesOf } from './test/failing.ts'

const file = (path: string, covered: readonly number[], missed: readonly number[]): FileCoverage => {
  return { path, covered, missed, branches: [] }
}
const coverage = reportOf([
  file('src/a.py', [1, 2, 3, 8], [4, 5, 6, 9]),
  file('src/b.py', [1, 2, 3], [4]),
  file('src/whole.py', [1], []),
])
const changes: readonly FileChange[] = [
  { path: 'src/a.py', kind: 'modified', lines: [{ start: 3, end: 9 }] },
  { path: 'README.md', kind: 'modified', lines: [{ start: 1, end: 9 }] },
]
const linkTemplate = 'https://github.com/acme/shop/blob/abc/{path}#L{line}'

describe('coverageBlocks', () => {
  test('has a bar for each file that the change touches, and its lines without a test', () => {
    const patch = patchCoverage(coverage, changes)
    const blocks = coverageBlocks({ coverage, changes, patch, linkTemplate })
    expect(titlesOf(blocks)).toEqual(['Coverage: 61.5 %; of 6 changed lines 33.3 %'])
    expect(flat(blocks)).toContainEqual(
      expect.objectContaining({ rows: [['`src/a.py`', '50 %', '`█████░░░░░`', '2 of 6', '4–6, 9']] }),
    )
    expect(flat(blocks).filter(({ kind }) => kind === 'link')).toEqual([
      {
        kind: 'link',
        label: '`src/a.py:4–6`',
        url: 'https://github.com/acme/shop/blob/abc/src/a.py#L4-L6',
      },
      { kind: 'link', label: '`src/a.py:9`', url: 'https://github.com/acme/shop/blob/abc/src/a.py#L9' },
    ])
  })

  test('has the files with the least coverage where the change touches none', () => {
    const blocks = coverageBlocks({ coverage, changes: [] })
    expect(flat(blocks)).toContainEqual(
      expect.objectContaining({
        rows: [
          ['`src/a.py`', '50 %', '`█████░░░░░`', '4–6, 9'],
          ['`src/b.py`', '75 %', '`████████░░`', '4'],
        ],
      }),
    )
  })

  test('says nothing without coverage', () => {
    expect(coverageBlocks({ coverage: undefined, changes })).toEqual([])
    expect(coverageBlocks({ coverage: reportOf([]), changes })).toEqual([])
  })

  test('counts the ranges and files that have no room', () => {
    const odd = Array.from({ length: 20 }, (_, index) => 2 * index + 1)
    const many = reportOf(Array.from({ length: 30 }, (_, index) => file(`src/${index}.py`, [2], odd)))
    const table = flat(coverageBlocks({ coverage: many, changes: [] })).find(({ kind }) => kind === 'table')
    expect(table).toMatchObject({ more: 10 })
    expect(JSON.stringify(table)).toContain('1, 3, 5, 7, 9, 11 and 14 more')
  })
})
