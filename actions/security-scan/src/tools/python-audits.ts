/** Which lists of Python dependencies a project has, and how to audit each as it is deployed. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Project } from '@ci-actions/shared'
import { tableAt } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import type { LockedPackage } from './python-locks.ts'
import { isLockName, readPythonLock } from './python-locks.ts'
import type { RequirementsFile } from './python-requirements.ts'
import { readRequirements } from './python-requirements.ts'

export type PythonAudit =
  /** A lock file that pip-audit does not read: the packages in it are given as requirements. */
  | { readonly kind: 'lock'; readonly file: ConfigFile; readonly packages: readonly LockedPackage[] }
  /** A requirements file as it stands; `parts` are itself and those that it takes in. */
  | {
      readonly kind: 'requirements'
      readonly file: ConfigFile
      readonly list: RequirementsFile
      readonly parts: readonly RequirementsPart[]
      readonly pinned: boolean
    }
  /** Nothing is pinned: what an installer would take today. */
  | { readonly kind: 'project'; readonly file: ConfigFile }

export interface RequirementsPart {
  readonly file: ConfigFile
  readonly list: RequirementsFile
}

/** What is locked goes before what is only asked for. */
export function pythonAudits(project: Project): readonly PythonAudit[] {
  const locks = nearestLocks(project).flatMap((file): readonly PythonAudit[] => {
    const packages = readPythonLock(file)
    return packages === undefined ? [] : [{ kind: 'lock', file, packages }]
  })
  const requirements = requirementsAudits(project)
  if (locks.length === 0) {
    if (requirements.length > 0) return requirements
    const file = project.configuration.find((each) => isHere(project, each) && asksForPackages(each))
    return file === undefined ? [] : [{ kind: 'project', file }]
  }
  return [...locks, ...requirements.filter((each) => each.kind !== 'requirements' || each.pinned)]
}

/** Lock files that there are, but that do not parse: nobody knows what they say. */
export function brokenLocks(project: Project): readonly ConfigFile[] {
  return nearestLocks(project).filter((file) => readPythonLock(file) === undefined)
}

/** Requirements files that are not audited because a lock file says what is installed. */
export function passedOver(project: Project): readonly ConfigFile[] {
  if (!pythonAudits(project).some(({ kind }) => kind === 'lock')) return []
  return requirementsAudits(project).flatMap((each) =>
    each.kind === 'requirements' && !each.pinned ? [each.file] : [],
  )
}

/** Of the nearest folder that has any: those of a workspace stand at its top. */
function nearestLocks(project: Project): readonly ConfigFile[] {
  const locks = project.configuration.filter(({ name, path }) => isLockName(name) && inScope(project, path))
  const nearest = locks[0] === undefined ? '' : posix.dirname(locks[0].path)
  return locks.filter(({ path }) => posix.dirname(path) === nearest)
}

function requirementsAudits(project: Project): readonly PythonAudit[] {
  const files = project.configuration.filter(
    (file) => file.name.endsWith('.txt') && !file.name.startsWith('constraints') && isHere(project, file),
  )
  const lists = new Map(
    files.map((file) => [file.path, { file, list: readRequirements(file.path, file.text) }]),
  )
  const included = new Set([...lists.values()].flatMap(({ list }) => list.includes))
  return [...lists.values()]
    .filter(
      ({ file, list }) => !included.has(file.path) && list.requirements.length + list.includes.length > 0,
    )
    .map(({ file, list }) => {
      const parts = partsOf(file.path, lists)
      return { kind: 'requirements', file, list, parts, pinned: parts.every((part) => isPinned(part, lists)) }
    })
}

type Lists = ReadonlyMap<string, RequirementsPart>

/** Itself first; each once. */
function partsOf(path: string, lists: Lists, known = new Set<string>()): readonly RequirementsPart[] {
  const part = lists.get(path)
  if (part === undefined || known.has(path)) return []
  known.add(path)
  return [part, ...part.list.includes.flatMap((each) => partsOf(each, lists, known))]
}

/** What it takes in from where nobody looked is not known to be. */
function isPinned({ list }: RequirementsPart, lists: Lists): boolean {
  const own = list.requirements.every(({ version, elsewhere }) => version !== undefined || elsewhere)
  return own && list.includes.every((each) => lists.has(each))
}

function isHere(project: Project, { path }: ConfigFile): boolean {
  const folder = posix.relative(project.folder, posix.dirname(path))
  return (folder === '' || folder === 'requirements') && inScope(project, path)
}

/** What stands above the package is not in its list of files. */
function inScope(project: Project, path: string): boolean {
  const relative = pathOf(project, { path })
  return project.inScope === undefined || relative.startsWith('../') || project.inScope.includes(relative)
}

function asksForPackages(file: ConfigFile): boolean {
  const dependencies = tableAt(file, 'project')?.['dependencies']
  return file.name === 'pyproject.toml' && Array.isArray(dependencies) && dependencies.length > 0
}
