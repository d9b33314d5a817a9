/** `docs/score.md` says what the code does: its weights, its half-lives, and every number of its example. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { computeScore, halfLives, weights } from './score.ts'
import { finding } from './test/score-findings.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/score.md'), 'utf8')

/** Cells of the rows of the first table behind a heading. */
function tableBehind(heading: string): readonly (readonly string[])[] {
  const section = text.slice(text.indexOf(`## ${heading}\n`)).slice(heading.length + 3)
  const rows = /(?:^\|.*\n)+/m.exec(section)?.[0].trim().split('\n').slice(2) ?? []
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** The example, as its first paragraph tells it. */
const example = computeScore({
  findings: [
    ...[1, 2, 3, 4, 5].map((file) => finding('formatting-issues', `f${file}.py`, 1, 'black')),
    ...[1, 2, 3, 4].map((line) => finding('lint-errors', 'a.py', line)),
    ...Array.from({ length: 10 }, (_, index) => finding('type-errors', 'b.py', index + 1, 'mypy')),
  ],
  measurements: [
    { metric: 'type-coverage', value: 8, of: 10 },
    { metric: 'docstring-coverage', value: 9, of: 10 },
  ],
  measured: new Set(['formatting-issues', 'lint-errors', 'type-errors', 'complexity-over-limit']),
  size: { files: 20, lines: 1000 },
})

it('weights', () => {
  const documented = tableBehind('Formula').map(([part, weight]) => [part, Number(weight)])
  expect(Object.fromEntries(documented)).toEqual(weights)
})

it('half-lives', () => {
  const documented = tableBehind('Formula').flatMap(([part, , , score]) => {
    const halfLife = /½\^\(d ÷ ([\d.]+)\)/.exec(score ?? '')?.[1]
    return halfLife === undefined ? [] : [[part, Number(halfLife)]]
  })
  expect(Object.fromEntries(documented)).toEqual(halfLives)
})

it('the parts of the example', () => {
  const documented = tableBehind('Example').map(([part, weight, , score]) => [
    part,
    Number(weight),
    Number(score),
  ])
  expect(documented).toEqual(example?.parts.map(({ name, weight, score }) => [name, weight, score]))
})

it('the score of the example', () => {
  const [, terms = '', divisor, result] = /Score = \(([^)]*)\) ÷ (\d+) = (\d+\.\d)/.exec(text) ?? []
  const sum = terms.split(' + ').reduce((total, term) => {
    const [weight = Number.NaN, score = Number.NaN] = term.split(' × ').map(Number)
    return total + weight * score
  }, 0)
  expect((sum / Number(divisor)).toFixed(1)).toBe(result)
  expect(example?.total).toBe(Number(result))
  expect(text).toContain('duplication is missing')
  expect(example?.missing).toEqual(['duplication'])
})
