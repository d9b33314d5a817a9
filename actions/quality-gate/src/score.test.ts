import type { Finding, Measurement } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScoreInput } from './score.ts'
import { computeScore, toTenth } from './score.ts'
import { finding } from './test/score-findings.ts'

const all = ['formatting-issues', 'lint-errors', 'lint-warnings', 'type-errors', 'complexity-over-limit']

function input(
  findings: readonly Finding[],
  measurements: readonly Measurement[] = [],
  measured = all,
): ScoreInput {
  return { findings, measurements, measured: new Set(measured), size: { files: 20, lines: 1000 } }
}

function total(value: ScoreInput): number {
  return computeScore(value)?.total ?? Number.NaN
}

describe('computeScore', () => {
  it('is 100 for a project without problems', () => {
    expect(total(input([]))).toBe(100)
  })

  it('is not measured for an empty project', () => {
    expect(computeScore({ ...input([]), size: { files: 0, lines: 0 } })).toBeUndefined()
    expect(computeScore(input([], [], []))).toBeUndefined()
  })

  it('is rounded to one decimal, part by part and then as a whole', () => {
    // One error in 1,000 lines: 100 × ½^(5 ÷ 20) = 84.0896…, so 84.1; (15 × 100 + 25 × 84.1) ÷ 40 = 90.0625.
    const score = computeScore(
      input([finding('lint-errors', 'a.py', 1)], [], ['formatting-issues', 'lint-errors']),
    )
    expect(score?.parts.map((part) => part.score)).toEqual([100, 84.1])
    expect(score?.total).toBe(90.1)
  })

  it('counts one place once, however many linters report it, and by its worst', () => {
    const once = total(input([finding('lint-errors', 'a.py', 1)]))
    const twice = total(
      input([
        finding('lint-errors', 'a.py', 1),
        finding('lint-errors', 'a.py', 1, 'flake8'),
        finding('lint-warnings', 'a.py', 1, 'pylint'),
      ]),
    )
    expect(twice).toBe(once)
  })

  it('names the parts that nothing measured and lets the others weigh more', () => {
    const score = computeScore(input([finding('lint-errors', 'a.py', 1)], [], ['lint-errors']))
    expect(score?.missing).toEqual(['formatting', 'types', 'complexity', 'duplication', 'documentation'])
    expect(score?.total).toBe(84.1)
  })

  it('is the same for twice the project with twice the problems', () => {
    const findings = [1, 2, 3].map((line) => finding('lint-errors', 'a.py', line))
    const doubled = [...findings, ...[1, 2, 3].map((line) => finding('lint-errors', 'b.py', line))]
    const large = { ...input(doubled), size: { files: 40, lines: 2000 } }
    expect(total(large)).toBe(total(input(findings)))
  })

  const arbitraryFinding = fc
    .record({
      metric: fc.constantFrom(...all),
      path: fc.constantFrom('a.py', 'b.py', 'c.py'),
      line: fc.integer({ min: 1, max: 30 }),
      tool: fc.constantFrom('ruff', 'pylint', 'mypy'),
    })
    .map(({ metric, path, line, tool }) => finding(metric, path, line, tool))

  it('never rises by one more finding', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFinding), arbitraryFinding, (findings, more) => {
        expect(total(input([...findings, more]))).toBeLessThanOrEqual(total(input(findings)))
      }),
    )
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFinding), fc.nat(), (findings, seed) => {
        const turned = [
          ...findings.slice(seed % (findings.length + 1)),
          ...findings.slice(0, seed % (findings.length + 1)),
        ].reverse()
        expect(computeScore(input(turned))).toEqual(computeScore(input(findings)))
      }),
    )
  })

  it('stays between 0 and 100', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFinding), fc.integer({ min: 1, max: 100_000 }), (findings, lines) => {
        const value = total({ ...input(findings), size: { files: 3, lines } })
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(100)
      }),
    )
  })
})

it.each([
  [57.25, 57.3],
  [57.249_999_999_999_9, 57.3],
  [57.249, 57.2],
  [-31.25, -31.3],
  [-0.04, 0],
  [100, 100],
])('%d is shown and compared as %d', (value, rounded) => {
  expect(toTenth(value)).toBe(rounded)
})
