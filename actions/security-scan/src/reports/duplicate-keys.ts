/** Keys that an object of a JSON text has twice, which readers do not agree about. Pure. */

/**
 * The first key that stands twice in one object, the first time with a list or an object as value: whoever takes the last
 * one does not see what the first one holds. `text` is valid JSON, and may be one value a line; `values` are what it holds.
 */
export function duplicateKey(text: string, values: readonly unknown[]): string | undefined {
  return holdsAll(values, text) ? undefined : findDuplicate(text)
}

/**
 * Whether the values have as many lists and objects as the text; a tenth of the work of following its structure. Where a
 * text within could hold a bracket that is written as an escape, the sums could be equal by chance.
 */
function holdsAll(values: readonly unknown[], text: string): boolean {
  return !/\\u00[57]b/i.test(text) && openedIn(values) === brackets(text)
}

function openedIn(values: readonly unknown[]): number {
  const waiting: unknown[] = [...values]
  let opened = 0
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') opened += brackets(value)
    if (typeof value !== 'object' || value === null) continue
    opened += 1
    if (Array.isArray(value)) for (const item of value) waiting.push(item)
    else {
      for (const [key, item] of Object.entries(value)) {
        opened += brackets(key)
        waiting.push(item)
      }
    }
  }
  return opened
}

function brackets(text: string): number {
  return times(text, '{') + times(text, '[')
}

function times(text: string, mark: string): number {
  let found = 0
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1
  return found
}

interface Container {
  readonly isList: boolean
  /** Those seen so far whose value is a list or an object. */
  keys?: Set<string>
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
          const key = text.slice(at + 1, end)
          if (within.keys?.has(key)) return key
          if (holdsContainer(text, end + 1)) {
            within.keys ??= new Set()
            within.keys.add(key)
          }
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

/** `end`: behind a key. */
function holdsContainer(text: string, end: number): boolean {
  const value = text.charCodeAt(afterBlanks(text, afterBlanks(text, end) + 1))
  return value === brace || value === bracket
}

function afterBlanks(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) <= 0x20) at += 1
  return at
}
