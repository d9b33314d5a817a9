/** An action's own sections as Markdown. */
import type { Section } from './budget.ts'
import { block } from './budget.ts'
import { count, pointNumber } from './figures.ts'
import {
  codeMarkdown,
  detailsClose,
  detailsOpen,
  fencedMarkdown,
  linkMarkdown,
  proseMarkdown,
  tableHead,
  tableRow,
} from './markdown.ts'
import type { Block } from './report.ts'
import { visibleLine } from './visible.ts'

/** In the order given; the first finds room first. */
export function blockSections(blocks: readonly Block[], rank: number): readonly Section[] {
  return blocks.map((one) => ({ ...blockSection(one), rank }))
}

function blockSection(one: Block): Section {
  switch (one.kind) {
    case 'paragraph':
      return block(`${proseMarkdown(one.text, 'line')}\n\n`)
    case 'list':
      return listSection(one.items)
    case 'table':
      return tableSection(one)
    case 'details':
      return {
        open: detailsOpen(one.title),
        inside: blockSections(one.blocks, 0),
        close: ({ items }) =>
          items > 0 ? `${count(items)} more in the report folder.\n${detailsClose}` : detailsClose,
      }
    case 'code':
      return block(`${fencedMarkdown(one.text, one.language)}\n`)
    case 'link':
      return block(`${linkMarkdown(proseMarkdown(one.label, 'line'), one.url)}\n\n`)
    case 'bar':
      return block(`${codeMarkdown(bar(one.percent), 'line')} ${proseMarkdown(one.label, 'line')}\n\n`)
    case 'chart':
      return block(`${fencedMarkdown(mermaid(one), 'mermaid')}\n`)
  }
}

function listSection(items: readonly string[]): Section {
  return {
    open: '',
    inside: items.map((item) => ({ text: `- ${proseMarkdown(item, 'line')}\n` })),
    close: (left) => (left.items > 0 ? `- … and ${count(left.items)} more\n\n` : '\n'),
  }
}

function tableSection(table: Extract<Block, { kind: 'table' }>): Section {
  const { columns, rows, more = 0 } = table
  return {
    open: tableHead(columns),
    inside: rows.map((cells) => ({
      text: tableRow(columns.map((_, index) => proseMarkdown(cells[index] ?? '', 'cell'))),
    })),
    close: ({ items }) => (items + more > 0 ? `\n… and ${count(items + more)} more\n\n` : '\n'),
  }
}

/** Ten characters, rounded so that only a full bar looks full and only an empty one empty. */
export function bar(percent: number): string {
  const share = Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) / 10 : 0
  const full = share > 9 ? Math.floor(share) : Math.ceil(share)
  return '█'.repeat(full) + '░'.repeat(10 - full)
}

/** Mermaid knows no escapes inside quotes, so what could end them is taken away. */
function mermaid(chart: Extract<Block, { kind: 'chart' }>): string {
  const text = (label: string): string =>
    `"${
      visibleLine(label)
        .replace(/["`\\<>{}[\]#;%&]/g, ' ')
        .trim() || '-'
    }"`
  const points = chart.points.filter((point) => Number.isFinite(point.value))
  return [
    'xychart-beta',
    `  title ${text(chart.title)}`,
    `  x-axis [${points.map((point) => text(point.label)).join(', ')}]`,
    `  y-axis ${text(chart.unit)}`,
    `  line [${points.map((point) => String(pointNumber(point.value))).join(', ')}]`,
  ].join('\n')
}
