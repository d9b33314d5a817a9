/** HTML, and the only place that escapes for it. */
import { escapedUnit } from '../parse/escaped-unit.ts'
import { webAddress } from './markdown.ts'
import type { Span } from './prose.ts'
import { proseSpans } from './prose.ts'
import type { Prose } from './report.ts'
import { visibleLine, visibleText } from './visible.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return escapeVisible(visibleLine(text))
}

/** The same with its lines, for `<pre>`. */
export function escapeHtmlText(text: string): string {
  return escapeVisible(visibleText(text))
}

function escapeVisible(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

export function proseHtml(prose: Prose): string {
  return spansHtml(proseSpans(prose))
}

function spansHtml(spans: readonly Span[]): string {
  return spans
    .map(({ kind, text }) => (kind === 'code' ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text)))
    .join('')
}

/** A link to an http address; anything else gives the label alone. `label` is HTML. */
export function linkHtml(label: string, url: string): string {
  const address = webAddress(url)
  if (address === undefined) return label
  return `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${label}</a>`
}

/** JSON for a `<script type="application/json">`; nothing in it can end the element or begin a comment. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escapedUnit)
}

/** Cells are HTML. */
export function tableHtml(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const classes = columns.map(({ align }) => (align === 'right' ? ' class="right"' : ''))
  const head = columns.map(({ title }, index) => `<th${classes[index]}>${escapeHtml(title)}</th>`).join('')
  const body = rows
    .map(
      (row) =>
        `<tr>${columns.map((_, index) => `<td${classes[index]}>${row[index] ?? ''}</td>`).join('')}</tr>`,
    )
    .join('\n')
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>\n`
}

export interface TableColumn {
  readonly title: string
  readonly align?: 'left' | 'right' | 'center' | undefined
}
