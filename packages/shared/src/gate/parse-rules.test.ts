import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MetricDeclarations, Unit } from './metric.ts'
import { parseRules } from './parse-rules.ts'
import { printRule } from './print-rule.ts'
import type { Rule } from './rule.ts'

const sum = { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' } as const
const only = { description: '', adds: 'only', better: 'higher' } as const

const metrics = {
  'lint-errors': sum,
  'formatting-issues': { ...sum, counts: 'files' },
  findings: { ...sum, primaryLabel: 'severity' },
  hints: { ...sum, primaryLabel: 'level' },
  hygiene: { ...sum, primaryLabel: 'rule', labelValues: ['unpinned', 'stale-lock'] },
  smells: { ...sum, primaryLabel: 'rule' },
  score: { ...only, unit: 'points' },
  coverage: { ...only, unit: 'percent', primaryLabel: 'package' },
  p95: { ...only, unit: 'seconds', better: 'lower', primaryLabel: 'endpoint' },
  size: { ...only, unit: 'bytes', better: 'lower' },
  share: { ...only, unit: 'ratio' },
} as const satisfies MetricDeclarations

function parse(text: string) {
  return parseRules(text, metrics, 'user')
}

function rule(text: string): Rule {
  const { rules, problems } = parse(text)
  expect(problems).toEqual([])
  return rules[0] ?? expect.unreachable()
}

describe('a rule', () => {
  const plain = { warn: false, variant: 'value', labels: {}, optional: false, source: 'user' } as const

  test('whole', () => {
    expect(rule('  lint-errors   <  10   # ten are too many')).toEqual({
      ...plain,
      text: 'lint-errors < 10',
      metric: 'lint-errors',
      comparator: '<',
      limit: 10,
      unit: 'count',
    })
  })

  test.each([
    ['score>80', { text: 'score > 80', limit: 80, unit: 'points' }],
    ['warn score >= 80.5', { text: 'warn score >= 80.5', warn: true, limit: 80.5 }],
    ['lint-errors.pylint < 20', { text: 'lint-errors.pylint < 20', labels: { tool: 'pylint' } }],
    ['findings.high == 0', { labels: { severity: 'high' } }],
    ['hygiene.stale-lock == 0', { labels: { rule: 'stale-lock' } }],
    ['smells.whatever == 0', { labels: { rule: 'whatever' } }],
    ['hints{tool="critcal"} == 0', { labels: { tool: 'critcal' } }],
    ['new.lint-errors == 0', { variant: 'new', metric: 'lint-errors', unit: 'count' }],
    ['new.lint-errors.ruff == 0', { variant: 'new', labels: { tool: 'ruff' } }],
    ['delta.coverage >= -0.5%', { variant: 'delta', limit: -0.5, unit: 'points' }],
    ['delta.coverage >= -0.5 points', { limit: -0.5, unit: 'points' }],
    ['delta.coverage >= -0.5', { limit: -0.5, unit: 'points' }],
    ['delta.p95 <= 50ms', { limit: 0.05, unit: 'seconds' }],
    ['coverage >= 80%', { limit: 80, unit: 'percent' }],
    ['coverage >= 80 %', { limit: 80, text: 'coverage >= 80 %' }],
    ['coverage >= 80', { limit: 80, unit: 'percent' }],
    ['score? > 80', { optional: true, text: 'score? > 80' }],
    ['score ? > 80', null],
    ['p95{endpoint="/orders"} < 200ms', { labels: { endpoint: '/orders' }, limit: 0.2, unit: 'seconds' }],
    ['p95 { endpoint = "/a#b" , method="GET" } < 1s # x', { labels: { endpoint: '/a#b', method: 'GET' } }],
    ['p95{endpoint="a \\"b\\" \\\\ < }"}? < 1s', { labels: { endpoint: 'a "b" \\ < }' }, optional: true }],
    ['p95 <= 9ms', { limit: 0.009 }],
    ['p95 <= 5m', { limit: 300 }],
    ['p95 <= 1h', { limit: 3600 }],
    ['p95 <= 7d', { limit: 604_800 }],
    ['p95 <= 1h30m', { limit: 5400 }],
    ['p95 == 0', { limit: 0 }],
    ['size < 500KB', { limit: 500_000, unit: 'bytes' }],
    ['size < 10 MiB', { limit: 10 * 1024 * 1024 }],
    ['size < 2G', { limit: 2e9 }],
    ['size < 1tib', { limit: 1024 ** 4 }],
    ['share > 0.5', { limit: 0.5, unit: 'ratio' }],
    ['share > .5', { limit: 0.5 }],
    ['share > 1e-3', { limit: 0.001 }],
    ['lint-errors < +5', { limit: 5 }],
    ['score != 0', { comparator: '!=' }],
  ] as const)('%s', (text, expected) => {
    if (expected === null) expect(parse(text).problems).toHaveLength(1)
    else expect(rule(text)).toMatchObject(expected)
  })

  test.each(['\n', '\r\n', '\r'])('one a line, with %j between them', (end) => {
    const { rules, problems } = parse(['# gate', '', 'score > 80', '   ', 'lint-errors < 10'].join(end))
    expect(problems).toEqual([])
    expect(rules.map(({ text }) => text)).toEqual(['score > 80', 'lint-errors < 10'])
  })
})

describe('what is wrong is said, with its line', () => {
  test.each([
    [
      'an unknown metric',
      'lint-eror < 10',
      ['did you mean `lint-errors`?', 'There are: lint-errors, formatting-issues'],
    ],
    ['a property of objects', 'constructor < 10', ['there is no metric `constructor`']],
    ['an unknown metric far from all', 'warn-me == 0', ['no metric `warn-me`', 'There are:']],
    ['=', 'score = 80', ['`=` is no comparator', '`==`']],
    ['=>', 'score => 80', ['`=>` is no comparator', '`>=`']],
    ['≥', 'score ≥ 80', ['`≥` is no comparator', '`>=`']],
    ['<<', 'score << 80', ['`<<` is no comparator', '== != < <= > >=']],
    ['no comparator', 'score 80', ['has no comparator', 'lint-errors < 10']],
    ['no limit', 'score >', ['an empty limit', 'a plain number']],
    ['a limit that is text', 'score > high', ['`high` does not fit']],
    ['NaN', 'score > NaN', ['`NaN` is not a limit']],
    ['infinity', 'score < -Infinity', ['`-Infinity` is not a limit']],
    ['a number too large', 'score < 1e999', ['too large']],
    ['thousands', 'lint-errors < 1,000', ['without separators', '`1000`']],
    ['a percentage of points', 'score > 80%', ['`80%` does not fit', 'a plain number']],
    ['a duration of a count', 'lint-errors < 10s', ['does not fit']],
    ['points of a percentage', 'coverage > 80 points', ['does not fit', 'a percentage']],
    ['a duration without unit', 'p95 < 200', ['does not fit', '`200ms`']],
    ['a duration in the wrong unit', 'p95 < 2 days', ['does not fit']],
    ['a size without unit', 'size < 200', ['does not fit', '`500KB`']],
    ['a unit like a property of objects', 'size < 2constructor', ['does not fit']],
    ['two limits', 'score > 80 90', ['does not fit']],
    ['new of what is not counted', 'new.score > 0', ['not counted from findings', '`delta.score`']],
    ['a unit of new', 'new.lint-errors < 5%', ['does not fit']],
    ['labels without quotes', 'p95{endpoint=x} < 1s', ['`{name="value", other="value"}`']],
    ['no labels', 'p95{} < 1s', ['`{name="value", other="value"}`']],
    ['a label twice', 'p95{a="1", a="2"} < 1s', ['label `a` is given twice']],
    ['an open brace', 'p95{a="1" < 1s', ['is not a rule']],
    ['an unknown severity', 'findings.critcal == 0', ['no severity `critcal`', 'did you mean `critical`?']],
    ['one far from all', 'findings.blocker == 0', ['no severity `blocker`', 'There are: critical, high,']],
    ['one in braces', 'findings{tool="x", severity="High"} == 0', ['did you mean `high`?']],
    ['one of an optional rule', 'new.findings.hihg? == 0', ['did you mean `high`?']],
    ['an unknown level', 'hints.errors == 0', ['no level `errors`', 'did you mean `error`?']],
    ['an unknown rule', 'hygiene.unpined == 0', ['no rule `unpined`', 'did you mean `unpinned`?']],
    ['two comparators', 'score > 80 < 90', ['does not fit']],
    ['a wrong first word', 'fail score > 80', ['is not a rule']],
  ])('%s', (_, text, parts) => {
    const { rules, problems } = parse(`\n${text}`)
    expect(rules).toEqual([])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^line 2: /)
    for (const part of parts) expect(problems[0]).toContain(part)
  })

  test('all at once', () => {
    const { problems } = parse('score = 1\nlint-errors < 10\nnothing > 1\nscore > x')
    expect(problems.map((problem) => problem.slice(0, 7))).toEqual(['line 1:', 'line 3:', 'line 4:'])
  })

  test('a repeated rule, however it is written', () => {
    const { rules, problems } = parse(
      'p95 < 200ms\nlint-errors.ruff < 5\np95<0.2s\nlint-errors{tool="ruff"} < 5.0',
    )
    expect(rules).toHaveLength(2)
    expect(problems).toEqual([
      'line 3: `p95 < 0.2s` repeats line 1; remove one of them',
      'line 4: `lint-errors{tool="ruff"} < 5.0` repeats line 2; remove one of them',
    ])
  })

  test('rules that contradict each other are fine', () => {
    expect(parse('score > 80\nscore < 70\nwarn score > 80').problems).toEqual([])
  })
})

test('printing a rule and parsing it gives the rule', () => {
  const names = fc.constantFrom(...(Object.keys(metrics) as readonly (keyof typeof metrics)[]))
  const labels = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/),
    fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\u2028\u2029]/.test(text)),
    { maxKeys: 3 },
  )
  const anyRule = fc
    .record({
      metric: names,
      variant: fc.constantFrom<Rule['variant']>('value', 'new', 'delta'),
      warn: fc.boolean(),
      optional: fc.boolean(),
      labels,
      comparator: fc.constantFrom<Rule['comparator']>('==', '!=', '<', '<=', '>', '>='),
      limit: fc
        .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
        .map((limit) => limit || 0),
    })
    .filter(({ metric, variant }) => variant !== 'new' || 'counts' in metrics[metric])
    .map((parts): Omit<Rule, 'text' | 'source'> => {
      const own: Unit = metrics[parts.metric].unit
      const change = parts.variant === 'delta' && own === 'percent' ? 'points' : own
      return { ...parts, unit: parts.variant === 'new' ? 'count' : change }
    })
  fc.assert(
    fc.property(anyRule, (wanted) => {
      expect(rule(printRule(wanted))).toEqual({ ...wanted, text: expect.any(String), source: 'user' })
    }),
    { numRuns: 500 },
  )
})

test('any text gives rules and problems, never an error, and nothing is passed over', () => {
  const word = fc.constantFrom(
    'score',
    'new.',
    'warn',
    '{',
    '}',
    '"',
    '#',
    '>',
    '=',
    '80',
    '%',
    ' ',
    '\\',
    '?',
    '.',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 15 }), (words) => {
      const text = words.join('')
      const { rules, problems } = parse(text)
      const isEmpty = text.split('#')[0]?.trim() === ''
      expect(rules.length + problems.length).toBe(isEmpty ? 0 : 1)
    }),
  )
})
