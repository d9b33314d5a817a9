/** An action's own sections on a terminal. */
import { bar } from './blocks-markdown.ts'
import { count, pointFigure } from './figures.ts'
import { plainProse } from './prose.ts'
import type { Block } from './report.ts'
import type { Paint } from './terminal-text.ts'
import { alignRows, wrap } from './terminal-text.ts'
import { visibleLine, visibleText } from './visible.ts'

export function blockLines(block: Block, paint: Paint, width: number): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return wrap(plainProse(block.text), width)
    case 'list':
      return block.items.flatMap((item) => wrap(`- ${plainProse(item)}`, width, '  '))
    case 'table':
      return tableLines(block, width)
    case 'details': {
      const shown = block.aside === true ? [] : block.blocks.slice(0, block.most)
      const hidden = block.blocks.length - shown.length
      const inside = shown.flatMap((inner) => blockLines(inner, paint, width - 2))
      const more =
        hidden === 0 || block.aside === true ? [] : [`… and ${count(hidden)} more, in the report folder`]
      const title = paint(visibleLine(plainProse(block.title)), 'bold')
      return [title, ...[...inside, ...more].map((line) => `  ${line}`)]
    }
    case 'code':
      return visibleText(block.text).split('\n')
    case 'link':
      return [`${visibleLine(plainProse(block.label))}: ${visibleLine(block.url)}`]
    case 'bar':
      return [`${bar(block.percent)} ${visibleLine(plainProse(block.label))}`]
    case 'chart':
      return chartLines(block)
  }
}

function tableLines(table: Extract<Block, { kind: 'table' }>, width: number): readonly string[] {
  const head = table.columns.map((column) => visibleLine(column.title))
  const rows = table.rows.map((row) =>
    table.columns.map((_, index) => visibleLine(plainProse(row[index] ?? ''))),
  )
  const right = new Set(table.columns.flatMap((column, index) => (column.align === 'right' ? [index] : [])))
  const more = table.more === undefined || table.more === 0 ? [] : [`… and ${count(table.more)} more`]
  return [...alignRows([head, ...rows], { right, width }).flat(), ...more]
}

/** More points than that are one line. */
const mostListed = 10
const heights = '▁▂▃▄▅▆▇█'

function chartLines(chart: Extract<Block, { kind: 'chart' }>): readonly string[] {
  const title = `${visibleLine(chart.title)} (${visibleLine(chart.unit)})`
  const points = chart.points.filter(({ value }) => Number.isFinite(value))
  if (points.length <= mostListed) {
    const rows = points.map(({ label, value }) => [`- ${visibleLine(label)}`, pointFigure(value)])
    return alignRows([[title], ...rows]).flat()
  }
  const values = points.map(({ value }) => value)
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  const step = (high - low || 1) / (heights.length - 1)
  const line = values.map((value) => heights[Math.round((value - low) / step)] ?? '').join('')
  const [first, last] = [points[0], points.at(-1)].map((point) => visibleLine(point?.label ?? ''))
  return [`${title}: ${line}`, `  ${first} … ${last}, from ${pointFigure(low)} to ${pointFigure(high)}`]
}
