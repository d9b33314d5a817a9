/**
 * GitHub Markdown, and the only place that escapes for it. What comes from tools, files and people stays text:
 * it cannot leave its table cell, mention anybody, reference an issue, link, or become HTML, image, emoji or
 * formula.
 *
 * GitHub finds mentions, references and emoji codes after Markdown is rendered, where backslashes and entities
 * are gone; only something between the characters stops it (github/markup#1168, github/cmark-gfm#181).
 */
import type { Span } from './prose.ts'
import { messageSpans, proseSpans, titleParts } from './prose.ts'
import type { Prose } from './report.ts'
import { visibleLine, visibleText } from './visible.ts'

/** Where inline text stands: in a table cell a pipe would end the cell. */
export type Place = 'cell' | 'line'

/** A zero-width space, written so that it can be seen in the source. */
const apart = '&#8203;'

const special = /[\\`*_[\]<>&~|$@]|#(?=\d)|!(?=$|\[)|gh-(?=\d)|www(?=\.)|:(?=\/\/|[\w+-]+:)/gi
/** What begins a list, a heading or a line where it stands first. */
const leading = /^(\d{1,9})(?=[.)](?:\s|$))|^(?=[-+](?:\s|$)|---|#{1,6}(?:\s|$))/

const replacements: Readonly<Record<string, string>> = {
  '`': '&#96;',
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '|': '&#124;',
  // GitHub's own advice; a formula would start at any other spelling.
  $: '<span>$</span>',
}

/** Plain text as inline Markdown, safe at any place, the start of a line and a table cell included. */
export function escapeMarkdown(text: string): string {
  return visibleLine(text).trim().replace(special, escapeSpecial).replace(leading, '$1\\')
}

/** As above, but with the spaces around it, for text between other inline elements. */
function escapeBetween(text: string): string {
  const line = visibleLine(text)
  const escaped = escapeMarkdown(line)
  if (escaped === '') return line === '' ? '' : ' '
  return `${line.startsWith(' ') ? ' ' : ''}${escaped}${line.endsWith(' ') ? ' ' : ''}`
}

function escapeSpecial(found: string): string {
  const replacement = replacements[found]
  if (replacement !== undefined) return replacement
  if (found === '@' || found === '#' || found === ':' || found.length > 1) return found + apart
  return `\\${found}`
}

/** Text for places that GitHub takes as HTML, such as `<summary>`, where backslashes escape nothing. */
export function escapeMarkdownHtml(text: string): string {
  return visibleLine(text).replace(special, (found) => {
    const escaped = escapeSpecial(found)
    return escaped.startsWith('\\') ? `&#${found.charCodeAt(0)};` : escaped
  })
}

/** Inline code, whatever the text holds. */
export function codeMarkdown(text: string, place: Place): string {
  const line = visibleLine(text)
  if (line.trim() === '') return ''
  // Renderers differ in what a backslash before a pipe means in a cell's code; HTML has no such question.
  if (place === 'cell' && line.includes('\\|')) return `<code>${escapeMarkdown(line)}</code>`
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const padding = /^`|`$|^ .* $/.test(line) ? ' ' : ''
  const code = place === 'cell' ? line.replaceAll('|', '\\|') : line
  return `${fence}${padding}${code}${padding}${fence}`
}

export function proseMarkdown(prose: Prose, place: Place): string {
  return spansMarkdown(proseSpans(prose), place)
}

/** A tool's message, with what it quotes as code. */
export function messageMarkdown(message: string, place: Place): string {
  return spansMarkdown(messageSpans(message), place)
}

function spansMarkdown(spans: readonly Span[], place: Place): string {
  return spans
    .map((span) => (span.kind === 'code' ? codeMarkdown(span.text, place) : escapeBetween(span.text)))
    .join('')
    .trim()
}

/** Prose for `<summary>`. */
export function proseMarkdownHtml(prose: Prose): string {
  return proseSpans(prose)
    .map((span) => {
      const text = escapeMarkdownHtml(span.text)
      return span.kind === 'code' ? `<code>${text}</code>` : text
    })
    .join('')
}

/** A link of our own. `label` is Markdown; anything but an http address gives the label alone. */
export function linkMarkdown(label: string, url: string): string {
  const address = webAddress(url)
  return address === undefined ? label : `[${label}](${address})`
}

/** The address with everything encoded that could end it; undefined unless it is http or https. */
export function webAddress(url: string): string | undefined {
  if (!/^https?:\/\/[^\s/]/i.test(url) || !URL.canParse(url)) return undefined
  return url.toWellFormed().replace(/[^\w\-./:?#@!$&+,;=%~]/gu, encodeCharacter)
}

/** `template` has `{path}` and `{line}`, such as `https://…/blob/<sha>/{path}#L{line}`. */
export function fileAddress(template: string, path: string, line: number | undefined): string {
  const withoutLine = line === undefined ? template.replace(/#.*\{line\}.*$/, '') : template
  const encoded = path.toWellFormed().split('/').map(encodeSegment).join('/')
  return withoutLine.replaceAll('{path}', () => encoded).replaceAll('{line}', String(line ?? ''))
}

/** A path's segment in an address; stricter than `encodeURIComponent`, which leaves `!'()*`. */
export function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(/[!'()*]/g, encodeCharacter)
}

function encodeCharacter(character: string): string {
  return character.length === 1 && character < '\x80'
    ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
    : encodeURIComponent(character)
}

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right' | 'center' | undefined
}

const rulers = { left: ':--', right: '--:', center: ':-:' }

/** Head of a table; titles are our own words. Rows follow by {@link tableRow}. */
export function tableHead(columns: readonly Column[]): string {
  const titles = tableRow(columns.map((column) => escapeMarkdown(column.title)))
  return `${titles}|${columns.map((column) => rulers[column.align ?? 'left']).join('|')}|\n`
}

/** Cells are Markdown already, made for the place `cell`. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/** A code block that its text cannot end. */
export function fencedMarkdown(text: string, language = ''): string {
  const content = visibleText(text).replace(/\n+$/, '')
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language.replace(/[^\w+-]/g, '')}\n${content}\n${fence}\n`
}

/** Opens a folded part. `title` is prose; the part before a first colon is bold, else all of it. */
export function detailsOpen(title: Prose, open = false): string {
  const { bold, rest } = titleParts(title)
  const plain = rest === '' ? '' : ` ${proseMarkdownHtml(rest)}`
  return `<details${open ? ' open' : ''}><summary><b>${proseMarkdownHtml(bold)}</b>${plain}</summary>\n\n`
}

export const detailsClose = '\n</details>\n\n'
