import { readFileSync } from 'node:fs'
import type { CoverageReport } from '@ci-actions/shared'
import { branchShare, readCoverageFile, reportOf, ToolOutputError } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapPaths } from './map-paths.ts'
import { anyReport, chunksOf } from './test/reports.ts'
import { uniteCoverage } from './unite.ts'

function fixture(name: string): Promise<CoverageReport> {
  const url = new URL(`../../../../packages/shared/src/parse/fixtures/${name}`, import.meta.url)
  return readCoverageFile({ path: name, chunks: () => chunksOf(readFileSync(url, 'utf8')) })
}

describe('what `coverage combine` makes of two runs', () => {
  test.each([
    ['shop-a.xml', 'shop-b.xml'],
    ['shop-a.json', 'shop-b.json'],
    ['shop-a.lcov', 'shop-b.lcov'],
    ['shop-a.xml', 'shop-b.lcov'],
    ['shop-b.json', 'shop-a.xml'],
  ])('is what comes of %s and %s', async (a, b) => {
    const united = uniteCoverage([await fixture(a), await fixture(b)])
    const combined = await fixture('shop-united.json')
    expect({ ...united, sources: [] }).toEqual(combined)
    expect(branchShare(united.files)).toEqual({ covered: 6, total: 10 })
  })
})

describe('union', () => {
  test('does not depend on order, grouping and repetition', () => {
    fc.assert(
      fc.property(anyReport(), anyReport(), anyReport(), (a, b, c) => {
        expect(uniteCoverage([a, b])).toEqual(uniteCoverage([b, a]))
        const all = uniteCoverage([a, b, c])
        expect(uniteCoverage([uniteCoverage([a, b]), c])).toEqual(all)
        expect(uniteCoverage([a, uniteCoverage([b, c])])).toEqual(all)
        expect(uniteCoverage([a, a])).toEqual(uniteCoverage([a]))
        expect(uniteCoverage([all, b])).toEqual(all)
      }),
    )
  })

  test('a line is covered exactly if it is so in one of them', () => {
    fc.assert(
      fc.property(anyReport(), anyReport(), (a, b) => {
        const united = uniteCoverage([a, b])
        const lines = (reports: readonly CoverageReport[], kind: 'covered' | 'missed') =>
          new Set(
            reports.flatMap(({ files }) =>
              files.flatMap((file) => file[kind].map((line) => `${file.path}:${line}`)),
            ),
          )
        const covered = lines([a, b], 'covered')
        expect(lines([united], 'covered')).toEqual(covered)
        expect(lines([united], 'missed')).toEqual(lines([a, b], 'missed').difference(covered))
        expect(united.lines).toBe(covered.union(lines([a, b], 'missed')).size)
      }),
    )
  })

  test('keeps the folders of all, each once', () => {
    expect(
      uniteCoverage([
        { ...reportOf([]), sources: ['/b', '/a'] },
        { ...reportOf([]), sources: ['/a'] },
      ]).sources,
    ).toEqual(['/a', '/b'])
  })

  test('of nothing is nothing', () => {
    expect(uniteCoverage([])).toEqual(reportOf([]))
  })

  test('a report of totals alone stands alone, and is never left out silently', () => {
    const stated = { covered: 8, lines: 10, files: [], sources: [] }
    const other = reportOf([{ path: 'a', covered: [1], missed: [], branches: [] }])
    expect(uniteCoverage([mapPaths(stated, ['a']).report])).toEqual(stated)
    expect(() => uniteCoverage([other, stated])).toThrow(ToolOutputError)
  })
})
