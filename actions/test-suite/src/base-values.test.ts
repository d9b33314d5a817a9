import type { MetricValue } from '@ci-actions/shared'
import { parseRules } from '@ci-actions/shared'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { metricsWithoutBase, valuesToKeep, withBaseValues } from './base-values.ts'
import { metrics } from './metrics.ts'

function metric(name: string, value: number, labels: Readonly<Record<string, string>> = {}): MetricValue {
  return { name, value, labels, unit: 'percent', tools: [] }
}

function rules(text: string) {
  return parseRules(text, metrics, 'user').rules
}

const path = { path: 'src/"x"/**' }
const values = [metric('coverage', 80), metric('coverage', 70, path), metric('tests', 9, { tool: 'pytest' })]

it('keeps totals, and what a rule compares', () => {
  expect(valuesToKeep(values, rules('coverage{path="src/\\"x\\"/**"} >= 1%'))).toEqual({ coverage: 80 })
  expect(Object.values(valuesToKeep(values, rules('delta.coverage{path="src/\\"x\\"/**"} >= 1%')))).toEqual([
    80, 70,
  ])
})

it('gives each value the one that was kept of it', () => {
  const compare = rules('delta.coverage{path="src/\\"x\\"/**"} >= 1%')
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 3, maxLength: 3 }), (before) => {
      const earlier = values.map((value, index) => ({ ...value, value: before[index] ?? 0 }))
      const compared = withBaseValues(values, { values: valuesToKeep(earlier, compare) })
      expect(compared.map(({ base }) => base)).toEqual([before[0], before[1], undefined])
      expect(compared.map(({ value }) => value)).toEqual([80, 70, 9])
      expect([...metricsWithoutBase(compared)]).toEqual(['tests'])
    }),
  )
})

it('knows nothing of a run that kept nothing', () => {
  expect(withBaseValues(values, undefined)).toEqual(values)
  expect(withBaseValues(values, {})).toEqual(values)
})
