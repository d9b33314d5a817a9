/** Pairing of two ordered lists by nearness. */

/** Cells of the table that is filled for an exact answer; beyond it elements are paired in their order. */
const mostCells = 1_000_000

/**
 * Pairs every element of the shorter list with one of the longer, both in their order, so that the sum of
 * distances is smallest; of equally good pairings the one that uses earlier elements.
 */
export function pairNearest<A, B>(
  left: readonly A[],
  right: readonly B[],
  distance: (a: A, b: B) => number,
): readonly (readonly [A, B])[] {
  if (left.length > right.length) {
    return pairShorter(right, left, (b, a) => distance(a, b)).map(([b, a]) => [a, b])
  }
  return pairShorter(left, right, distance)
}

function pairShorter<S, L>(
  shorter: readonly S[],
  longer: readonly L[],
  distance: (a: S, b: L) => number,
): readonly (readonly [S, L])[] {
  const spare = longer.length - shorter.length
  if (spare === 0 || shorter.length * spare > mostCells) return pairsAt(shorter, longer, shorter.keys())
  return pairsAt(shorter, longer, bestPositions(shorter, longer, spare, distance))
}

function pairsAt<S, L>(
  shorter: readonly S[],
  longer: readonly L[],
  positions: Iterable<number>,
): readonly (readonly [S, L])[] {
  const at = [...positions]
  return shorter.flatMap((each, index) => {
    const other = longer[at[index] ?? -1]
    return other === undefined ? [] : [[each, other] as const]
  })
}

/**
 * Element i of the shorter list may stand at i to i + spare of the longer. `cost[s]` is the least cost of the
 * elements so far when `s` of the longer have been passed over; `passed` remembers where one more was.
 */
function bestPositions<S, L>(
  shorter: readonly S[],
  longer: readonly L[],
  spare: number,
  distance: (a: S, b: L) => number,
): readonly number[] {
  const width = spare + 1
  const passed = new Uint8Array(shorter.length * width)
  let cost = new Float64Array(width)
  for (const [index, each] of shorter.entries()) {
    const next = new Float64Array(width)
    for (let skipped = 0; skipped < width; skipped += 1) {
      const other = longer[index + skipped]
      const here = (cost[skipped] ?? 0) + (other === undefined ? 0 : distance(each, other))
      const before = skipped === 0 ? Number.POSITIVE_INFINITY : (next[skipped - 1] ?? 0)
      passed[index * width + skipped] = before <= here ? 1 : 0
      next[skipped] = Math.min(before, here)
    }
    cost = next
  }
  const positions = new Uint32Array(shorter.length)
  let skipped = spare
  for (let index = shorter.length - 1; index >= 0; index -= 1) {
    while (passed[index * width + skipped] === 1) skipped -= 1
    positions[index] = index + skipped
  }
  return [...positions]
}
