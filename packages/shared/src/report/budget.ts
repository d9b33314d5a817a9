/**
 * Fitting a text into a number of bytes by leaving out whole rows and sections, the least important first.
 * Nothing is ever cut inside a table row, a code fence or a tag, and what is left out is counted.
 */
import { utf8Bytes } from './visible.ts'

/** Text that is there whole or not at all. */
export interface Row {
  readonly text: string
  /** What it stands for when it is left out, such as findings folded into it. Default 1. */
  readonly counts?: number | undefined
}

export interface Left {
  /** Rows and sections of this section that are not there. */
  readonly items: number
  /** Sum of `counts` of all rows that are not there, those of inner sections included. */
  readonly counts: number
}

export interface Section {
  /** Smaller numbers find room first; equal ones in order. Default 0. */
  readonly rank?: number | undefined
  readonly open: string
  /** Rows are kept from the first on: they are ranked already. */
  readonly inside: readonly (Row | Section)[]
  /** Ends what `open` began, and tells what was left out. */
  close(left: Left): string
}

/** A section without rows. */
export function block(text: string, rank = 0): Section {
  return { rank, open: text, inside: [], close: () => '' }
}

/** The text, at most `maxBytes` of UTF-8; empty where not even the outermost section has room. */
export function fitSection(section: Section, maxBytes: number): string {
  // A closing text may be longer for fewer items than for all; then another try with less room settles it.
  for (let room = maxBytes; room >= 0; ) {
    const placed = place(section, room)
    if (placed === undefined) return ''
    const over = utf8Bytes(placed.text) - maxBytes
    if (over <= 0) return placed.text
    room -= over
  }
  return ''
}

interface Placed {
  readonly text: string
  /** Reserved bytes; the text itself may be shorter. */
  readonly bytes: number
  readonly left: number
}

function place(section: Section, room: number): Placed | undefined {
  const { inside } = section
  const closing = longestClose(section)
  let free = room - utf8Bytes(section.open) - closing
  if (free < 0) return undefined
  const texts = new Array<string>(inside.length).fill('')
  let items = 0
  let counts = 0
  let rowsFit = true
  for (const index of placingOrder(inside)) {
    const item = inside[index]
    if (item === undefined) continue
    const placed = isRow(item) ? placeRow(item, rowsFit ? free : -1) : place(item, free)
    if (placed === undefined) {
      if (isRow(item)) rowsFit = false
      items++
      counts += countOf(item)
      continue
    }
    texts[index] = placed.text
    free -= placed.bytes
    counts += placed.left
  }
  const text = section.open + texts.join('') + section.close({ items, counts })
  return { text, bytes: room - free, left: counts }
}

function placeRow(row: Row, free: number): Placed | undefined {
  const bytes = utf8Bytes(row.text)
  return bytes <= free ? { text: row.text, bytes, left: 0 } : undefined
}

function placingOrder(inside: readonly (Row | Section)[]): readonly number[] {
  const order = inside.map((_, index) => index)
  return order.sort((a, b) => rankOf(inside[a]) - rankOf(inside[b]) || a - b)
}

function rankOf(item: Row | Section | undefined): number {
  return item === undefined || isRow(item) ? 0 : (item.rank ?? 0)
}

function isRow(item: Row | Section): item is Row {
  return 'text' in item
}

function countOf(item: Row | Section): number {
  return isRow(item) ? (item.counts ?? 1) : item.inside.reduce((sum, inner) => sum + countOf(inner), 0)
}

function longestClose(section: Section): number {
  const all = { items: section.inside.length, counts: countOf(section) }
  const one = { items: 1, counts: 1 }
  const none = { items: 0, counts: 0 }
  return Math.max(...[all, one, none].map((left) => utf8Bytes(section.close(left))))
}
