/** The files of the repository by the ends of their paths. */

interface Node {
  readonly children: Map<string, Node>
  /** Files at and below this node. */
  count: number
  /** The first few of them. */
  readonly paths: string[]
}

/** As many candidates as a message can show. */
const mostShown = 5

export interface Ending {
  /** How many segments from the end agree. */
  readonly length: number
  /** How many files agree that far; `paths` has the first few. */
  readonly count: number
  readonly paths: readonly string[]
}

export interface RepositoryPaths {
  has(path: string): boolean
  /** The files with the longest end in common with the path; of length 0 where not even the name agrees. */
  longest(segments: readonly string[], ignoreCase: boolean): Ending
}

export function repositoryPaths(files: readonly string[]): RepositoryPaths {
  const all = new Set(files)
  const exact = treeOf(files, false)
  let folded: Node | undefined
  return {
    has: (path) => all.has(path),
    longest: (segments, ignoreCase) => {
      const ending = walk(exact, segments)
      if (!ignoreCase) return ending
      folded ??= treeOf(files, true)
      const inAnyCase = walk(
        folded,
        segments.map((segment) => segment.toLowerCase()),
      )
      return inAnyCase.length > ending.length ? inAnyCase : ending
    },
  }
}

function treeOf(files: readonly string[], ignoreCase: boolean): Node {
  const root: Node = { children: new Map(), count: 0, paths: [] }
  for (const file of files) {
    let node = root
    for (const segment of (ignoreCase ? file.toLowerCase() : file).split('/').toReversed()) {
      const next = node.children.get(segment) ?? { children: new Map(), count: 0, paths: [] }
      node.children.set(segment, next)
      node = next
      node.count += 1
      if (node.paths.length < mostShown) node.paths.push(file)
    }
  }
  return root
}

function walk(root: Node, segments: readonly string[]): Ending {
  let node = root
  let length = 0
  for (let index = segments.length - 1; index >= 0; index--) {
    const next = node.children.get(segments[index] ?? '')
    if (next === undefined) break
    node = next
    length += 1
  }
  return length === 0 ? { length, count: 0, paths: [] } : { length, count: node.count, paths: node.paths }
}
