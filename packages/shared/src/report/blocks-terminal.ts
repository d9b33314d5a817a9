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
      const inside = block.blocks.flatMap((inner) => blockLines(inner, paint, width - 2))
      return [paint(visibleLine(plainProse(block.title)), 'bold'), ...inside.map((line) => `  ${line}`)]
    }
    case 'code':
      return visibleText(block.text).split('\n')
    case 'link':
      return [`${visibleLine(plainProse(block.label))}: ${visibleLine(block.url)}`]
    case 'bar':
      return [`${bar(block.percent)} ${visibleLine(plainProse(block.label))}`]
    case 'chart':
      return alignRows([
        [`${visibleLine(block.title)} (${visibleLine(block.unit)})`],
        ...block.points.map((point) => [`- ${visibleLine(point.label)}`, pointFigure(point.value)]),
      ]).flat()
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
