import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockLines } from './blocks-terminal.ts'

function chartOf(values: readonly number[]): readonly string[] {
  const points = values.map((value, index) => ({ label: `#${index}`, value }))
  return blockLines({ kind: 'chart', title: 't', unit: 'u', points }, (text) => text, 80)
}

describe('a chart on a terminal', () => {
  it('is a list of few points', () => {
    expect(chartOf([3, 12.5]).map((line) => line.trimEnd())).toEqual(['t (u)', '- #0   3', '- #1   12.5'])
  })

  it('is one line of many', () => {
    const lines = chartOf([0, 1, 2, 3, 4, 5, 6, 7, 7, 0, 7])
    expect(lines).toEqual(['t (u): ▁▂▃▄▅▆▇██▁█', '  #0 … #10, from 0 to 7'])
  })

  it('has one sign a point, whatever their values', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 })
    fc.assert(
      fc.property(fc.array(value, { minLength: 11, maxLength: 40 }), (values) => {
        const [line = ''] = chartOf(values)
        expect(line.replace('t (u): ', '')).toMatch(/^[▁▂▃▄▅▆▇█]+$/)
        expect(line).toHaveLength('t (u): '.length + values.length)
      }),
    )
  })
})

describe('a section on a terminal', () => {
  const blocks = ['a', 'b', 'c'].map((text) => ({ kind: 'paragraph', text }) as const)

  it('shows no more than it may, and counts the rest', () => {
    const lines = blockLines({ kind: 'details', title: 'T', blocks, most: 2 }, (text) => text, 80)
    expect(lines).toEqual(['T', '  a', '  b', '  … and 1 more, in the report folder'])
  })

  it('is but its title where few look for more', () => {
    expect(blockLines({ kind: 'details', title: 'T', blocks, aside: true }, (text) => text, 80)).toEqual([
      'T',
    ])
  })
})
