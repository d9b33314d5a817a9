import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvaluateOptions } from './evaluate.ts'
import { evaluate } from './evaluate.ts'
import type { MetricDeclarations, MetricValue, Unit } from './metric.ts'
import { parseRules } from './parse-rules.ts'
import type { Rule } from './rule.ts'

const count = { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' } as const
const declarations = {
  'lint-errors': count,
  'type-errors': count,
  score: { description: '', unit: 'points', adds: 'only', better: 'higher' },
  coverage: { description: '', unit: 'percent', adds: 'ratio', better: 'higher' },
  p95: { description: '', unit: 'seconds', adds: 'max', better: 'lower', primaryLabel: 'endpoint' },
} as const satisfies MetricDeclarations

const about: EvaluateOptions = {
  declarations,
  expected: new Set(['lint-errors', 'score', 'coverage']),
  base: 'known',
}

function rules(text: string): readonly Rule[] {
  const { rules, problems } = parseRules(text, declarations, 'user')
  expect(problems).toEqual([])
  return rules
}

function metric(name: string, value: number, more: Partial<MetricValue> = {}): MetricValue {
  const units: Readonly<Record<string, Unit>> = { score: 'points', coverage: 'percent', p95: 'seconds' }
  return { name, value, labels: {}, unit: units[name] ?? 'count', tools: ['ruff'], ...more }
}

describe('for any gate', () => {
  const anyMetrics = fc.subarray([
    metric('lint-errors', 3, { new: 1, base: 2 }),
    metric('score', 71, { base: 70 }),
    metric('coverage', 80),
  ])
  const anyText = fc.subarray([
    'lint-errors < 5',
    'new.lint-errors < 5',
    'score > 70',
    'type-errors < 5',
    'delta.coverage >= 0',
    'coverage? > 10',
  ])
  const anyBase = fc.constantFrom('known', 'none', 'first-run')

  test('it never passes while the metric of a rule of the user is missing', () => {
    fc.assert(
      fc.property(anyText, anyMetrics, anyBase, (lines, metrics, base) => {
        const user = rules(lines.join('\n'))
        const measured = new Set(metrics.map(({ name }) => name))
        const missing = user.some((rule) => !rule.optional && !measured.has(rule.metric))
        const { verdict, reasons } = evaluate(user, metrics, { ...about, base })
        if (missing) expect(verdict).not.toBe('passed')
        expect(reasons.length === 0).toBe(verdict === 'passed')
      }),
    )
  })

  test('a tighter limit never turns failed into passed', () => {
    const number = fc.integer({ min: -5, max: 5 })
    fc.assert(
      fc.property(
        number,
        number,
        fc.nat({ max: 3 }),
        fc.constantFrom('<', '<=', '>', '>='),
        (value, limit, by, sign) => {
          const tighter = sign.startsWith('<') ? limit - by : limit + by
          const passes = (at: number) =>
            evaluate(rules(`score ${sign} ${at}`), [metric('score', value)], about).verdict === 'passed'
          if (passes(tighter)) expect(passes(limit)).toBe(true)
        },
      ),
    )
  })
})
