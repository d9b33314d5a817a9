import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looserRules } from './loosening.ts'
import type { MetricDeclarations } from './metric.ts'
import { parseRules } from './parse-rules.ts'
import type { Comparator, Rule } from './rule.ts'

const metrics: MetricDeclarations = {
  score: { description: 'd', unit: 'points', adds: 'only', better: 'higher' },
  'lint-errors': { description: 'd', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
}

function rules(text: string): readonly Rule[] {
  const { rules, problems } = parseRules(text, metrics, 'user')
  expect(problems).toEqual([])
  return rules
}

describe('looserRules', () => {
  it.each([
    ['score > 80', 'score > 70', ['`score > 80` → `score > 70`']],
    ['score > 80', 'score >= 80', ['`score > 80` → `score >= 80`']],
    ['score >= 80', 'score > 80', []],
    ['lint-errors < 10', 'lint-errors == 0', []],
    ['lint-errors == 0', 'lint-errors < 10', ['`lint-errors == 0` → `lint-errors < 10`']],
    ['score > 80', 'lint-errors < 1', ['`score > 80` is dropped']],
    ['score > 80', 'warn score > 80', ['`score > 80` → `warn score > 80`']],
    ['score > 80', 'score? > 80', ['`score > 80` → `score? > 80`']],
    ['lint-errors < 10', 'lint-errors.pylint < 10', ['`lint-errors < 10` is dropped']],
    ['warn score > 80', '', []],
  ])('%s, then %s', (base, head, expected) => {
    expect(looserRules(rules(base), rules(head))).toEqual(expected)
  })

  it('calls nothing stricter that lets pass what failed before', () => {
    const arbitrary = fc.tuple(
      fc.constantFrom<Comparator>('==', '<', '<=', '>', '>='),
      fc.integer({ min: 0, max: 6 }),
    )
    const passes = ([comparator, limit]: readonly [Comparator, number], value: number) =>
      ({
        '==': value === limit,
        '!=': value !== limit,
        '<': value < limit,
        '<=': value <= limit,
        '>': value > limit,
        '>=': value >= limit,
      })[comparator]
    fc.assert(
      fc.property(arbitrary, arbitrary, (base, head) => {
        const looser = looserRules(
          rules(`lint-errors ${base.join(' ')}`),
          rules(`lint-errors ${head.join(' ')}`),
        )
        if (looser.length > 0) return
        for (let value = -1; value <= 8; value += 0.5) {
          if (passes(head, value)) expect(passes(base, value)).toBe(true)
        }
      }),
    )
  })
})
