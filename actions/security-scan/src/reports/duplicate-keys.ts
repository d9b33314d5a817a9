/** Keys that an object of a JSON text has twice, which readers do not agree about. Pure. */

interface Container {
  readonly isList: boolean
  /** Those seen so far; most objects have none that counts. */
  keys?: Set<string>
}

/**
 * The first key that stands twice in one object and has a list or an object as value: whoever takes the last one does
 * not see what the first one holds. `text` is valid JSON, and may be one value a line.
 */
export function duplicateKey(text: string): string | undefined {
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
        if (within?.isList === false && holdsContainer(text, end + 1)) {
          const key = text.slice(at + 1, end)
          if (within.keys?.has(key)) return key
          within.keys ??= new Set()
          within.keys.add(key)
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

/** Whether a colon follows, and behind it a list or an object. */
function holdsContainer(text: string, start: number): boolean {
  const at = afterBlanks(text, start)
  if (text.charCodeAt(at) !== colon) return false
  const value = text.charCodeAt(afterBlanks(text, at + 1))
  return value === brace || value === bracket
}

function afterBlanks(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) <= 0x20) at += 1
  return at
}
