import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row, Section } from './budget.ts'
import { block, fitSection } from './budget.ts'
import { utf8Bytes } from './visible.ts'

const rows = (...texts: readonly string[]): readonly Row[] => texts.map((text) => ({ text }))
const list = (inside: Section['inside'], rank = 0): Section => ({
  rank,
  open: '<ul>',
  inside,
  close: ({ counts }) => `${counts > 0 ? `+${counts}` : ''}</ul>`,
})

const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((content) => content.replaceAll(/[<>+]/g, 'ü'))
const row: fc.Arbitrary<Row> = fc.record({ text, counts: fc.option(fc.nat(1000), { nil: undefined }) })
const tree: fc.Arbitrary<Section> = fc.letrec<{ section: Section }>((tie) => ({
  section: fc
    .tuple(
      fc.nat(3),
      fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, row, tie('section')), {
        maxLength: 6,
      }),
    )
    .map(([rank, inside]) => list(inside, rank)),
})).section

describe('fitSection', () => {
  it('never goes beyond the bytes, and stays balanced', () => {
    fc.assert(
      fc.property(tree, fc.nat(400), (section, maxBytes) => {
        const fitted = fitSection(section, maxBytes)
        expect(utf8Bytes(fitted)).toBeLessThanOrEqual(maxBytes)
        expect(fitted.split('<ul>').length).toBe(fitted.split('</ul>').length)
      }),
      { numRuns: 2000 },
    )
  })

  it('counts each left-out row once: what is shown and what is counted make all', () => {
    const numbered = fc.array(fc.array(fc.nat(9), { maxLength: 5 }), { maxLength: 5 })
    fc.assert(
      fc.property(numbered, fc.nat(200), (groups, maxBytes) => {
        const inner = groups.map((group) => ({
          open: '',
          inside: group.map((n) => ({ text: 'r', counts: n })),
          close: () => '',
        }))
        const counted = new Map<string, number>()
        const outer: Section = {
          open: '<',
          inside: inner,
          close: ({ counts }) => {
            counted.set('last', counts)
            return '>'
          },
        }
        const fitted = fitSection(outer, maxBytes)
        fc.pre(fitted !== '')
        const shown = groups.flat().reduce((sum, n) => sum + n, 0) - (counted.get('last') ?? 0)
        const rowsShown = [...fitted].filter((character) => character === 'r').length
        expect(rowsShown).toBeLessThanOrEqual(groups.flat().length)
        expect(shown).toBe(sumOfFirst(groups, fitted, maxBytes))
      }),
    )
  })

  it('shows more with more room', () => {
    const section = list(rows('aaaa', 'bbbb', 'cccc'))
    const sizes = Array.from({ length: 40 }, (_, room) => fitSection(section, room).length)
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  })

  it('keeps the first rows and tells how many are missing', () => {
    expect(fitSection(list(rows('aaaa', 'bbbb', 'cccc')), 20)).toBe('<ul>aaaabbbb+1</ul>')
    expect(fitSection(list(rows('aaaa', 'bbbb', 'cccc')), 100)).toBe('<ul>aaaabbbbcccc</ul>')
  })

  it('leaves no gap: behind a row that has no room none is shown', () => {
    expect(fitSection(list(rows('a', 'bbbbbbbbbbbbbbb', 'c')), 14)).toBe('<ul>a+2</ul>')
  })

  it('gives room by rank, not by place', () => {
    const section = list([block('later', 2), block('first', 1)])
    expect(fitSection(section, 9 + 2 + 5)).toBe('<ul>first+1</ul>'.replace('+1', ''))
  })

  it('counts bytes, not characters', () => {
    const section = list(rows('ü'.repeat(10)))
    expect(fitSection(section, 9 + 10 + 2)).toBe('<ul>+1</ul>')
    expect(fitSection(section, 9 + 20 + 2)).toContain('ü')
  })

  it('finds room for a closing text that is longest for some number in between', () => {
    const section: Section = {
      open: '<',
      inside: rows('a'.repeat(10), 'b'.repeat(10), 'c'.repeat(10), 'd'.repeat(10)),
      close: ({ items }) => (items === 2 ? '(two)>' : '>'),
    }
    expect(fitSection(section, 24)).toBe(`<${'a'.repeat(10)}>`)
    expect(fitSection(section, 27)).toBe(`<${'a'.repeat(10)}${'b'.repeat(10)}(two)>`)
  })

  it('is empty where not even the outermost has room', () => {
    expect(fitSection(list([]), 3)).toBe('')
  })
})

/** Rows cost one byte, `<>` two: the first ones fit, group by group. */
function sumOfFirst(groups: readonly (readonly number[])[], fitted: string, maxBytes: number): number {
  const room = Math.min(maxBytes - 2, fitted.length - 2)
  return groups
    .flat()
    .slice(0, room)
    .reduce((sum, n) => sum + n, 0)
}
