import type { Block, Finding, MetricPart } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import type { ScoredResults } from './score-report.ts'
import { reportScore } from './score-report.ts'
import { finding } from './test/score-findings.ts'

const size = { files: 20, lines: 1000 }

function part(tool: string, metrics: readonly string[], findings: readonly Finding[]): MetricPart {
  return { tool, metrics, findings, measurements: [], compared: 'exact' }
}

function results(parts: readonly MetricPart[], given: Partial<ScoredResults> = {}): ScoredResults {
  const names: Readonly<Record<string, string>> = {
    ruff: 'Ruff',
    complexity: 'Cyclomatic complexity (Ruff C901)',
  }
  return {
    compared: parts.map((each) => ({
      part: each,
      outcome: { tool: { id: each.tool, name: names[each.tool] ?? each.tool } },
    })),
    size,
    baseSize: size,
    hasBase: true,
    extra: [],
    ...given,
  }
}

/** 4 lint errors are one half-life: 50. Two of them are new: at the base 100 × ½^½ = 70.7. */
const lint = part(
  'ruff',
  ['lint-errors'],
  [1, 2, 3, 4].map((line) => finding('lint-errors', 'a.py', line, 'ruff', line > 2 ? 'new' : 'unchanged')),
)
const formatting = part('black', ['formatting-issues'], [])

function details(blocks: readonly Block[]): Extract<Block, { kind: 'details' }> {
  const [block] = blocks
  if (block?.kind !== 'details') throw new Error('no details')
  return block
}

function scoreOf(given: ScoredResults) {
  const { parts, blocks } = reportScore(given)
  const { title, blocks: inside } = details(blocks)
  const table = inside.find((block) => block.kind === 'table')
  const texts = inside.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))
  return { part: parts[0], title, table, texts }
}

describe('with a base', () => {
  // Weights 15 and 25: (15 × 100 + 25 × 50) ÷ 40 = 68.75; at the base (15 × 100 + 25 × 70.7) ÷ 40 = 81.6875.
  const { part: score, title, table, texts } = scoreOf(results([lint, formatting]))

  it('publishes one decimal, so that delta.score is the difference of what is shown', () => {
    expect(score?.measurements).toEqual([{ metric: 'score', value: 68.8 }])
    expect(score?.baseMeasurements).toEqual([{ metric: 'score', value: 81.7 }])
    expect(title).toBe('Score: 68.8 (−12.9; 81.7 at the base)')
  })

  it('shows what each part did to the score, and the sum', () => {
    expect(table?.rows).toEqual([
      ['formatting', '37.5 %', '100', '`██████████`', '100', '±0', ''],
      ['lint', '62.5 %', '50', '`█████░░░░░`', '70.7', '−12.9', '4 Ruff'],
      ['score', '100 %', '68.8', '`██████░░░░`', '81.7', '−12.9', ''],
    ])
  })

  it('says which part cost most, and what the score would be without that', () => {
    expect(texts[0]).toBe(
      '`effect` is what the change of a part since the base did to the score, in points. Lint fell from 70.7 to 50, which costs most: 12.9. With 70.7 there, as at the base, the score would be 81.7.',
    )
  })

  it('names the parts that are missing, with their weights', () => {
    expect(texts[1]).toBe(
      'Not measured, so the other weights grew: types (25), complexity (15), duplication (10), documentation (10).',
    )
  })
})

describe('without a base', () => {
  const { part: score, title, table, texts } = scoreOf(results([lint, formatting], { hasBase: false }))

  it('compares with 100', () => {
    expect(score).not.toHaveProperty('baseMeasurements')
    expect(title).toBe('Score: 68.8')
    expect(table?.columns.map((column) => column.title)).toEqual([
      'part',
      'weight',
      'score',
      '',
      'effect',
      'places',
    ])
    expect(table?.rows.map((row) => row[4])).toEqual(['±0', '−31.3', '−31.2'])
    expect(texts[0]).toBe(
      '`effect` is what a part below 100 costs the score, in points. Lint, at 50 of 100, costs most: 31.3. With 100 there, the score would be 100.',
    )
  })
})

it('is not changed by noise: the same problems in another order are no difference', () => {
  const same = [1, 2, 3].map((line) => finding('lint-errors', 'a.py', line, 'ruff', 'unchanged'))
  const { part: score, title } = scoreOf(results([part('ruff', ['lint-errors'], same.toReversed())]))
  expect(score?.baseMeasurements).toEqual(score?.measurements)
  expect(title).toMatch(/^Score: [\d.]+, as at the base$/)
})

it('counts what is suppressed on neither side', () => {
  const suppressed = { ...finding('lint-errors', 'a.py', 9), suppression: { reason: 'r', source: 'policy' } }
  const { part: score } = scoreOf(results([part('ruff', ['lint-errors'], [suppressed])]))
  expect(score?.measurements).toEqual([{ metric: 'score', value: 100 }])
  expect(score?.baseMeasurements).toEqual([{ metric: 'score', value: 100 }])
})

it('counts for the base what was fixed since', () => {
  const fixed = finding('lint-errors', 'a.py', 1, 'ruff', 'fixed')
  const { part: score } = scoreOf(results([part('ruff', ['lint-errors'], [fixed])]))
  expect(score?.measurements).toEqual([{ metric: 'score', value: 100 }])
  // 100 × ½^(5 ÷ 20).
  expect(score?.baseMeasurements).toEqual([{ metric: 'score', value: 84.1 }])
})

it('compares the same parts only', () => {
  const coverage = {
    ...part('coverage', [], []),
    measurements: [{ metric: 'docstring-coverage', value: 9, of: 10 }],
    baseMeasurements: [],
  }
  const { part: score } = scoreOf(results([lint, { ...coverage, metrics: ['docstring-coverage'] }]))
  expect(score).not.toHaveProperty('baseMeasurements')
  expect(score?.compared).toBe('none')
})

it('is not measured for an empty project', () => {
  const { parts, blocks } = reportScore(results([lint], { size: { files: 0, lines: 0 } }))
  expect(parts[0]).toMatchObject({ metrics: ['score'], measurements: [] })
  expect(blocks).toEqual([])
})
