import { reportOf } from '@ci-actions/shared'
import { expect, test } from 'vitest'
import { coverageMeasurements } from './totals.ts'

const report = reportOf([
  {
    path: 'src/payments/api.py',
    covered: [1, 2],
    missed: [3],
    branches: [{ line: 1, covered: 1, total: 2, missed: [] }],
  },
  { path: 'src/payments/.hidden/x.py', covered: [1], missed: [], branches: [] },
  { path: 'src/other.py', covered: [], missed: [1, 2, 3, 4], branches: [] },
])

test('the total, and one for each glob', () => {
  expect(coverageMeasurements(report, ['src/payments/**', 'src/other.py', 'src/payments/**'])).toEqual([
    { metric: 'coverage', value: 3, of: 8 },
    { metric: 'branch-coverage', value: 1, of: 2 },
    { metric: 'coverage', value: 3, of: 4, labels: { path: 'src/payments/**' } },
    { metric: 'branch-coverage', value: 1, of: 2, labels: { path: 'src/payments/**' } },
    { metric: 'coverage', value: 0, of: 4, labels: { path: 'src/other.py' } },
  ])
})

test('a glob that matches nothing measures nothing, instead of passing or failing by chance', () => {
  expect(coverageMeasurements(report, ['src/gone/**']).filter(({ labels }) => labels !== undefined)).toEqual(
    [],
  )
})

test('a folder means all below it', () => {
  expect(coverageMeasurements(report, ['src/payments/'])).toContainEqual({
    metric: 'coverage',
    value: 3,
    of: 4,
    labels: { path: 'src/payments/' },
  })
})

test('a report without lines measures nothing', () => {
  expect(coverageMeasurements(reportOf([]), ['**'])).toEqual([])
})
