import { expect, test } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { MetricDeclarations } from './metric.ts'
import type { MetricPart } from './metrics.ts'
import { addUp } from './metrics.ts'

const declarations = {
  errors: { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
} as const satisfies MetricDeclarations

const plain: Finding = {
  ...{ tool: 'pytest', rule: 'R', level: 'error', message: 'm', metric: 'errors' },
  ...{ fingerprint: 'f', state: 'unchanged' },
}
const instances = [{ leg: 'x', kind: 'unit' }, { leg: 'y' }]
const part: MetricPart = {
  tool: 'pytest',
  metrics: ['errors'],
  findings: [
    { ...plain, instances, state: 'new' },
    { ...plain, instances: [{ leg: 'x' }] },
    { ...plain, instances, suppression: { reason: 'r', source: 'policy' } },
    plain,
  ],
  measurements: [
    { metric: 'errors', value: 0, labels: { leg: 'x' } },
    { metric: 'errors', value: 0, labels: { leg: 'z' } },
    { metric: 'errors', value: 0, labels: { leg: 'x', kind: 'unit' } },
  ],
  compared: 'lines',
}

function value(labels: Readonly<Record<string, string>>, of = part) {
  const found = addUp(declarations, [of]).find(
    (each) => JSON.stringify(each.labels) === JSON.stringify(labels),
  )
  return found && [found.value, found.new]
}

test('a finding counts once for each of its instances', () => {
  expect(value({})).toEqual([4, 2])
})

test('instances count by the labels that the tool measures by, be it with 0', () => {
  expect(value({ leg: 'x' })).toEqual([2, 1])
  expect(value({ leg: 'z' })).toEqual([0, 0])
  expect(value({ leg: 'x', kind: 'unit' })).toEqual([1, 1])
  expect(value({ leg: 'y' })).toBeUndefined()
})

test('what a tool only counts is added, and nobody knows how much of it is new', () => {
  const more = [
    { metric: 'errors', value: 5 },
    { metric: 'errors', value: 3, labels: { leg: 'x' } },
  ]
  const counted = { ...part, measurements: more }
  expect(value({}, counted)).toEqual([9, undefined])
  expect(value({ leg: 'x' }, counted)).toEqual([5, undefined])
})
