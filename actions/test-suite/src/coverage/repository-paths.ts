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
  const exact = endingsOf(files, false)
  let folded: Endings | undefined
  return {
    has: (path) => all.has(path),
    longest: (segments, ignoreCase) => {
      const ending = exact(segments)
      if (!ignoreCase) return ending
      folded ??= endingsOf(files, true)
      const inAnyCase = folded(segments.map((segment) => segment.toLowerCase()))
      return inAnyCase.length > ending.length ? inAnyCase : ending
    },
  }
}

type Endings = (segments: readonly string[]) => Ending

/** Most files have a name of their own. The others get a tree for each name, when somebody asks for it. */
function endingsOf(files: readonly string[], ignoreCase: boolean): Endings {
  const byName = Map.groupBy(files, (file) => {
    const name = file.slice(file.lastIndexOf('/') + 1)
    return ignoreCase ? name.toLowerCase() : name
  })
  const trees = new Map<string, Node>()
  return (segments) => {
    const name = segments.at(-1) ?? ''
    const named = byName.get(name) ?? []
    const [only] = named
    if (only === undefined) return { length: 0, count: 0, paths: [] }
    if (named.length === 1) return { length: commonEnd(only, segments, ignoreCase), count: 1, paths: named }
    const tree = trees.get(name) ?? treeOf(named, ignoreCase)
    trees.set(name, tree)
    return walk(tree, segments)
  }
}

/** How many segments from the end agree. */
function commonEnd(file: string, segments: readonly string[], ignoreCase: boolean): number {
  const own = (ignoreCase ? file.toLowerCase() : file).split('/')
  let length = 0
  while (length < own.length && length < segments.length && own.at(-1 - length) === segments.at(-1 - length))
    length += 1
  return length
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
