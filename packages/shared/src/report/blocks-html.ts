/** An action's own sections as HTML; bars and charts as inline SVG. */
import { count, pointFigure } from './figures.ts'
import { escapeHtml, escapeHtmlText, linkHtml, proseHtml, tableHtml } from './html.ts'
import { titleParts } from './prose.ts'
import type { Block, Prose } from './report.ts'
import { shorten } from './visible.ts'

export function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${proseHtml(block.text)}</p>\n`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${proseHtml(item)}</li>`).join('\n')}</ul>\n`
    case 'table': {
      const rows = block.rows.map((row) => row.map(cellHtml))
      const more =
        block.more === undefined || block.more === 0 ? '' : `<p>… and ${count(block.more)} more</p>\n`
      return tableHtml(block.columns, rows) + more
    }
    case 'details':
      return detailsHtml(block.title, block.blocks.map(blockHtml).join(''), block.open)
    case 'code':
      return `<pre><code>${escapeHtmlText(block.text)}</code></pre>\n`
    case 'link':
      return `<p>${linkHtml(proseHtml(block.label), block.url)}</p>\n`
    case 'bar':
      return `<p>${barHtml(block.percent)} ${proseHtml(block.label)}</p>\n`
    case 'chart':
      return chartHtml(block)
  }
}

/** The part of the title before a first colon is bold, else all of it. */
export function detailsHtml(title: Prose, body: string, open = false): string {
  const { bold, rest } = titleParts(title)
  const plain = rest === '' ? '' : ` ${proseHtml(rest)}`
  return `<details${open ? ' open' : ''}><summary><b>${proseHtml(bold)}</b>${plain}</summary>\n${body}</details>\n`
}

/** A bar made of block characters, which Markdown needs, becomes a drawn one. */
function cellHtml(cell: Prose): string {
  const bar = /^`(█*)(░*)`$/.exec(cell)
  const [, full = '', empty = ''] = bar ?? []
  return bar === null ? proseHtml(cell) : barHtml((100 * full.length) / (full.length + empty.length))
}

export function barHtml(percent: number): string {
  const share = Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : 0
  const text = `${Math.round(share)} %`
  return `<svg class="bar" viewBox="0 0 100 8" width="100" height="8" role="img" aria-label="${text}"><rect class="empty" width="100" height="8" rx="2"/><rect class="full" width="${round(share)}" height="8" rx="2"/></svg>`
}

const size = { width: 640, height: 200, left: 56, right: 16, top: 12, bottom: 28 }

function chartHtml(chart: Extract<Block, { kind: 'chart' }>): string {
  const points = chart.points.filter((point) => Number.isFinite(point.value))
  if (points.length === 0) return ''
  const values = points.map((point) => point.value)
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  const span = high - low || 1
  const x = (index: number): number =>
    size.left + (index * (size.width - size.left - size.right)) / Math.max(1, points.length - 1)
  const y = (value: number): number =>
    size.height - size.bottom - ((value - low) * (size.height - size.top - size.bottom)) / span
  const line = values.map((value, index) => `${round(x(index))},${round(y(value))}`).join(' ')
  const dots = points.map((point, index) => {
    const title = `${escapeHtml(point.label)}: ${pointFigure(point.value)} ${escapeHtml(chart.unit)}`
    return `<circle cx="${round(x(index))}" cy="${round(y(point.value))}" r="3"><title>${title}</title></circle>`
  })
  const texts = [
    axis(8, y(high) + 4, pointFigure(high)),
    ...(low === high ? [] : [axis(8, y(low) + 4, pointFigure(low))]),
  ]
  const first = axis(size.left, size.height - 8, shorten(points[0]?.label ?? '', 24))
  const last = axis(size.width - size.right, size.height - 8, shorten(points.at(-1)?.label ?? '', 24), 'end')
  const title = `${escapeHtml(chart.title)} (${escapeHtml(chart.unit)})`
  return `<figure><figcaption>${title}</figcaption><svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}"><polyline points="${line}"/>${dots.join('')}${texts.join('')}${first}${points.length > 1 ? last : ''}</svg></figure>\n`
}

function axis(x: number, y: number, label: string, anchor = 'start'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(label)}</text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
