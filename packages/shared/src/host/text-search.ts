/** Looks for many texts at once in a single pass. Pure. */

/** Texts are told apart by this many UTF-16 units before they are compared; none of them may be shorter. */
export const shortestSearched = 4

/** Slots for the first units of a text: a power of two, many more than there are texts. */
const slots = 1 << 18

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
 * into a table for each unit.
 */
export function openTextSearch(texts: Iterable<string>): TextSearch {
  const used = new Uint8Array(slots)
  const byStart = new Map<number, string[]>()
  // Longest first, so that a text which contains another one is found whole.
  for (const text of [...texts].toSorted((a, b) => b.length - a.length)) {
    if (text.length < shortestSearched) throw new RangeError('too short a text to look for')
    let units = 0
    for (let at = 0; at < shortestSearched; at++) units = shifted(units, text.charCodeAt(at))
    used[slotOf(units)] = 1
    const known = byStart.get(units)
    if (known === undefined) byStart.set(units, [text])
    else known.push(text)
  }
  return {
    find: (text, start) => {
      let units = 0
      for (let at = start; at < text.length; at++) {
        units = shifted(units, text.charCodeAt(at))
        if (used[slotOf(units)] !== 1) continue
        const first = at - shortestSearched + 1
        if (first < start) continue
        const found = byStart.get(units)?.find((each) => text.startsWith(each, first))
        if (found !== undefined) return { start: first, end: first + found.length }
      }
      return undefined
    },
  }
}

/** Depends on the last four units alone: what is before them is shifted out of 32 bits. */
function shifted(units: number, next: number): number {
  return (units << 8) ^ next
}

function slotOf(units: number): number {
  return Math.imul(units, 0x9e37_79b1) >>> 14
}
