import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { Measurement, MetricDeclarations } from './metric.ts'
import type { MetricPart } from './metrics.ts'
import { addUp } from './metrics.ts'

const counted = { description: '', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' } as const

const declarations = {
  errors: counted,
  files: { ...counted, counts: 'files' },
  risks: { ...counted, primaryLabel: 'severity' },
  rules: { ...counted, primaryLabel: 'rule', labelValues: ['unpinned', 'outdated'] },
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

function part(more: Partial<MetricPart> = {}): MetricPart {
  return { tool: 'ruff', metrics: [], findings: [], measurements: [], compared: 'exact', ...more }
}

function value(parts: readonly MetricPart[], name: string, labels: Readonly<Record<string, string>> = {}) {
  return addUp(declarations, parts).find(
    (each) => each.name === name && JSON.stringify(each.labels) === JSON.stringify(labels),
  )
}

function measured(metric: string, value: number, more: Partial<Measurement> = {}): Measurement {
  return { metric, value, ...more }
}

describe('counts of findings', () => {
  test('are sums, also by tool and package', () => {
    const parts = [
      part({ findings: [finding(), finding()], package: 'api', metrics: ['errors'] }),
      part({ findings: [finding()], package: 'web', metrics: ['errors'] }),
      part({ tool: 'mypy', findings: [finding()], package: 'api', metrics: ['errors'] }),
    ]
    const values = addUp(declarations, parts).map(({ labels, value, tools }) => [labels, value, tools])
    expect(values).toEqual([
      [{}, 4, ['mypy', 'ruff']],
      [{ package: 'api' }, 3, ['mypy', 'ruff']],
      [{ package: 'web' }, 1, ['ruff']],
      [{ tool: 'mypy' }, 1, ['mypy']],
      [{ tool: 'ruff' }, 3, ['ruff']],
      [{ tool: 'mypy', package: 'api' }, 1, ['mypy']],
      [{ tool: 'ruff', package: 'api' }, 2, ['ruff']],
      [{ tool: 'ruff', package: 'web' }, 1, ['ruff']],
    ])
  })

  test('are 0 for a tool that ran and found nothing, and unknown without one', () => {
    expect(value([part({ metrics: ['errors'] })], 'errors')).toMatchObject({ value: 0, base: 0, new: 0 })
    expect(value([part()], 'errors')).toBeUndefined()
  })

  test('leave out fixed and suppressed ones', () => {
    const suppression = { reason: 'r', source: 's' }
    const findings = [finding(), finding({ state: 'fixed' }), finding({ suppression })]
    expect(value([part({ findings })], 'errors')).toMatchObject({ value: 1, base: 2 })
  })

  test('of a failed run are unknown, although all that was there before is gone', () => {
    const failed = part({ findings: [finding({ state: 'fixed' })], metrics: [], baseMeasurements: [] })
    expect(value([failed], 'errors')).toBeUndefined()
  })

  test('know the base and what is new; what another version of the tool brings was there, unseen', () => {
    const states = ['new', 'new', 'unchanged', 'tool-changed', 'fixed', 'fixed', 'fixed'] as const
    const findings = states.map((state) => finding({ state }))
    expect(value([part({ findings })], 'errors')).toMatchObject({ value: 4, base: 5, new: 2 })
  })

  test.each([
    ['exact', 'exact', { base: 2, new: 0 }],
    ['exact', 'lines', { base: undefined, new: 0 }],
    ['exact', 'none', { base: undefined, new: undefined }],
  ] as const)('compared %s and %s', (one, other, expected) => {
    const parts = [
      part({ findings: [finding()], compared: one }),
      part({ findings: [finding()], compared: other }),
    ]
    const total = value(parts, 'errors')
    expect({ base: total?.base, new: total?.new }).toEqual(expected)
  })

  test('by file count a file once a tool, and each finding without a file', () => {
    const at = (path: string | undefined, state: Finding['state'] = 'unchanged') =>
      finding({ metric: 'files', state, location: path === undefined ? undefined : { path } })
    const findings = [
      at('a.py'),
      at('a.py', 'new'),
      at('b.py', 'new'),
      at(undefined),
      at(undefined),
      at('c.py', 'fixed'),
    ]
    expect(value([part({ findings })], 'files')).toMatchObject({ value: 4, new: 2, base: 4 })
    const tools = ['black', 'isort'].map((tool) => part({ tool, findings: [at('a.py')] }))
    expect(value(tools, 'files')).toMatchObject({ value: 2 })
  })

  test('by rule are there for every declared rule', () => {
    const found = part({ findings: [finding({ rule: 'unpinned', metric: 'rules' })], metrics: ['rules'] })
    expect(value([found], 'rules', { rule: 'unpinned' })?.value).toBe(1)
    expect(value([found], 'rules', { rule: 'outdated' })?.value).toBe(0)
    expect(value([found], 'rules')?.value).toBe(1)
    const others = { ...found, rules: ['unpinned'] }
    expect(value([others], 'rules', { rule: 'outdated' })).toBeUndefined()
  })

  test('by severity are there for every severity', () => {
    const security = { kind: 'weakness', claims: [], severity: 'high', severitySource: 's' } as const
    const risk = part({
      findings: [finding({ metric: 'risks', security })],
      metrics: ['risks'],
      package: 'api',
    })
    expect(value([risk], 'risks', { severity: 'high' })?.value).toBe(1)
    expect(value([risk], 'risks', { severity: 'critical' })?.value).toBe(0)
    expect(value([risk], 'risks', { package: 'api', severity: 'high' })?.value).toBe(1)
    expect(value([risk], 'risks')?.value).toBe(1)
  })

  test('with counts that the tool made itself, the new ones are unknown', () => {
    const own = part({
      findings: [finding({ state: 'new' })],
      measurements: [measured('errors', 5)],
      compared: 'lines',
    })
    expect(value([own], 'errors')).toMatchObject({ value: 6 })
    expect(value([own], 'errors')?.new).toBeUndefined()
  })
})

describe('measurements', () => {
  test('a sum, a maximum with its place, a ratio of sums', () => {
    const parts = [
      part({
        measurements: [
          measured('functions', 3),
          measured('complexity', 7, { at: 'b.py f' }),
          measured('complexity', 7, { at: 'a.py g' }),
          measured('coverage', 1, { of: 2 }),
        ],
      }),
      part({ tool: 'x', measurements: [measured('functions', 4), measured('coverage', 7, { of: 8 })] }),
    ]
    expect(value(parts, 'functions')).toMatchObject({ value: 7, tools: ['ruff', 'x'] })
    expect(value(parts, 'complexity')).toMatchObject({ value: 7, at: 'a.py g', tools: ['ruff'] })
    expect(value(parts, 'coverage')).toMatchObject({ value: 80, unit: 'percent' })
  })

  test('have a sum that does not depend on the order', () => {
    const total = (...values: readonly number[]) =>
      value([part({ measurements: values.map((each) => measured('functions', each)) })], 'functions')?.value
    expect(total(0.1, 0.2, 0.3)).toBe(total(0.3, 0.2, 0.1))
  })

  test('of a failed run count neither now nor at the base', () => {
    const ran = part({
      metrics: ['functions'],
      measurements: [measured('functions', 3)],
      baseMeasurements: [measured('functions', 1)],
    })
    const before = { baseMeasurements: [measured('functions', 2)] }
    expect(value([ran, part(before)], 'functions')).toMatchObject({ value: 3, base: 1 })
    expect(value([ran, part({ ...before, metrics: ['functions'] })], 'functions')).toMatchObject({
      value: 3,
      base: 3,
    })
  })

  test('of nothing are unknown', () => {
    const parts = [
      part({ metrics: ['complexity', 'coverage'], measurements: [measured('coverage', 0, { of: 0 })] }),
    ]
    expect(addUp(declarations, parts)).toEqual([])
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d makes the whole unknown', (wrong) => {
    const parts = [part({ measurements: [measured('functions', 1), measured('functions', wrong)] })]
    expect(value(parts, 'functions')).toBeUndefined()
  })

  test('a finished figure stands for itself, and with others for nothing', () => {
    const figure = part({ measurements: [measured('coverage', 83.5)] })
    expect(value([figure], 'coverage')?.value).toBe(83.5)
    expect(
      value([figure, part({ measurements: [measured('coverage', 1, { of: 2 })] })], 'coverage'),
    ).toBeUndefined()
  })

  test('of what is not declared are left out', () => {
    expect(addUp(declarations, [part({ measurements: [measured('toString', 1)] })])).toEqual([])
  })

  test('know the base where every part does', () => {
    const now = { measurements: [measured('functions', 3)] }
    const known = part({ ...now, baseMeasurements: [measured('functions', 1)] })
    expect(value([known], 'functions')).toMatchObject({ value: 3, base: 1 })
    expect(value([known, part(now)], 'functions')?.base).toBeUndefined()
    expect(value([{ ...known, compared: 'lines' }], 'functions')?.base).toBeUndefined()
    expect(value([known, part({ ...now, baseMeasurements: [] })], 'functions')).toMatchObject({
      value: 6,
      base: 1,
    })
  })

  test('with labels have values of their own; a figure for the whole is not one more part', () => {
    const slow = measured('complexity', 9, { labels: { endpoint: '/a' } })
    expect(value([part({ measurements: [slow] })], 'complexity')?.value).toBe(9)
    const both = [part({ measurements: [slow, measured('complexity', 4)] })]
    expect(value(both, 'complexity')?.value).toBe(4)
    expect(value(both, 'complexity', { endpoint: '/a' })?.value).toBe(9)
  })

  test('a derived figure: that of the whole beside those of packages', () => {
    const score = (points: number, name?: string) =>
      part({
        tool: 'score',
        measurements: [measured('score', points)],
        ...(name !== undefined && { package: name }),
      })
    const parts = [score(70, 'api'), score(90, 'web'), score(82)]
    expect(value(parts, 'score')?.value).toBe(82)
    expect(value(parts, 'score', { package: 'api' })?.value).toBe(70)
    expect(value(parts.slice(0, 2), 'score')).toBeUndefined()
  })
})
