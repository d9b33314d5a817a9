import { describe, expect, it } from 'vitest'
import { blockSections } from './blocks-markdown.ts'
import { fitSection } from './budget.ts'
import type { Block } from './report.ts'

function chartOf(labels: readonly string[]): string {
  const points = labels.map((label, value) => ({ label, value }))
  const [section] = blockSections([{ kind: 'chart', title: 't', unit: 'u', points }], 0)
  return section === undefined ? '' : fitSection(section, 10_000)
}

describe('the axis of a Mermaid chart', () => {
  it('names each point where there is room', () => {
    expect(chartOf(['101', '102', 'this run'])).toContain('x-axis ["101", "102", "this run"]\n')
    expect(chartOf(['one'])).toContain('x-axis ["one"]\n')
  })

  it('counts them where names would overlap, and says where it begins and ends', () => {
    const labels = Array.from({ length: 12 }, (_, index) => `2026-11-${index + 10}`)
    expect(chartOf(labels)).toContain(
      'x-axis "2026-11-10 … 2026-11-21" [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n',
    )
  })

  it('does not put points with equal names in one place', () => {
    expect(chartOf(['a', 'a', 'b'])).toContain('x-axis "a … b" [1, 2, 3]\n')
  })

  it('lets no name end its quotes', () => {
    expect(chartOf(['a"] line [9', 'b'])).toContain('x-axis ["a   line  9", "b"]\n')
  })
})

describe('a folded section', () => {
  const render = (one: Block): string =>
    fitSection({ open: '', inside: blockSections([one], 0), close: () => '' }, 10_000)
  const paragraphs = (total: number): readonly Block[] =>
    Array.from({ length: total }, (_, index) => ({ kind: 'paragraph', text: `number ${index + 1}` }))

  it('shows no more than it may, and counts all', () => {
    const text = render({ kind: 'details', title: 'Failures', blocks: paragraphs(5), most: 2 })
    expect(text).toContain('number 2\n')
    expect(text).not.toContain('number 3')
    expect(text).toContain('Showing 2 of 5 entries')
  })

  it('counts what has no room as well', () => {
    const section = blockSections(
      [{ kind: 'details', title: 'Failures', blocks: paragraphs(500), most: 400 }],
      0,
    )
    const text = fitSection({ open: '', inside: section, close: () => '' }, 2000)
    const shown = text.match(/^number \d+$/gm) ?? []
    expect(shown.length).toBeGreaterThan(10)
    expect(text).toContain(`Showing ${shown.length} of 500 entries`)
  })

  it('says nothing where all is shown', () => {
    expect(render({ kind: 'details', title: 'T', blocks: paragraphs(2), most: 2 })).not.toContain('Showing')
  })

  it('parts its title at a colon, but not within code', () => {
    const html = (title: string) => render({ kind: 'details', title, blocks: [] }).split('\n')[0]
    expect(html('Score: 71')).toBe('<details><summary><b>Score</b> 71</summary>')
    expect(html('`test[a: b]`: in `x.py`')).toBe(
      '<details><summary><b><code>test&#91;a: b&#93;</code></b> in <code>x.py</code></summary>',
    )
    expect(html('`test[a: b]`')).toBe('<details><summary><b><code>test&#91;a: b&#93;</code></b></summary>')
  })
})
