/** Finds the one thing before a test that makes the difference, by halving. */

export type SingleCause<T> =
  | { readonly kind: 'one'; readonly item: T }
  /** None of them makes the difference alone. */
  | { readonly kind: 'several' }
  /** A probe had no answer. */
  | { readonly kind: 'unknown' }

/**
 * `items` as a whole show the effect, and nothing at all does not: the caller knows both. `probe` says whether a part
 * of them, in their order, shows it. Asks at most ⌈log₂ n⌉ + 1 times, the last time about the one alone. Where several
 * would do, it gives one of them.
 */
export async function findSingleCause<T>(
  items: readonly T[],
  probe: (part: readonly T[]) => Promise<boolean | undefined>,
): Promise<SingleCause<T>> {
  let part = items
  while (part.length > 1) {
    const middle = Math.ceil(part.length / 2)
    const shows = await probe(part.slice(0, middle))
    if (shows === undefined) return { kind: 'unknown' }
    part = shows ? part.slice(0, middle) : part.slice(middle)
  }
  const [item] = part
  if (item === undefined) return { kind: 'several' }
  const shows = await probe(part)
  if (shows === undefined) return { kind: 'unknown' }
  return shows ? { kind: 'one', item } : { kind: 'several' }
}
