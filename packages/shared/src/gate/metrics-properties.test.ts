import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { MetricDeclarations, MetricValue } from './metric.ts'
import type { MetricPart } from './metrics.ts'
import { addUp } from './metrics.ts'

const declarations = {
  errors: { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
  files: { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'files' },
  risks: {
    description: '',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
    primaryLabel: 'severity',
  },
  functions: { description: '', unit: 'count', adds: 'sum', better: 'lower' },
  complexity: { description: '', unit: 'points', adds: 'max', better: 'lower' },
  coverage: { description: '', unit: 'percent', adds: 'ratio', better: 'higher' },
  score: { description: '', unit: 'points', adds: 'only', better: 'higher' },
} as const satisfies MetricDeclarations

function finding(more: Partial<Finding> = {}): Finding {
  return {
    tool: 'ruff',
    rule: 'R',
    level: 'error',
    message: 'm',
    metric: 'errors',
    fingerprint: 'f',
    state: 'unchanged',
    location: { path: 'a.py', line: 1 },
    ...more,
  }
}

describe('for any parts', () => {
  const anyFinding = fc
    .record({
      state: fc.constantFrom<Finding['state']>('new', 'unchanged', 'fixed', 'tool-changed'),
      metric: fc.constantFrom('errors', 'files'),
      path: fc.constantFrom('a.py', 'b.py'),
    })
    .map(({ state, metric, path }) => finding({ state, metric, location: { path, line: 1 } }))
  const number = fc.double({ min: 0, max: 100, noNaN: true })
  const anyMeasurement = fc.oneof(
    fc.record({
      metric: fc.constantFrom('functions', 'complexity'),
      value: number,
      at: fc.constantFrom('x', 'y'),
    }),
    fc.record({ metric: fc.constant('coverage'), value: number, of: number }),
  )
  const anyPart = fc.record({
    tool: fc.constantFrom('ruff', 'mypy'),
    package: fc.constantFrom('api', 'web'),
    metrics: fc.subarray(['errors', 'files']),
    findings: fc.array(anyFinding, { maxLength: 5 }),
    measurements: fc.array(anyMeasurement, { maxLength: 4 }),
    baseMeasurements: fc.option(fc.array(anyMeasurement, { maxLength: 3 }), { nil: undefined }),
    compared: fc.constantFrom<MetricPart['compared']>('exact', 'lines', 'none'),
  })
  const anyParts = fc.array(anyPart, { maxLength: 6 })

  test('their order does not matter', () => {
    fc.assert(
      fc.property(
        anyParts.chain((parts) =>
          fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })),
        ),
        ([parts, shuffled]) => {
          expect(addUp(declarations, shuffled)).toEqual(addUp(declarations, parts))
        },
      ),
    )
  })

  test('a total that is a sum is the sum by tool, and the sum by package', () => {
    const isBy = (label: string) => (each: MetricValue) => Object.keys(each.labels).join() === label
    const sumOf = (values: readonly MetricValue[]) => values.reduce((sum, each) => sum + each.value, 0)
    fc.assert(
      fc.property(anyParts, (parts) => {
        const values = addUp(declarations, parts)
        for (const name of ['errors', 'files', 'functions'] as const) {
          const own = values.filter((each) => each.name === name)
          const total = own.find(isBy(''))?.value ?? 0
          expect(sumOf(own.filter(isBy('tool')))).toBeCloseTo(total)
          expect(sumOf(own.filter(isBy('package')))).toBeCloseTo(total)
          expect(sumOf(own.filter(isBy('tool,package')))).toBeCloseTo(total)
        }
      }),
    )
  })

  test('what is new less what was fixed is the change', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const exact = parts.map((each) => ({ ...each, metrics: ['errors'], compared: 'exact' as const }))
        const fixed = exact
          .flatMap(({ findings }) => findings)
          .filter(({ state, metric }) => state === 'fixed' && metric === 'errors')
        const total = addUp(declarations, exact).find(({ name }) => name === 'errors')
        if (exact.length === 0) {
          expect(total).toBeUndefined()
          return
        }
        expect(Number(total?.value) - Number(total?.base)).toBe(Number(total?.new) - fixed.length)
      }),
    )
  })
})
