/** Looks for many texts at once in a single pass. Pure. */

/** Texts are told apart by this many UTF-16 units before they are compared; none of them may be shorter. */
export const shortestSearched = 4

/** Slots for pieces of texts: a power of two, many more than there are pieces. */
const slots = 1 << 20

/** A longer stride makes more pieces, and saves little more. */
const longestStride = 8

export interface Match {
  readonly start: number
  readonly end: number
}

export interface TextSearch {
  /** The first place from `start` on where one of the texts is; of several there the longest. */
  find(text: string, start: number): Match | undefined
}

/**
 * A pattern of thousands of alternatives tries them one after the other wherever one could begin; here it is one look
 * into a table for every few units: wherever a text stands, one of its first pieces is where we look.
 */
export function openTextSearch(texts: Iterable<string>): TextSearch {
  const wanted = [...texts]
  const shortest = wanted.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY)
  if (shortest < shortestSearched) throw new RangeError('too short a text to look for')
  const stride = Math.min(shortest - shortestSearched + 1, longestStride)
  const pieces = new Uint8Array(slots)
  const byStart = new Map<number, string[]>()
  // Longest first, so that a text which contains another one is found whole.
  for (const text of wanted.toSorted((a, b) => b.length - a.length)) {
    for (let at = 0; at < stride; at++) pieces[slotOf(pieceAt(text, at))] = 1
    const start = pieceAt(text, 0)
    const known = byStart.get(start)
    if (known === undefined) byStart.set(start, [text])
    else known.push(text)
  }
  return {
    find: (text, start) => {
      for (let at = start + stride - 1; at + shortestSearched <= text.length; at += stride) {
        if (pieces[slotOf(pieceAt(text, at))] !== 1) continue
        for (let first = at - stride + 1; first <= at; first++) {
          const found = byStart.get(pieceAt(text, first))?.find((each) => text.startsWith(each, first))
          if (found !== undefined) return { start: first, end: first + found.length }
        }
      }
      return undefined
    },
  }
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
