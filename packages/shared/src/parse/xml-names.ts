/** Finding names and attributes in the text of a tag. */

export type AttributeStep =
  | {
      readonly kind: 'attribute'
      readonly at: number
      readonly start: number
      readonly end: number
      readonly quote: string
    }
  | { readonly kind: 'end'; readonly at: number; readonly closes: boolean }
  /** Something that is neither: go on at `at`. */
  | { readonly kind: 'stray' | 'blank'; readonly at: number }
  | { readonly kind: 'more' }

const more: AttributeStep = { kind: 'more' }

/** A longer one is none. Bounds every look ahead, or a name without end would be looked at again and again. */
export const longestName = 1000

/** Where the name that begins at `start` ends, or is too long to be one. */
export function nameEnd(text: string, start: number): number {
  const most = Math.min(text.length, start + longestName + 1)
  let at = start
  while (at < most && isNameCode(text.charCodeAt(at))) at += 1
  return at
}

/** As `startsWith`, which goes unit by unit and takes two to three times as long. */
export function standsAt(text: string, expected: string, at: number): boolean {
  return text.slice(at, at + expected.length) === expected
}

/** Without the prefix of a namespace. */
export function localName(text: string, start: number, end: number): string {
  const name = text.slice(start, end)
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/**
 * What comes next in a tag, from `from` on; `more` where the text ends before that is clear. `afterValue`: a
 * value ended right before `from`.
 */
export function attributeAt(text: string, from: number, afterValue: boolean): AttributeStep {
  const start = blankEnd(text, from)
  if (start >= text.length || start - from > longestName)
    return start > from ? { kind: 'blank', at: start } : more
  const first = text.charCodeAt(start)
  if (first === greater) return { kind: 'end', at: start + 1, closes: false }
  if (first === slash) {
    if (start + 1 >= text.length) return more
    const closes = text.charCodeAt(start + 1) === greater
    return closes ? { kind: 'end', at: start + 2, closes } : { kind: 'stray', at: start + 1 }
  }
  const end = nameEnd(text, start)
  if (end === start) return { kind: 'stray', at: start + 1 }
  if (end - start > longestName) return { kind: 'stray', at: end }
  const equals = blankEnd(text, end)
  if (equals >= text.length) return more
  if (text.charCodeAt(equals) !== equal) return { kind: 'stray', at: equals }
  const open = blankEnd(text, equals + 1)
  if (open >= text.length) return more
  const quote = text[open]
  if (quote !== '"' && quote !== "'") return { kind: 'stray', at: open }
  // A name that stands against the value before it is what is left of a quote within a value.
  if (start === from && afterValue) return { kind: 'stray', at: open }
  return { kind: 'attribute', at: open + 1, start, end, quote }
}

function blankEnd(text: string, start: number): number {
  const most = Math.min(text.length, start + longestName + 1)
  let at = start
  while (at < most && isBlank(text.charCodeAt(at))) at += 1
  return at
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

const greater = 0x3e
export const slash = 0x2f
export const bang = 0x21
export const question = 0x3f
const equal = 0x3d

/** Letters, digits, `-`, `.`, `:`, `_` and all that is not ASCII. */
function isNameCode(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true
  if (code >= 0x41 && code <= 0x5a) return true
  return (code >= 0x30 && code <= 0x3a) || code === 0x2d || code === 0x2e || code === 0x5f || code > 0x7f
}
