/** What a lock file of npm, pnpm or Yarn locks, as far as a registry can be asked about it. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Notice, Project } from '@ci-actions/shared'
import { filesInScope } from '@ci-actions/shared'
import type { Component, DependencySet } from '../dependencies/inventory.ts'
import { parseManifest } from '../dependencies/manifest-files.ts'
import { staleLockFindings } from '../dependencies/stale-lock.ts'
import type { Survey } from '../dependencies/survey.ts'
import { surveyOf } from '../dependencies/survey.ts'
import { registryFiles } from './audit-registry.ts'
import { nameSome } from './risk-finding.ts'

export interface LockedVersion {
  readonly name: string
  readonly version: string
}

export interface NodeLock {
  /** Relative to the project's root. */
  readonly path: string
  /** Without duplicates. */
  readonly versions: readonly LockedVersion[]
  readonly set: DependencySet | undefined
  /** What stands there and comes from no registry. */
  readonly others: readonly string[]
  /** What is wrong with it, so that an audit of it says nothing. */
  readonly broken?: string | undefined
  /** What the reader must know of it, whatever an audit finds. */
  readonly notices: readonly Notice[]
}

/** Those in scope with one of the names. */
export function locksNamed(project: Project, names: readonly string[]): readonly string[] {
  return filesInScope(project).filter((path) => names.includes(posix.basename(path)) && isOwn(path))
}

/** The locks with such names, and what stands beside them and says what they should lock, and who is asked. */
export function readsLocks(names: readonly string[]): (files: readonly string[]) => readonly string[] {
  return (files) => {
    const own = files.filter(isOwn)
    if (!own.some((path) => names.includes(posix.basename(path)))) return []
    const wanted = new Set([...names, ...registryFiles, 'package.json'])
    return own.filter((path) => wanted.has(posix.basename(path)))
  }
}

function isOwn(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path)
}

export function readNodeLock(project: Project, path: string): NodeLock {
  const known = posix.join(project.folder, path)
  const nothing = { path, versions: [], others: [], set: undefined, notices: [] }
  const text = project.texts?.get(path)
  if (text === undefined) return { ...nothing, broken: `${known} cannot be read, or is too large.` }
  const survey = surveyOf({ files: filesFor(project, path), unread: [] })
  const set = survey.inventory.sets.find((each) => each.path === known)
  const why =
    survey.files.get(known)?.error ?? survey.inventory.unread.find((each) => each.path === known)?.why
  if (set === undefined)
    return { ...nothing, broken: `${known} is no lock file${why === undefined ? '' : `: ${why}`}.` }
  const foreign = set.components.filter(({ from }) => from !== 'own')
  // That of pnpm writes an address in the place of a version; without a digest alone a package is one of the registry.
  const asked = foreign.filter(({ from }) => from === 'index' || path.endsWith('pnpm-lock.yaml'))
  const versions = [...new Map(asked.flatMap(entryOf)).values()]
  const readable = new Set(asked.filter((each) => versionOf(each) !== undefined))
  const unknown = foreign.filter((each) => !readable.has(each))
  const others = [...unknown.map(({ id }) => id), ...(set.unread ?? [])]
  const broken = versions.length === 0 && others.length > 0 ? `Nothing in ${known} can be read.` : undefined
  const notices = [...staleNotices(survey, known), ...emptyNotice(known, foreign.length)]
  return { path, set, versions, others, broken, notices }
}

function staleNotices(survey: Survey, lock: string): readonly Notice[] {
  return staleLockFindings(survey)
    .filter(({ location }) => location?.path === lock)
    .map(({ message }) => ({
      level: 'failed',
      message: `Nobody looked at what is not locked. ${message}`,
    }))
}

function emptyNotice(path: string, count: number): readonly Notice[] {
  return count > 0 ? [] : [{ level: 'notice', message: `There are no packages in ${path}.` }]
}

/** The lock, and each package.json that it may be about. */
function filesFor(project: Project, lock: string): ReadonlyMap<string, ConfigFile> {
  const folder = posix.dirname(lock)
  const about = [...(project.texts ?? [])].filter(
    ([path]) =>
      path === lock ||
      (posix.basename(path) === 'package.json' && (folder === '.' || path.startsWith(`${folder}/`))),
  )
  return new Map(
    about.map(([path, text]) => {
      const known = posix.join(project.folder, path)
      return [known, parseManifest(known, text)] as const
    }),
  )
}

/** Of programs that are asked about versions alone. */
export function othersNotice(
  { path, others }: NodeLock,
  { folder }: Pick<Project, 'folder'>,
): readonly Notice[] {
  if (others.length === 0) return []
  const message = `Not audited, since no advisory knows what does not come from a registry: ${nameSome(others)} (${posix.join(folder, path)}).`
  return [{ level: 'warning', message }]
}

function entryOf(component: Component): readonly (readonly [string, LockedVersion])[] {
  const locked = versionOf(component)
  return locked === undefined ? [] : [[`${locked.name}@${locked.version}`, locked]]
}

/** Old names have capitals, by which the registry knows them; the inventory compares without. */
function versionOf({ id, name: lower, version = '' }: Component): LockedVersion | undefined {
  const name = id.toLowerCase().startsWith(`${lower}@`) ? id.slice(0, lower.length) : lower
  const known =
    /^(?:@[\w.~-]+\/)?[\w.~!'()*-]+$/.test(name) && /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version)
  return known ? { name, version } : undefined
}
