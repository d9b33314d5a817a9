/** Text of tools, made fit to show: one line, nothing that acts on a terminal or turns the reading order. */

/** Longest message kept, in UTF-16 units; annotations allow 4,096 characters, titles and tables far less. */
export const longestMessage = 2000

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are what is looked for.
const terminalSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g

// Bidirectional marks, embeddings, overrides and isolates (CVE-2021-42574), the byte order mark, and tag
// characters: invisible, and able to make a reader see another text than the one that is there.
const misleading = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu

const control = /[\p{Cc}\u2028\u2029]/gu

// Of nearly all texts nothing has to be taken out, and to find that out is what costs.
const plain = /^[!-~]+(?: [!-~]+)*$/

/** One line without control characters, bidirectional overrides and terminal sequences; not shortened. */
export function oneLine(text: string): string {
  if (plain.test(text)) return text
  return text
    .toWellFormed()
    .replace(terminalSequence, '')
    .replace(misleading, '')
    .replace(control, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** {@link oneLine}, at most {@link longestMessage} long; a text that was cut ends in `…`. */
export function normaliseMessage(text: string): string {
  // What lies far behind the limit cannot matter; a message of megabytes is not worth four passes.
  return shorten(oneLine(text.slice(0, longestMessage * 4)), longestMessage, text.length > longestMessage * 4)
}

function shorten(text: string, longest: number, wasCut: boolean): string {
  if (text.length <= longest && !wasCut) return text
  return `${text
    .slice(0, longest - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`
}

/** A message with its numbers replaced, so that a changed count or limit does not make it another one. */
export function withoutNumbers(message: string): string {
  return message.replace(/\d+(?:[.,]\d+)*/g, '#')
}
