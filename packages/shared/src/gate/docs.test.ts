import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { MetricDeclarations } from './metric.ts'
import { parseRules } from './parse-rules.ts'

const count = { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' } as const
const percent = { description: '', unit: 'percent', adds: 'ratio', better: 'higher' } as const
const points = { description: '', unit: 'points', adds: 'max', better: 'lower' } as const

const metrics = {
  'lint-errors': count,
  score: points,
  coverage: percent,
  duplication: percent,
  'complexity-max': points,
  p95: { description: '', unit: 'seconds', adds: 'max', better: 'lower' },
} satisfies MetricDeclarations

test('the rules that docs/gate.md shows are rules', () => {
  const page = readFileSync(new URL('../../../../docs/gate.md', import.meta.url), 'utf8')
  const [, example = ''] = /```gate\n([^`]*)```/.exec(page) ?? []
  const { rules, problems } = parseRules(example, metrics, 'user')
  expect(problems).toEqual([])
  expect(rules).toHaveLength(9)
})
