/** What a repository depends on, as its own files say: sets of components, and how one came in through another. */
import type { Dependency, Finding } from '@ci-actions/shared'
import { canonicalName } from '@ci-actions/shared'

export interface Component {
  /** Tells it apart in its set, where a package may stand in several versions. */
  readonly id: string
  /** Type of a package URL. */
  readonly ecosystem: 'pypi' | 'npm'
  /** As the index compares names. */
  readonly name: string
  /** Undefined where the set does not say which one is installed. */
  readonly version?: string | undefined
  /** 1-based, in the file of the set. */
  readonly line?: number | undefined
  /** `own`: a part of the project; `other`: from git, an address or a folder, where no index knows it. */
  readonly from: 'index' | 'own' | 'other'
  /** `sha256:<hex>` of its files, or `sha512-<base64>` as npm writes it. */
  readonly hashes: readonly string[]
  /** As the lock file says it; most do not. */
  readonly license?: string | undefined
  /** Ids of what it needs in turn. */
  readonly needs: readonly string[]
}

export interface DependencySet {
  /** Repository-relative: the lock file, or the requirements file where that is all there is. */
  readonly path: string
  readonly ecosystem: Component['ecosystem']
  readonly components: readonly Component[]
  /** Ids of what the project asks for itself; undefined where its files do not say. */
  readonly asked?: ReadonlySet<string> | undefined
  /** What stands in the file beside the components, such as a folder or a repository, as it is written there. */
  readonly unread?: readonly string[] | undefined
}

export interface Inventory {
  /** Sorted by path. */
  readonly sets: readonly DependencySet[]
  /** Manifests that are there and say nothing, with the reason. */
  readonly unread: readonly { readonly path: string; readonly why: string }[]
}

/** How the components of a set came in. */
export interface Ways {
  /** 0 for what the project asks for itself; undefined for what nothing leads to. */
  distance(id: string): number | undefined
  /** Ids on the shortest way from something that the project asks for, both ends included. */
  to(id: string): readonly string[] | undefined
}

/** Longer ones tell nobody anything. */
const longestWay = 100

export function waysOf(set: DependencySet): Ways {
  const needs = new Map(set.components.map((component) => [component.id, component.needs]))
  const queue = [...(set.asked ?? [])].filter((id) => needs.has(id)).toSorted()
  const before = new Map<string, string | undefined>(queue.map((id) => [id, undefined]))
  const distances = new Map(queue.map((id) => [id, 0]))
  for (let at = 0; at < queue.length; at += 1) {
    const id = queue[at] ?? ''
    for (const next of [...(needs.get(id) ?? [])].toSorted()) {
      if (before.has(next) || !needs.has(next)) continue
      before.set(next, id)
      distances.set(next, (distances.get(id) ?? 0) + 1)
      queue.push(next)
    }
  }
  return {
    distance: (id) => distances.get(id),
    to: (id) => {
      if ((distances.get(id) ?? longestWay) >= longestWay) return undefined
      const way: string[] = []
      for (let at: string | undefined = id; at !== undefined; at = before.get(at)) way.unshift(at)
      return way
    },
  }
}

/** Answers for the dependencies of findings, prepared once for all of them. */
export interface DependencyPaths {
  /** The finding, with `direct` and `via` where it did not say and the inventory does. */
  complete(finding: Finding): Finding
}

export function openDependencyPaths(inventory: Inventory): DependencyPaths {
  const known = new Map<string, Known[]>()
  for (const set of inventory.sets) {
    const ways = waysOf(set)
    const names = new Map(set.components.map(({ id, name }) => [id, name]))
    for (const { id, ecosystem, name, version } of set.components) {
      const entry: Known = {
        path: set.path,
        version,
        direct: set.asked?.has(id),
        distance: ways.distance(id) ?? Number.POSITIVE_INFINITY,
        via: () => ways.to(id)?.map((each) => names.get(each) ?? each),
      }
      const key = keyOf({ ecosystem, name })
      known.set(key, known.get(key) ?? [])
      known.get(key)?.push(entry)
    }
  }
  return { complete: (finding) => completed(finding, known) }
}

/** For one finding; for many, prepare {@link openDependencyPaths} once. */
export function withDependencyPaths(finding: Finding, inventory: Inventory): Finding {
  return openDependencyPaths(inventory).complete(finding)
}

interface Known {
  readonly path: string
  readonly version: string | undefined
  readonly direct: boolean | undefined
  readonly distance: number
  via(): readonly string[] | undefined
}

function completed(finding: Finding, known: ReadonlyMap<string, readonly Known[]>): Finding {
  const { security, location } = finding
  if (security?.dependency === undefined) return finding
  const { dependency } = security
  if (dependency.direct !== undefined && dependency.via !== undefined) return finding
  const all = known.get(keyOf(dependency)) ?? []
  const fitting = all.filter(
    ({ version }) => dependency.version === undefined || version === dependency.version,
  )
  // The file that the finding is about knows best; failing that, whichever asks for it most directly.
  const here = fitting.filter(({ path }) => path === location?.path)
  const [best] = (here.length > 0 ? here : fitting).toSorted((a, b) => nearer(a.distance, b.distance))
  if (best === undefined) return finding
  const more: Dependency = {
    ...dependency,
    direct: dependency.direct ?? best.direct,
    via: dependency.via ?? best.via(),
  }
  return { ...finding, security: { ...security, dependency: more } }
}

/** Infinity less infinity is no number. */
function nearer(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function keyOf({ ecosystem, name }: Pick<Dependency, 'ecosystem' | 'name'>): string {
  return `${ecosystem}/${canonicalName(ecosystem, name)}`
}
