/** Words of a test for the report's prose, in which backticks delimit code. Pure. */
import { shorten } from '@ci-actions/shared'

export function code(text: string): string {
  return `\`${plain(text)}\``
}

export function plain(text: string): string {
  return printed(text).replaceAll('`', "'")
}

/** Colours and links for terminals; pytest writes the escape as `#x1B` where XML cannot have it. */
const terminalCode =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are what is looked for.
  /(?:\u001b|#x1B)(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b\n]{0,2000}?(?:\u0007|#x07|(?:\u001b|#x1B)\\))/g

/** What a test printed, without what only a terminal understands. */
export function printed(text: string): string {
  return text.includes('\u001b') || text.includes('#x1B') ? text.replace(terminalCode, '') : text
}

const longestName = 100

/** What a test is called and the file or class that it is in; `name` is short, however long its parameters are. */
export function nameParts(id: string): { readonly name: string; readonly place: string } {
  // Parameters may hold anything, `::` too.
  const bracket = id.indexOf('[')
  const head = bracket < 0 ? id : id.slice(0, bracket)
  const end = head.indexOf('::')
  if (end < 0 || end === id.length - 2) return { name: shorten(id, longestName), place: '' }
  return { name: shorten(id.slice(end + 2), longestName), place: id.slice(0, end) }
}

/** As one argument of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
