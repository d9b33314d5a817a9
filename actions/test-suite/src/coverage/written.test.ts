import { readFileSync } from 'node:fs'
import type { CoverageReport } from '@ci-actions/shared'
import { readCoverageFile, reportOf } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderCobertura } from './render-cobertura.ts'
import { renderLcov } from './render-lcov.ts'
import { anyReport, chunksOf } from './test/reports.ts'
import { uniteCoverage } from './unite.ts'

function read(text: string): Promise<CoverageReport> {
  return readCoverageFile({ path: 'written', chunks: () => chunksOf(text) })
}

/** What a format cannot say is left out: names of branches that are not as many as were missed, or not its own. */
function sayable(report: CoverageReport, schemes: RegExp): CoverageReport {
  const files = report.files.map((file) => ({
    ...file,
    branches: file.branches.map((each) => {
      const exact =
        each.missed.length === each.total - each.covered && each.missed.every((name) => schemes.test(name))
      return { ...each, missed: exact ? each.missed : [] }
    }),
  }))
  return { ...report, files }
}

/** LCOV without a record is no LCOV. */
const withFiles = anyReport().filter((report) => report.files.length > 0)

describe('what is written is what is read', () => {
  test('Cobertura', async () => {
    await fc.assert(
      fc.asyncProperty(withFiles, async (report) => {
        expect(await read(renderCobertura(report))).toEqual({ ...sayable(report, /^py:/), sources: ['.'] })
      }),
    )
  })

  test('LCOV', async () => {
    await fc.assert(
      fc.asyncProperty(withFiles, async (report) => {
        expect(await read(renderLcov(report))).toEqual(sayable(report, /^(py|lcov):/))
      }),
    )
  })

  test('of a union of real reports', async () => {
    const reports = await Promise.all(
      ['shop-a.xml', 'shop-b.lcov'].map((name) => {
        const url = new URL(`../../../../packages/shared/src/parse/fixtures/${name}`, import.meta.url)
        return read(readFileSync(url, 'utf8'))
      }),
    )
    const united = { ...uniteCoverage(reports), sources: [] }
    expect(await read(renderLcov(united))).toEqual(united)
    expect(await read(renderCobertura(united))).toEqual({ ...united, sources: ['.'] })
  })

  test('branches that were only counted get no names that another run could be compared by', async () => {
    const counted = (covered: number) =>
      reportOf([
        { path: 'a', covered: [1], missed: [], branches: [{ line: 1, covered, total: 2, missed: [] }] },
      ])
    const named = reportOf([
      {
        path: 'a',
        covered: [1],
        missed: [],
        branches: [{ line: 1, covered: 1, total: 2, missed: ['lcov:0,0'] }],
      },
    ])
    const united = uniteCoverage([await read(renderLcov(counted(1))), named])
    expect(united.files[0]?.branches[0]).toMatchObject({ covered: 1, total: 2 })
  })
})

describe('Cobertura', () => {
  const report = reportOf([
    {
      path: 'src/a & b/"x".py',
      covered: [1, 2],
      missed: [3],
      branches: [{ line: 2, covered: 1, total: 2, missed: ['py:exit'] }],
    },
    { path: 'top.py', covered: [], missed: [], branches: [] },
  ])

  test('has the attributes that Codecov and Sonar look for', () => {
    const text = renderCobertura(report)
    expect(text).toContain('<source>.</source>')
    expect(text).toContain('filename="src/a &amp; b/&quot;x&quot;.py"')
    expect(text).toContain(
      '<line number="2" hits="1" branch="true" condition-coverage="50% (1/2)" missing-branches="exit"/>',
    )
    expect(text).toContain('lines-valid="3" lines-covered="2" line-rate="0.6666"')
    expect(text).toContain('branches-valid="2" branches-covered="1" branch-rate="0.5"')
    // Codecov refuses reports that seem older than half a day; it takes 0 for none.
    expect(text).toContain('timestamp="0"')
  })

  test('is XML whatever a path holds', async () => {
    const path = 'a\u0000\u0007\n\ud800<!--.py'
    const { files } = await read(
      renderCobertura(reportOf([{ path, covered: [1], missed: [], branches: [] }])),
    )
    expect(files.map((file) => file.path)).toEqual(['a\ufffd\ufffd\n\ufffd<!--.py'])
  })

  test('says that all is covered only where all is', () => {
    const covered = Array.from({ length: 99_999 }, (_, index) => index + 1)
    expect(renderCobertura(reportOf([{ path: 'a', covered, missed: [100_000], branches: [] }]))).toContain(
      'line-rate="0.9999"',
    )
  })
})

test('a path with line breaks cannot add lines to LCOV', async () => {
  const path = 'a\nDA:9,1\nend_of_record'
  const { files } = await read(renderLcov(reportOf([{ path, covered: [], missed: [1], branches: [] }])))
  expect(files).toMatchObject([{ covered: [], missed: [1] }])
})
