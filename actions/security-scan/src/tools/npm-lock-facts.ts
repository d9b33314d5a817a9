/** Of a package in npm's lock file: its version, its line, and how the project comes to it. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Dependency, Project, RawLocation } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import type { Component, DependencySet } from '../dependencies/inventory.ts'
import { waysOf } from '../dependencies/inventory.ts'
import { npmSet } from '../dependencies/npm-lock.ts'
import { pathOf } from './configuration-path.ts'

export interface LockedFacts {
  readonly dependency: Dependency
  readonly location: RawLocation
}

/** Undefined for a package that the lock file does not have, or where the core did not read it. */
export type FindLocked = (wanted: (component: Component) => boolean) => LockedFacts | undefined

/** `folder` is relative to the package; npm prefers the shrinkwrap. */
export function npmLockIn(project: Project, folder: string): ConfigFile | undefined {
  return ['npm-shrinkwrap.json', 'package-lock.json']
    .map((name) => project.configuration.find((file) => pathOf(project, file) === posix.join(folder, name)))
    .find((file) => file !== undefined)
}

export function factsOfLock(project: Project, lock: ConfigFile | undefined): FindLocked {
  const set = lock && setOf(lock)
  return lock === undefined || set === undefined ? () => undefined : factsOfSet(set, pathOf(project, lock))
}

/** `path` is that of the file, as findings name it. */
export function factsOfSet(set: DependencySet, path: string): FindLocked {
  const ways = waysOf(set)
  const names = new Map(set.components.map(({ id, name }) => [id, name]))
  return (wanted) => {
    const component = set.components.find(wanted)
    if (component === undefined) return undefined
    const { id, name, version, line } = component
    const via = ways.to(id)?.flatMap((each) => names.get(each) ?? [])
    return {
      dependency: {
        ecosystem: 'npm',
        name,
        ...(version !== undefined && { version }),
        ...(set.asked !== undefined && { direct: ways.distance(id) === 0 }),
        ...(via && { via }),
      },
      location: { path, ...(line !== undefined && { line }) },
    }
  }
}

/** The core leaves it unparsed, since most tools have no use for it. */
function setOf(lock: ConfigFile): DependencySet | undefined {
  try {
    const data: unknown = JSON.parse(lock.text)
    return isRecord(data) ? npmSet({ ...lock, data }) : undefined
  } catch {
    return undefined
  }
}
