import { expect, test } from 'vitest'
import { mergeRules, toolsFailedRule } from './merge-rules.ts'
import type { MetricDeclarations } from './metric.ts'
import { parseRules } from './parse-rules.ts'
import type { Rule } from './rule.ts'

const count = { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' } as const
const metrics = {
  'tools-failed': { ...count },
  'lint-errors': { ...count },
  'type-errors': { ...count },
} satisfies MetricDeclarations

function parse(text: string, source: Rule['source']): readonly Rule[] {
  const { rules, problems } = parseRules(text, metrics, source)
  expect(problems).toEqual([])
  return rules
}

const defaults = 'lint-errors < 10\ntype-errors < 5'

function merged(user: string, defaultGate: 'on' | 'off' = 'on'): readonly string[] {
  return mergeRules(parse(defaults, 'default'), parse(user, 'user'), defaultGate).map(
    ({ text, source }) => `${source}: ${text}`,
  )
}

const builtIn = 'built-in: tools-failed == 0'

test.each([
  ['nothing of the user', '', ['default: lint-errors < 10', 'default: type-errors < 5', builtIn]],
  ['a replacement', 'lint-errors < 3', ['default: type-errors < 5', 'user: lint-errors < 3', builtIn]],
  [
    'a warning instead',
    'warn lint-errors < 3',
    ['default: type-errors < 5', 'user: warn lint-errors < 3', builtIn],
  ],
  [
    'another variant',
    'new.lint-errors == 0',
    ['default: type-errors < 5', 'user: new.lint-errors == 0', builtIn],
  ],
  [
    'a share of the metric beside its total',
    'lint-errors.ruff < 3',
    ['default: lint-errors < 10', 'default: type-errors < 5', 'user: lint-errors.ruff < 3', builtIn],
  ],
  [
    'the built-in rule once more',
    'tools-failed == 0',
    ['default: lint-errors < 10', 'default: type-errors < 5', builtIn],
  ],
  [
    'a milder rule than the built-in one beside it',
    'tools-failed <= 2',
    ['default: lint-errors < 10', 'default: type-errors < 5', 'user: tools-failed <= 2', builtIn],
  ],
])('%s', (_, user, expected) => {
  expect(merged(user)).toEqual(expected)
})

test('off leaves the rules of the user and the built-in one', () => {
  expect(merged('lint-errors < 3', 'off')).toEqual(['user: lint-errors < 3', builtIn])
  expect(merged('', 'off')).toEqual([builtIn])
})

test('the built-in rule is in every gate once, also where the defaults name it', () => {
  const rules = mergeRules([...parse('tools-failed == 0', 'default'), toolsFailedRule], [], 'on')
  expect(rules).toEqual([toolsFailedRule])
})
