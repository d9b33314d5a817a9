import { expect, test } from 'vitest'
import { renderCoverageBadge } from './badge.ts'

test.each([
  [100, '100%', 'brightgreen'],
  [99.99, '99%', 'brightgreen'],
  [89.999, '89%', 'green'],
  [79.96, '79%', 'yellowgreen'],
  [50, '50%', 'orange'],
  [0, '0%', 'red'],
  [-3, '0%', 'red'],
  [300, '100%', 'brightgreen'],
  [undefined, 'unknown', 'lightgrey'],
  [Number.NaN, 'unknown', 'lightgrey'],
])('%s percent', (percent, message, color) => {
  const { json, svg } = renderCoverageBadge(percent)
  expect(JSON.parse(json)).toEqual({ schemaVersion: 1, label: 'coverage', message, color })
  expect(svg).toContain(`<title>coverage: ${message}</title>`)
})

test('the picture loads nothing, and is wide enough for what it says', () => {
  const { svg } = renderCoverageBadge(100)
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|href|@import|<script/)
  const width = Number(/width="(\d+)"/.exec(svg)?.[1])
  const texts = [...svg.matchAll(/textLength="(\d+)"/g)].map(([, length]) => Number(length))
  expect(texts).toHaveLength(2)
  expect(texts.reduce((sum, length) => sum + length, 0)).toBeLessThan(width)
})
