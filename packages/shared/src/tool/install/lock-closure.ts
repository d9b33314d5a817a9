/** The part of a lock file that some packages need: requirement lines with hashes, to be installed as they stand. */
import type { LockedDependency, LockedPackage, LockFile } from './lock-file.ts'

/** More alternatives than this and a package is simply always installed. */
const maxConditions = 16

interface Reached {
  readonly locked: LockedPackage
  readonly extras: Set<string>
  /** Alternatives, each a list of markers that must all hold; the empty list means always. */
  readonly conditions: Map<string, readonly string[]>
}

export interface Root {
  readonly name: string
  readonly extras: readonly string[]
}

/**
 * Requirement lines of `roots` and everything below them. Undefined where the lock does not describe all of it
 * by version and hash: a package that is missing, from git, without hashes, or locked in several versions.
 */
export function lockedClosure(lock: LockFile, roots: readonly Root[]): string | undefined {
  const reached = visitAll(lock, roots)
  return reached && [...reached.values()].map(renderLine).sort().join('\n')
}

function visitAll(lock: LockFile, roots: readonly Root[]): ReadonlyMap<string, Reached> | undefined {
  const reached = new Map<string, Reached>()
  const queue = roots.map((root): Visit => ({ dependency: { ...root, marker: '' }, condition: [] }))
  for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
    const locked = find(lock, visit.dependency)
    if (locked === undefined) return undefined
    const dependencies = reach(reached, locked, visit)
    if (dependencies === undefined) return undefined
    queue.push(...dependencies)
  }
  return reached
}

/** All packages of a lock, as one requirements text; undefined where any is not described by version and hash. */
export function lockedEverything(lock: LockFile): string | undefined {
  const { packages } = lock
  if (packages.some((each) => each.dependencies === undefined || each.marker !== '')) {
    if (!packages.every(isPinned)) return undefined
    return packages
      .map((each) => line(each, each.marker))
      .sort()
      .join('\n')
  }
  const below = new Set(packages.flatMap((each) => allDependencies(each).map(({ name }) => name)))
  const present = new Set(packages.map((each) => each.name))
  // Poetry also lists the extras that nobody asked for, without locking what they need.
  const asRoot = ({ name, extras }: LockedPackage): Root => ({
    name,
    extras: Object.keys(extras).filter((extra) => extras[extra]?.every((each) => present.has(each.name))),
  })
  const tops = packages.filter((each) => !below.has(each.name)).map(asRoot)
  const reached = visitAll(lock, tops)
  // What only the extras of a package lower down need, and circles.
  const others = packages.filter((each) => !reached?.has(each.name)).map(asRoot)
  return reached && lockedClosure(lock, [...tops, ...others])
}

interface Visit {
  readonly dependency: LockedDependency
  readonly condition: readonly string[]
}

function find(lock: LockFile, { name, version }: LockedDependency): LockedPackage | undefined {
  const found = lock.packages.filter(
    (each) => each.name === name && (version === undefined || each.version === version),
  )
  const [only] = found
  return found.length === 1 && only !== undefined && isPinned(only) ? only : undefined
}

function isPinned(locked: LockedPackage): boolean {
  return locked.fromIndex && locked.hashes.length > 0
}

/** Notes the visit; the dependencies to visit next, none where the visit says nothing new, undefined without a graph. */
function reach(
  reached: Map<string, Reached>,
  locked: LockedPackage,
  visit: Visit,
): readonly Visit[] | undefined {
  if (locked.dependencies === undefined) return undefined
  const known: Reached = reached.get(locked.name) ?? { locked, extras: new Set(), conditions: new Map() }
  if (known.locked !== locked) return undefined
  reached.set(locked.name, known)
  const condition = known.conditions.size >= maxConditions ? [] : visit.condition
  const newExtras = visit.dependency.extras.filter((extra) => !known.extras.has(extra))
  const isNew = ![...known.conditions.values()].some((weaker) =>
    weaker.every((marker) => condition.includes(marker)),
  )
  if (!isNew && newExtras.length === 0) return []
  known.conditions.set(condition.join(' and '), condition)
  for (const extra of newExtras) known.extras.add(extra)
  const dependencies = [
    ...locked.dependencies,
    ...[...known.extras].flatMap((extra) => locked.extras[extra] ?? []),
  ]
  return dependencies.map((dependency) => ({ dependency, condition: both(condition, dependency.marker) }))
}

function both(condition: readonly string[], marker: string): readonly string[] {
  return marker === '' ? condition : [...new Set([...condition, `(${marker})`])].sort()
}

function allDependencies(locked: LockedPackage): readonly LockedDependency[] {
  return [...(locked.dependencies ?? []), ...Object.values(locked.extras).flat()]
}

function renderLine({ locked, conditions }: Reached): string {
  return line(
    locked,
    conditions.has('') ? '' : [...conditions.keys()].map((each) => `(${each})`).join(' or '),
  )
}

function line(locked: LockedPackage, marker: string): string {
  const condition = marker === '' ? '' : ` ; ${marker}`
  return [
    `${locked.name}==${locked.version}${condition}`,
    ...locked.hashes.map((hash) => `--hash=${hash}`),
  ].join(' ')
}
