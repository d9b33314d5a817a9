/** Prose: plain text with inline code between backticks, taken apart for renderers. */
import type { Prose } from './report.ts'

export interface Span {
  readonly kind: 'text' | 'code'
  readonly text: string
}

const inlineCode = /`([^`]+)`/g
/** What tools put into quotes (mypy "…", Pylint '…') is code as well; an apostrophe in a word is not a quote. */
const quotedCode = /`([^`]+)`|"([^"]+)"|(?<!\w)'([^']+)'(?!\w)/g

export function proseSpans(prose: Prose): readonly Span[] {
  return spans(prose, inlineCode)
}

/** A tool's message: what it quotes is shown as code. */
export function messageSpans(message: string): readonly Span[] {
  return spans(message, quotedCode)
}

/** The text alone, without the backticks that mark code. */
export function plainProse(prose: Prose): string {
  return proseSpans(prose)
    .map((span) => span.text)
    .join('')
}

/** A title as its bold part and the rest: parted at the first colon that is not within code. */
export function titleParts(title: Prose): { readonly bold: Prose; readonly rest: Prose } {
  const outsideCode = title.replace(inlineCode, (code) => '`'.repeat(code.length))
  const colon = outsideCode.indexOf(': ')
  if (colon < 0) return { bold: title, rest: '' }
  return { bold: title.slice(0, colon), rest: title.slice(colon + 2) }
}

/** A text as inline code of prose; a backtick cannot be written there and becomes an apostrophe. */
export function proseCode(text: string): Prose {
  return text === '' ? '' : `\`${text.replaceAll('`', "'")}\``
}

/** A text as plain text of prose. */
export function proseText(text: string): Prose {
  return text.replaceAll('`', "'")
}

function spans(text: string, pattern: RegExp): readonly Span[] {
  const found: Span[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const code = match[1] ?? match[2] ?? match[3] ?? ''
    if (code.trim() === '') continue
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) })
    found.push({ kind: 'code', text: code })
    end = match.index + match[0].length
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) })
  return found
}
