import type { MetricValue } from '@ci-actions/shared'
import { addUp } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failedTest, flakyTest, quarantinedTest } from '../failed-tests.ts'
import { judgeTests, resultsOf } from '../judged-tests.ts'
import { metrics } from '../metrics.ts'
import type { TestLabels } from '../results/label-counts.ts'
import { createTally } from '../results/tally.ts'
import type { TestResult } from '../results/test-result.ts'
import { testKinds } from '../results/test-result.ts'
import { testPart } from '../suite-metrics.ts'
import { withoutQuarantined } from './labelled-metrics.ts'

const quarantine = [{ test: 'q*', reason: 'r', owner: 'o', expires: '2026-02-01' }]
const places = { tool: 'pytest', top: '/repo', cwd: '/repo', files: new Set<string>() }

function valuesOf(tests: readonly TestResult[], failures = 1000) {
  const counting = createTally({ failures })
  for (const each of tests) counting.test(each)
  const tally = counting.finish()
  const judged = judgeTests({ today: '2026-01-01', quarantine }, { tally, complete: true })
  const findings = [
    ...judged.counted.map((each) => failedTest(each, places)),
    ...judged.quarantined.map((each) => quarantinedTest(each, places)),
    ...judged.flaky.map((each) => flakyTest(each, places)),
  ]
  const quarantined = resultsOf(judged.quarantined.map(({ test: each }) => each))
  const values = addUp(metrics, [
    testPart('pytest', tally, findings, { quarantined, failed: false, orderKnown: false }),
  ])
  return { values, shown: withoutQuarantined(tally.labelled, judged.quarantined) }
}

function find(values: readonly MetricValue[], name: string, labels: TestLabels = {}): number | undefined {
  const key = (each: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(each).sort())
  return values.find((value) => value.name === name && key(value.labels) === key(labels))?.value
}

const plain = { suites: [], flaky: false, failures: [] } as const
const labelledTest: fc.Arbitrary<TestResult> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'q', 'r'),
    outcome: fc.constantFrom('passed', 'failed', 'error', 'skipped', 'flaky'),
    seconds: fc.integer({ min: 0, max: 1000 }),
    kind: fc.constantFrom(...testKinds),
    package: fc.constantFrom('api', 'web'),
    leg: fc.constantFrom('x', 'y', 'z'),
  })
  .map(({ outcome, ...rest }) => ({
    ...{ ...plain, ...rest, name: rest.id },
    status: outcome === 'flaky' ? 'passed' : outcome,
    flaky: outcome === 'flaky',
  }))

const names = ['tests', 'failures', 'errors', 'skipped', 'flaky', 'duration'] as const

describe('metrics by label', () => {
  const labels: readonly (readonly TestLabels[])[] = [
    testKinds.map((kind) => ({ kind })),
    ['api', 'web'].map((name) => ({ package: name })),
    ['x', 'y', 'z'].map((leg) => ({ leg })),
    testKinds.flatMap((kind) => ['api', 'web'].map((name) => ({ kind, package: name }))),
  ]

  // With so few whole failures that most are only counted, too.
  test.each([1000, 0])('add up to the total where all tests have the label (%i kept)', (kept) => {
    fc.assert(
      fc.property(fc.array(labelledTest, { maxLength: 60 }), (tests) => {
        const { values } = valuesOf(tests, kept)
        for (const name of names)
          for (const group of labels) {
            const parts = group.map((each) => find(values, name, each) ?? 0)
            expect(parts.reduce((sum, part) => sum + part, 0)).toBe(find(values, name))
          }
      }),
    )
  })

  test('leave the totals as they are without labels', () => {
    fc.assert(
      fc.property(fc.array(labelledTest, { maxLength: 60 }), (tests) => {
        const without = tests.map(({ kind: _, package: __, leg: ___, ...rest }) => rest)
        const total = (all: readonly TestResult[]) =>
          valuesOf(all)
            .values.filter((value) => Object.keys(value.labels).length === 0 && value.name !== 'kind-share')
            .map(({ name, value }) => [name, value])
        expect(total(tests)).toEqual(total(without))
      }),
    )
  })

  test('are what the tables of the report show', () => {
    fc.assert(
      fc.property(fc.array(labelledTest, { maxLength: 60 }), (tests) => {
        const { values, shown } = valuesOf(tests)
        for (const each of shown) {
          expect(find(values, 'failures', each.labels)).toBe(each.failures)
          expect(find(values, 'errors', each.labels)).toBe(each.errors)
          expect(find(values, 'flaky', each.labels)).toBe(each.flaky)
        }
      }),
    )
  })
})

describe('shares of kinds', () => {
  const given = (kind: TestResult['kind'], name?: string): TestResult => ({
    ...{ ...plain, id: 'a', name: 'a', status: 'passed' },
    ...(kind !== undefined && { kind }),
    ...(name !== undefined && { package: name }),
  })

  test('are of the tests that have a kind, and none is a share too', () => {
    const { values } = valuesOf([given('unit'), given('unit'), given('unit'), given('e2e'), given(undefined)])
    const shares = testKinds.map((kind) => find(values, 'kind-share', { kind }))
    expect(shares).toEqual([75, 0, 25, 0, 0])
    expect(find(values, 'kind-share')).toBe(80)
    expect(find(values, 'tests', { kind: 'security' })).toBe(0)
  })

  test('are of the tests of a package, within it', () => {
    const { values } = valuesOf([given('unit', 'api'), given('e2e', 'api'), given('unit', 'web')])
    expect(find(values, 'kind-share', { kind: 'unit', package: 'api' })).toBe(50)
    expect(find(values, 'kind-share', { kind: 'e2e', package: 'web' })).toBe(0)
  })

  test('are not measured where no test has a kind', () => {
    const { values } = valuesOf([given(undefined)])
    expect(
      values.filter(({ name, labels }) => name === 'kind-share' || labels['kind'] !== undefined),
    ).toEqual([])
  })
})
