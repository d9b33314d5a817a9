/**
 * Shares out pieces of work so that the fullest part is as small as can be: longest first to whoever has least,
 * then exchanges between the fullest part and the others. Whole numbers, so that no sum depends on an order.
 */

/** Pieces looked at while exchanging, about half a second; what can be reached is reached long before. */
const mostLooks = 20_000_000

interface Part {
  readonly index: number
  load: number
  /** Positions in `sizes`, not sorted. */
  readonly pieces: number[]
}

/** Positions of `sizes` by part. `sizes`: whole, positive, largest first; the answer depends on nothing else. */
export function balance(sizes: readonly number[], parts: number): readonly (readonly number[])[] {
  const shared = longestFirst(sizes, parts)
  improve(shared, sizes)
  return shared.map(({ pieces }) => pieces.sort((a, b) => a - b))
}

/** No plan can be quicker. */
export function lowerBound(sizes: readonly number[], parts: number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const longest = sizes.reduce((most, size) => Math.max(most, size), 0)
  return Math.max(Math.ceil(total / parts), longest)
}

function longestFirst(sizes: readonly number[], parts: number): Part[] {
  const all: Part[] = Array.from({ length: parts }, (_, index) => ({ index, load: 0, pieces: [] }))
  const heap = [...all]
  for (const [position, size] of sizes.entries()) {
    const [least] = heap
    if (least === undefined) break
    least.load += size
    least.pieces.push(position)
    sink(heap)
  }
  return all
}

/** The first of the heap has grown: puts it where it belongs. */
function sink(heap: Part[]): void {
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    const child = isLess(heap[right], heap[left]) ? right : left
    const [here, below] = [heap[at], heap[child]]
    if (here === undefined || below === undefined || !isLess(below, here)) return
    heap[at] = below
    heap[child] = here
    at = child
  }
}

function isLess(one: Part | undefined, other: Part | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined
  return one.load < other.load || (one.load === other.load && one.index < other.index)
}

/** Until the fullest part is at the bound, or can give nothing to anybody that would help. */
function improve(parts: Part[], sizes: readonly number[]): void {
  const bound = lowerBound(sizes, parts.length)
  let looks = 0
  const tryRelief = (fullest: Part, part: Part): boolean => {
    looks += fullest.pieces.length + part.pieces.length
    return relieve(fullest, part, sizes)
  }
  while (looks < mostLooks) {
    const fullest = parts.reduce((most, part) => (part.load > most.load ? part : most))
    if (fullest.load <= bound) return
    const emptiestFirst = parts.toSorted((a, b) => a.load - b.load || a.index - b.index)
    const helped = emptiestFirst.some((part) => part !== fullest && tryRelief(fullest, part))
    if (!helped) return
  }
}

/** Moves a piece, or swaps two, so that the fuller of both parts is as small as this can make it. */
function relieve(full: Part, other: Part, sizes: readonly number[]): boolean {
  const gap = full.load - other.load
  if (gap <= 1) return false
  const exchange = bestExchange(full.pieces, other.pieces, sizes, gap)
  if (exchange === undefined) return false
  const { given, taken, difference } = exchange
  take(full.pieces, given)
  other.pieces.push(given)
  if (taken !== undefined) {
    take(other.pieces, taken)
    full.pieces.push(taken)
  }
  full.load -= difference
  other.load += difference
  return true
}

interface Exchange {
  readonly given: number
  readonly taken: number | undefined
  /** What the fuller part loses; half of the gap is best, and less than the gap is a gain. */
  readonly difference: number
}

/** Both lists are put in order of size and walked once, side by side. */
function bestExchange(
  full: number[],
  other: number[],
  sizes: readonly number[],
  gap: number,
): Exchange | undefined {
  full.sort((a, b) => a - b)
  other.sort((a, b) => a - b)
  let best: Exchange | undefined
  let off = gap / 2
  const consider = (given: number, taken: number | undefined): number => {
    const difference = (sizes[given] ?? 0) - (taken === undefined ? 0 : (sizes[taken] ?? 0))
    if (Math.abs(difference - gap / 2) < off) {
      best = { given, taken, difference }
      off = Math.abs(difference - gap / 2)
    }
    return difference
  }
  let at = 0
  for (const given of full) {
    consider(given, undefined)
    for (; at < other.length; at += 1) if (consider(given, other[at]) >= gap / 2) break
    // The one before was on the other side of half of the gap for this piece.
    if (at > 0) consider(given, other[at - 1])
  }
  return best
}

function take(pieces: number[], piece: number): void {
  pieces.splice(pieces.indexOf(piece), 1)
}
