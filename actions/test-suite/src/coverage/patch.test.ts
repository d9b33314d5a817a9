import type { CoverageReport, FileChange } from '@ci-actions/shared'
import { branchShare, reportOf } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patchCoverage } from './patch.ts'
import { anyReport } from './test/reports.ts'

const report: CoverageReport = reportOf([
  {
    path: 'src/a.py',
    covered: [1, 2, 9, 20],
    missed: [3, 5, 6, 10, 12, 21],
    branches: [
      { line: 2, covered: 1, total: 2, missed: [] },
      { line: 5, covered: 0, total: 2, missed: [] },
      { line: 20, covered: 2, total: 2, missed: [] },
    ],
  },
])

function change(path: string, ...lines: readonly (readonly [number, number])[]): FileChange {
  return { path, kind: 'modified', lines: lines.map(([start, end]) => ({ start, end })) }
}

describe('coverage of a change', () => {
  test('counts the changed lines that can run', () => {
    expect(patchCoverage(report, [change('src/a.py', [2, 5], [20, 30])])).toEqual({
      covered: 2,
      lines: 5,
      uncovered: [
        { path: 'src/a.py', start: 3, end: 5, lines: 2 },
        { path: 'src/a.py', start: 21, end: 21, lines: 1 },
      ],
      partial: [{ path: 'src/a.py', line: 2, covered: 1, total: 2 }],
      branches: { covered: 3, total: 6 },
      unknown: [],
    })
  })

  test('a range ends at a line that ran, and at a line that is not part of the change', () => {
    const ranges = (each: FileChange) =>
      patchCoverage(report, [each]).uncovered.map(({ start, end }) => [start, end])
    expect(ranges(change('src/a.py', [1, 30]))).toEqual([
      [3, 6],
      [10, 12],
      [21, 21],
    ])
    expect(ranges(change('src/a.py', [3, 3], [5, 6]))).toEqual([
      [3, 3],
      [5, 6],
    ])
  })

  test('of new code that no test imports is not silent about it', () => {
    const result = patchCoverage(report, [change('src/new.py', [1, 9]), change('README.md', [1, 9])])
    expect(result).toMatchObject({ covered: 0, lines: 0, unknown: ['src/new.py'] })
  })

  test('of deleted files and changes of mode is nothing', () => {
    const gone: FileChange = { path: 'src/gone.py', kind: 'deleted', lines: [] }
    expect(patchCoverage(report, [gone, change('src/a.py')])).toMatchObject({ lines: 0, unknown: [] })
  })

  test('of everything is the total', () => {
    fc.assert(
      fc.property(anyReport(), (any) => {
        const all = any.files.map(({ path }) => change(path, [1, 1000]))
        const { covered, lines, branches, uncovered } = patchCoverage(any, all)
        expect({ covered, lines }).toEqual({ covered: any.covered, lines: any.lines })
        expect(branches).toEqual(branchShare(any.files))
        expect(uncovered.reduce((sum, span) => sum + span.lines, 0)).toBe(any.lines - any.covered)
      }),
    )
  })

  test('of the parts of a change adds up', () => {
    fc.assert(
      fc.property(anyReport(), fc.integer({ min: 1, max: 12 }), (any, cut) => {
        const of = (start: number, end: number) =>
          patchCoverage(
            any,
            any.files.map(({ path }) => change(path, [start, end])),
          )
        const [first, second] = [of(1, cut), of(cut + 1, 100)]
        expect(first.lines + second.lines).toBe(any.lines)
        expect(first.covered + second.covered).toBe(any.covered)
      }),
    )
  })
})
