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
      return detailsSection(one)
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

function detailsSection({ title, blocks, most, open }: Extract<Block, { kind: 'details' }>): Section {
  const shown = blocks.slice(0, most)
  const left = (items: number): string => {
    const hidden = items + blocks.length - shown.length
    if (hidden === 0) return ''
    if (most === undefined) return `${count(hidden)} more in the report folder.\n`
    return `<sub>Showing ${count(blocks.length - hidden)} of ${count(blocks.length)} entries; the report folder has all of them.</sub>\n`
  }
  return {
    open: detailsOpen(title, open),
    inside: blockSections(shown, 0),
    close: ({ items }) => left(items) + detailsClose,
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

/** The colour of the first line is nearly white otherwise, and cannot be seen on white. */
const visibleLineColour = `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#3b82f6"}}}}%%`
/** Characters of all labels that have room side by side; Mermaid would print more over each other. */
const roomForLabels = 60

function mermaid(chart: Extract<Block, { kind: 'chart' }>): string {
  const points = chart.points.filter((point) => Number.isFinite(point.value))
  return [
    visibleLineColour,
    'xychart-beta',
    `  title ${mermaidText(chart.title)}`,
    `  x-axis ${mermaidAxis(points.map(({ label }) => label))}`,
    `  y-axis ${mermaidText(chart.unit)}`,
    `  line [${points.map((point) => String(pointNumber(point.value))).join(', ')}]`,
  ].join('\n')
}

/** Each label where there is room, and equal ones would be one place; else numbers, and the first and the last label. */
function mermaidAxis(labels: readonly string[]): string {
  const texts = labels.map(mermaidText)
  const room = texts.join('').length <= roomForLabels && new Set(texts).size === texts.length
  if (room || texts.length < 2) return `[${texts.join(', ')}]`
  const numbers = labels.map((_, index) => String(index + 1))
  return `${mermaidText(`${labels[0]} … ${labels.at(-1)}`)} [${numbers.join(', ')}]`
}

/** Mermaid knows no escapes inside quotes, so what could end them is taken away. */
function mermaidText(label: string): string {
  const plain = visibleLine(label)
    .replace(/["`\\<>{}[\]#;%&]/g, ' ')
    .trim()
  return `"${plain || '-'}"`
}
