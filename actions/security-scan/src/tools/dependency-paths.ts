/** How a project comes to a component that it does not ask for itself. Pure. */

/**
 * The shortest way, both ends included, along `next` from one of `starts`; of several the first in the order given.
 * Undefined where there is none.
 */
export function shortestPath(
  starts: readonly string[],
  wanted: string,
  next: (name: string) => readonly string[],
): readonly string[] | undefined {
  const from = new Map<string, string | undefined>(starts.map((name) => [name, undefined]))
  const queue = [...from.keys()]
  for (let index = 0; index < queue.length; index++) {
    const name = queue[index] ?? ''
    if (name === wanted) return backwards(name, from)
    for (const each of next(name)) {
      if (from.has(each)) continue
      from.set(each, name)
      queue.push(each)
    }
  }
  return undefined
}

function backwards(end: string, from: ReadonlyMap<string, string | undefined>): readonly string[] {
  const path = [end]
  for (let name = from.get(end); name !== undefined; name = from.get(name)) path.unshift(name)
  return path
}
