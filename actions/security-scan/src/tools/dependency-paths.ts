/** How a project comes to a component that it does not ask for itself. Pure. */

/** The shortest way to a component, both ends included; undefined where there is none. */
export type PathTo = (wanted: string) => readonly string[] | undefined

/** Along `next` from one of `starts`; of several ways of one length the first in the order given. Looked for once. */
export function shortestPaths(starts: readonly string[], next: (name: string) => readonly string[]): PathTo {
  const from = new Map<string, string | undefined>(starts.map((name) => [name, undefined]))
  const queue = [...from.keys()]
  for (let index = 0; index < queue.length; index++) {
    const name = queue[index] ?? ''
    for (const each of next(name)) {
      if (from.has(each)) continue
      from.set(each, name)
      queue.push(each)
    }
  }
  return (wanted) => (from.has(wanted) ? backwards(wanted, from) : undefined)
}

function backwards(end: string, from: ReadonlyMap<string, string | undefined>): readonly string[] {
  const path = [end]
  for (let name = from.get(end); name !== undefined; name = from.get(name)) path.unshift(name)
  return path
}
