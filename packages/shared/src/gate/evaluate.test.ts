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

function rules(text: string, source: Rule['source'] = 'user'): readonly Rule[] {
  const { rules, problems } = parseRules(text, declarations, source)
  expect(problems).toEqual([])
  return rules
}

function metric(name: string, value: number, more: Partial<MetricValue> = {}): MetricValue {
  const units: Readonly<Record<string, Unit>> = { score: 'points', coverage: 'percent', p95: 'seconds' }
  return { name, value, labels: {}, unit: units[name] ?? 'count', tools: ['ruff'], ...more }
}

/** Outcome and message of one rule. */
function judge(
  text: string,
  metrics: readonly MetricValue[],
  more: Partial<EvaluateOptions> = {},
  source?: Rule['source'],
) {
  const { outcomes, verdict, reasons } = evaluate(rules(text, source), metrics, { ...about, ...more })
  const [outcome] = outcomes
  return { verdict, outcome: outcome?.outcome, decides: outcome?.decides, message: outcome?.message, reasons }
}

describe('a measured rule', () => {
  test.each([
    ['score > 80', 'score', 71.4, 'failed', '`score` is 71.4, must be above 80'],
    ['score > 80', 'score', 80, 'failed', '`score` is 80, must be above 80'],
    ['score >= 80', 'score', 79.96, 'failed', '`score` is 79.96, must be at least 80'],
    ['score >= 80', 'score', 80, 'passed', '`score` is 80; it must be at least 80'],
    ['lint-errors < 10', 'lint-errors', 10, 'failed', '`lint-errors` is 10, must be below 10'],
    ['lint-errors <= 1200', 'lint-errors', 1201, 'failed', '`lint-errors` is 1,201, must be at most 1,200'],
    ['lint-errors == 0', 'lint-errors', 3, 'failed', '`lint-errors` is 3, must be 0'],
    ['lint-errors != 3', 'lint-errors', 3, 'failed', '`lint-errors` is 3, must not be 3'],
    ['coverage >= 80%', 'coverage', 79.999, 'failed', '`coverage` is 79.999 %, must be at least 80 %'],
    ['p95 < 200ms', 'p95', 0.2004, 'failed', '`p95` is 200.4 ms, must be below 200 ms'],
    ['warn score > 80', 'score', 70, 'warned', '`score` is 70, must be above 80'],
    ['warn score > 80', 'score', 90, 'passed', '`score` is 90; it must be above 80'],
    ['score? > 80', 'score', 70, 'failed', '`score` is 70, must be above 80'],
  ] as const)('%s with %s %d %s', (text, name, value, outcome, message) => {
    const judged = judge(text, [metric(name, value)])
    expect(judged).toMatchObject({ outcome, message })
    expect(judged.verdict).toBe(outcome === 'failed' ? 'failed' : 'passed')
    expect(judged.decides).toBe(outcome === 'failed')
  })

  test('keeps what the table shows', () => {
    const value = metric('score', 71.4, { base: 82.9, tools: ['mypy', 'ruff'], at: 'a.py' })
    expect(evaluate(rules('score > 80'), [value], about).outcomes[0]).toMatchObject({
      actual: 71.4,
      now: 71.4,
      base: 82.9,
      tools: ['mypy', 'ruff'],
      at: 'a.py',
    })
  })

  test('looks at the value with exactly its labels', () => {
    const values = [
      metric('lint-errors', 9),
      metric('lint-errors', 2, { labels: { tool: 'ruff' } }),
      metric('lint-errors', 7, { labels: { tool: 'ruff', package: 'api' } }),
    ]
    expect(judge('lint-errors.ruff == 2', values).outcome).toBe('passed')
    expect(judge('lint-errors == 9', values).outcome).toBe('passed')
    expect(judge('lint-errors{package="api", tool="ruff"} == 7', values).outcome).toBe('passed')
  })
})

describe('new and delta', () => {
  test.each([
    [
      'new.lint-errors == 0',
      metric('lint-errors', 9, { new: 2 }),
      'failed',
      '`new.lint-errors` is 2, must be 0',
    ],
    [
      'new.lint-errors == 0',
      metric('lint-errors', 9, { new: 0 }),
      'passed',
      '`new.lint-errors` is 0; it must be 0',
    ],
    [
      'delta.score >= 0',
      metric('score', 71.4, { base: 82.9 }),
      'failed',
      '`delta.score` is −11.5 (71.4 now, 82.9 at the base), must be at least 0',
    ],
    [
      'delta.coverage >= -0.5%',
      metric('coverage', 80.04, { base: 81 }),
      'failed',
      '`delta.coverage` is −1 points (80 % now, 81 % at the base), must be at least −0.5 points',
    ],
    [
      'delta.score >= 0',
      metric('score', 0.3, { base: 0.1 + 0.2 }),
      'passed',
      '`delta.score` is ±0 (0.3 now, 0.3 at the base); it must be at least 0',
    ],
    [
      'delta.coverage >= -0.5%',
      metric('coverage', 80.02, { base: 80.04 }),
      'passed',
      '`delta.coverage` is −0.02 points (80.02 % now, 80.04 % at the base); it must be at least −0.5 points',
    ],
    [
      'delta.lint-errors <= 0',
      metric('lint-errors', 3, { base: 3 }),
      'passed',
      '`delta.lint-errors` is ±0 (3 now, 3 at the base); it must be at most 0',
    ],
  ] as const)('%s', (text, value, outcome, message) => {
    expect(judge(text, [value])).toMatchObject({ outcome, message })
  })

  const old = metric('lint-errors', 3)

  test.each(['user', 'default'] as const)(
    'on a first run say so and do not fail, for a %s rule',
    (source) => {
      for (const text of ['new.lint-errors == 0', 'delta.lint-errors <= 0']) {
        const judged = judge(text, [old], { base: 'first-run' }, source)
        expect(judged).toMatchObject({ outcome: 'no-base', decides: false, verdict: 'passed' })
        expect(judged.message).toContain('nothing to compare with yet')
      }
    },
  )

  test.each(['user', 'default'] as const)(
    'with a base that could not be had are not measured, for a %s rule',
    (source) => {
      const judged = judge(
        'new.lint-errors == 0',
        [old],
        { base: 'none', baseWhy: 'the fetch was refused' },
        source,
      )
      expect(judged).toMatchObject({
        outcome: 'not-measured',
        verdict: 'incomplete',
        message: '`new.lint-errors` was not measured: the fetch was refused',
      })
    },
  )

  test('do not trust a number that cannot be there', () => {
    const value = metric('lint-errors', 3, { new: 0, base: 3 })
    expect(judge('new.lint-errors == 0', [value], { base: 'none' }).outcome).toBe('not-measured')
  })

  test('are not measured where a part could not be compared, unless history has only begun', () => {
    expect(judge('new.lint-errors == 0', [old]).verdict).toBe('incomplete')
    expect(judge('delta.lint-errors <= 0', [old]).verdict).toBe('incomplete')
    const noHistory = new Set(['lint-errors'])
    expect(judge('delta.lint-errors <= 0', [old], { noHistory })).toMatchObject({
      outcome: 'no-base',
      verdict: 'passed',
    })
    expect(judge('new.lint-errors == 0', [old], { noHistory }).verdict).toBe('incomplete')
  })

  test('of what is not measured at all are not excused by a first run', () => {
    expect(judge('new.lint-errors == 0', [], { base: 'first-run' }).verdict).toBe('incomplete')
  })
})

describe('a rule without a value', () => {
  test.each([
    ['of the user', 'type-errors < 5', 'user', 'not-measured', 'incomplete'],
    ['of the user, optional', 'type-errors? < 5', 'user', 'not-measured', 'passed'],
    ['of the user, a warning', 'warn type-errors < 5', 'user', 'not-measured', 'passed'],
    ['built in', 'type-errors < 5', 'built-in', 'not-measured', 'incomplete'],
    ['by default, expected', 'score > 80', 'default', 'not-measured', 'incomplete'],
    ['by default, not expected', 'type-errors < 5', 'default', 'left-out', 'passed'],
  ] as const)('%s', (_, text, source, outcome, verdict) => {
    expect(judge(text, [], {}, source)).toMatchObject({ outcome, verdict, decides: verdict === 'incomplete' })
  })

  test('says what there is with other labels', () => {
    const values = ['flake8', 'ruff'].map((tool) => metric('lint-errors', 1, { labels: { tool } }))
    expect(judge('lint-errors.rufff < 5', [metric('lint-errors', 2), ...values])).toMatchObject({
      verdict: 'incomplete',
      message: '`lint-errors.rufff` was not measured; there is `lint-errors.flake8`, `lint-errors.ruff`',
    })
  })

  test('by default on the share of a tool that was not chosen is left out', () => {
    expect(judge('lint-errors.pylint < 5', [metric('lint-errors', 2)], {}, 'default').outcome).toBe(
      'left-out',
    )
    expect(judge('lint-errors.pylint < 5', [], {}, 'default').outcome).toBe('not-measured')
  })

  test('as well as one that is no number', () => {
    expect(judge('score > 80', [metric('score', Number.NaN)]).verdict).toBe('incomplete')
    expect(judge('score != 80', [metric('score', Number.NaN)]).verdict).toBe('incomplete')
  })
})

test('a failed rule outweighs one that was not measured; both are reasons', () => {
  const { verdict, reasons } = evaluate(
    rules('type-errors < 5\nscore > 80\nwarn score > 90'),
    [metric('score', 71.4)],
    about,
  )
  expect(verdict).toBe('failed')
  expect(reasons).toEqual([
    { code: 'rule-failed', rule: 'score > 80', message: '`score` is 71.4, must be above 80' },
    {
      code: 'rule-not-measured',
      rule: 'type-errors < 5',
      message: '`type-errors` was not measured: nothing that feeds it gave a result',
    },
  ])
})
