/** Texts of SARIF: one line, bounded, and nothing in them is a link. Pure. */
import { count } from './figures.ts'
import { shorten, visibleLine } from './visible.ts'

/** In a message of SARIF `[text](address)` is a link; with a space in between it is none. */
export function plainText(text: string, max: number): string {
  return shorten(visibleLine(text).replaceAll('](', '] (').trim(), max)
}

/** `a, b and 7 more`. */
export function nameList(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => plainText(name, 200))
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${count(more)} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join('')
}
