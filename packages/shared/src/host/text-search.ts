/** Looks for many texts at once in a single pass. Pure. */

/** Texts are told apart by this many UTF-16 units before they are compared; none of them may be shorter. */
export const shortestSearched = 4

/** Slots for pieces of texts: a power of two, many more than there are pieces. */
const slots = 1 << 20

/** What is known of a piece: that one of the texts has it within a stride of its start, or right there. */
const anywhere = 1
const atStart = 2

/** A longer stride makes more pieces, and saves little more. */
const longestStride = 8

export interface Match {
  readonly start: number
  readonly end: number
}

export interface TextSearch {
  /** The first place from `start` on where one of the texts is; of several there the longest. */
  find(text: string, start: number): Match | undefined
  /** Where, from `start` on, one of the texts begins that is cut off at `end`, of which at least `least` units are there. */
  findCut(text: string, start: number, end: number, least: number): number | undefined
}

/**
 * A pattern of thousands of alternatives tries them one after the other wherever one could begin; here it is one look
 * into a table for every few units: wherever a text stands, one of its first pieces is where we look.
 */
export function openTextSearch(texts: Iterable<string>): TextSearch {
  const wanted = [...texts]
  const shortest = wanted.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY)
  if (shortest < shortestSearched) throw new RangeError('too short a text to look for')
  const longest = wanted.reduce((most, { length }) => Math.max(most, length), 0)
  const stride = Math.min(shortest - shortestSearched + 1, longestStride)
  const pieces = new Uint8Array(slots)
  const byStart = new Map<number, string[]>()
  // Longest first, so that a text which contains another one is found whole.
  for (const text of wanted.toSorted((a, b) => b.length - a.length)) {
    for (let at = 0; at < stride; at++) mark(pieces, pieceAt(text, at), anywhere)
    const start = pieceAt(text, 0)
    mark(pieces, start, atStart)
    const known = byStart.get(start)
    if (known === undefined) byStart.set(start, [text])
    else known.push(text)
  }
  return {
    find: (text, start) => {
      for (let at = start + stride - 1; at + shortestSearched <= text.length; at += stride) {
        if (pieces[slotOf(pieceAt(text, at))] === 0) continue
        for (let first = at - stride + 1; first <= at; first++) {
          const start = pieceAt(text, first)
          if (((pieces[slotOf(start)] ?? 0) & atStart) === 0) continue
          const found = byStart.get(start)?.find((each) => text.startsWith(each, first))
          if (found !== undefined) return { start: first, end: first + found.length }
        }
      }
      return undefined
    },
    findCut: (text, start, end, least) => {
      for (let first = Math.max(start, end - longest + 1); first <= end - least; first++) {
        const begun = byStart.get(pieceAt(text, first))
        if (begun === undefined) continue
        const part = text.slice(first, end)
        if (begun.some((each) => each.length > part.length && each.startsWith(part))) return first
      }
      return undefined
    },
  }
}

function mark(pieces: Uint8Array, piece: number, what: number): void {
  const slot = slotOf(piece)
  pieces[slot] = (pieces[slot] ?? 0) | what
}

/** Four units. Those of characters beyond Latin 1 overlap, so that equal pieces may belong to other texts. */
function pieceAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) << 24) ^
    (text.charCodeAt(at + 1) << 16) ^
    (text.charCodeAt(at + 2) << 8) ^
    text.charCodeAt(at + 3)
  )
}

function slotOf(piece: number): number {
  return Math.imul(piece, 0x9e37_79b1) >>> 12
}
