import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import { evaluate } from './evaluate.ts'
import type { MetricDeclarations } from './metric.ts'
import type { MetricPart } from './metrics.ts'
import { addUp } from './metrics.ts'
import { parseRules } from './parse-rules.ts'
import type { Rule } from './rule.ts'

const declarations = {
  secrets: {
    ...{ description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
    primaryLabel: 'severity',
  },
} as const satisfies MetricDeclarations

const secret: Finding = {
  ...{ tool: 'linter', rule: 'R', level: 'error', message: 'm', metric: 'secrets' },
  ...{ fingerprint: 'f', state: 'unchanged' },
}
const suppressed: Finding = { ...secret, suppression: { reason: 'r', source: 'policy' } }
const none = { findings: [], measurements: [], metrics: ['secrets'], compared: 'none' } as const
const linter: MetricPart = { ...none, tool: 'linter', inPassing: ['secrets'] }
const scanner: MetricPart = { ...none, tool: 'scanner' }

function judge(text: string, parts: readonly MetricPart[], source: Rule['source'] = 'user') {
  const { rules } = parseRules(text, declarations, source)
  const looked = parts.some(({ inPassing }) => inPassing === undefined)
  const { outcomes } = evaluate(rules, addUp(declarations, parts), {
    ...{ declarations, base: 'none' },
    expected: new Set(looked ? ['secrets'] : []),
    inPassing: new Map([['secrets', ['Linter']]]),
  })
  return outcomes.map(({ outcome, message }) => `${outcome}: ${message}`)
}

describe('a tool that looks for something else, and came upon nothing', () => {
  test('measures no total, and the report says why', () => {
    const why =
      'no tool that looks for secrets was chosen; that Linter came upon none does not say that there are none'
    expect(judge('secrets == 0', [linter], 'default')).toEqual([`left-out: \`secrets\` is left out: ${why}`])
    expect(judge('secrets == 0', [linter])).toEqual([`not-measured: \`secrets\` was not measured: ${why}`])
    expect(judge('secrets.high == 0', [linter])[0]).toMatch(/^not-measured/)
  })

  test('has its own share', () => {
    expect(judge('secrets{tool="linter"} == 0', [linter])).toEqual([expect.stringMatching(/^passed/)])
  })

  test('does not take a total away from one that looks', () => {
    expect(judge('secrets == 0', [linter, scanner])).toEqual([expect.stringMatching(/^passed/)])
  })

  test('is none that failed to look', () => {
    expect(judge('secrets == 0', [linter, { ...scanner, metrics: [] }], 'default')[0]).toMatch(
      /^not-measured/,
    )
  })
})

test.each([
  [secret, 'failed'],
  [suppressed, 'not-measured'],
])('what it came upon counts, unless it is suppressed', (finding, outcome) => {
  expect(judge('secrets == 0', [{ ...linter, findings: [finding] }])[0]).toMatch(new RegExp(`^${outcome}`))
})
