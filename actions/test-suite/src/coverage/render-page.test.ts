import { createHash } from 'node:crypto'
import { reportOf } from '@ci-actions/shared'
import { describe, expect, test } from 'vitest'
import { missedRanges, renderCoveragePage } from './render-page.ts'

const file = (path: string, covered: readonly number[], missed: readonly number[]) => ({
  path,
  covered,
  missed,
  branches: [],
})

describe('page', () => {
  test('the worst files first, with their ranges', () => {
    const page = renderCoveragePage(
      reportOf([file('good.py', [1, 2], []), file('bad.py', [2, 9], [1, 4, 6, 12])]),
    )
    expect(page).toContain('<h1>50.0 % of lines covered</h1>')
    expect(page.indexOf('bad.py')).toBeLessThan(page.indexOf('good.py'))
    expect(page).toContain('1, 4–6, 12')
  })

  test('nothing of a report is markup, and nothing is loaded', () => {
    const page = renderCoveragePage(reportOf([file('<script>alert(1)</script>', [1], [])]))
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(/(src|href)=/)
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(page).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  })

  test('what is not shown is counted', () => {
    const many = Array.from({ length: 5003 }, (_, index) => file(`f${index}.py`, [1], []))
    expect(renderCoveragePage(reportOf(many))).toContain('Showing 5000 of 5003 files')
    const ragged = Array.from({ length: 70 }, (_, index) => 2 * index + 1)
    const ran = ragged.map((line) => line + 1)
    expect(renderCoveragePage(reportOf([file('a', ran, ragged)]))).toContain('and 10 more ranges')
  })

  test('of nothing says so', () => {
    expect(renderCoveragePage(reportOf([]))).toContain('<h1>No lines were measured</h1>')
  })

  test('99.99 % is not 100 %', () => {
    const covered = Array.from({ length: 99_999 }, (_, index) => index + 1)
    expect(renderCoveragePage(reportOf([file('a', covered, [100_000])]))).toContain(
      '<h1>99.9 % of lines covered</h1>',
    )
  })
})

test('a range goes over lines that cannot run, and ends at one that ran', () => {
  expect(missedRanges(file('a', [5, 20], [1, 3, 4, 6, 19, 21]))).toEqual([
    { start: 1, end: 4 },
    { start: 6, end: 19 },
    { start: 21, end: 21 },
  ])
})
