/** Keys that an object of a JSON text has twice, which readers do not agree about. Pure. */
import { isRecord } from '@ci-actions/shared'

/**
 * The first key that stands twice in one object with values that differ: whoever takes the last one does not see the
 * first. `text` is valid JSON, and may be one value a line; `values` are what it holds.
 */
export function duplicateKey(text: string, values: readonly unknown[]): string | undefined {
  return holdsAll(values, text) ? undefined : findDuplicate(text)
}

/**
 * Whether the values have as many colons as the text, of which each key has one; a tenth of the work of following its
 * structure. Where one is written as an escape, the sums could be equal by chance.
 */
function holdsAll(values: readonly unknown[], text: string): boolean {
  return !/\\u003a/i.test(text) && colonsOf(values) === colonsIn(text)
}

function colonsOf(values: readonly unknown[]): number {
  const waiting: unknown[] = [...values]
  let colons = 0
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') colons += colonsIn(value)
    else if (Array.isArray(value)) for (const item of value) waiting.push(item)
    else if (isRecord(value)) {
      // Objects of one kind share the list of their keys.
      for (const key in value) {
        colons += 1 + colonsIn(key)
        const item = value[key]
        if (typeof item === 'string') colons += colonsIn(item)
        else if (typeof item === 'object') waiting.push(item)
      }
    }
  }
  return colons
}

function colonsIn(text: string): number {
  let found = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) found += 1
  return found
}

interface Container {
  readonly isList: boolean
  /** Those seen so far with their value as written; undefined for a list or an object. */
  keys?: Map<string, string | undefined>
}

function findDuplicate(text: string): string | undefined {
  const open: Container[] = []
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    // Half of a report is indentation.
    if (unit < quote) continue
    switch (unit) {
      case brace:
        open.push({ isList: false })
        break
      case bracket:
        open.push({ isList: true })
        break
      case closingBrace:
      case closingBracket:
        open.pop()
        break
      case quote: {
        const end = endOfText(text, at)
        const within = open[open.length - 1]
        if (within?.isList === false && isKey(text, end + 1)) {
          const key = decoded(text.slice(at + 1, end))
          const value = plainValue(text, end + 1)
          within.keys ??= new Map()
          if (within.keys.has(key) && (value === undefined || within.keys.get(key) !== value)) return key
          within.keys.set(key, value)
        }
        at = end
      }
    }
  }
  return undefined
}

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const brace = 0x7b
const closingBrace = 0x7d
const bracket = 0x5b
const closingBracket = 0x5d

/** Index of the quote that ends the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1
    if (escapes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return text.length
}

function isKey(text: string, end: number): boolean {
  return text.charCodeAt(afterBlanks(text, end)) === colon
}

/** `a` may be written as `\\u0061`. */
function decoded(key: string): string {
  return key.includes('\\') ? String(JSON.parse(`"${key}"`)) : key
}

/** `end`: behind a key. Undefined for a list or an object. */
function plainValue(text: string, end: number): string | undefined {
  const start = afterBlanks(text, afterBlanks(text, end) + 1)
  const first = text.charCodeAt(start)
  if (first === brace || first === bracket) return undefined
  if (first === quote) return text.slice(start, endOfText(text, start))
  return /[^\s,}]*/y.exec(text.slice(start, start + 40))?.[0] ?? ''
}

function afterBlanks(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) <= 0x20) at += 1
  return at
}
