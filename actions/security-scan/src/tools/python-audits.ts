/** Which lists of Python dependencies a project has, and how to audit each as it is deployed. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Project } from '@ci-actions/shared'
import { parseManifest } from '../dependencies/manifest-files.ts'
import type { Declared } from '../dependencies/python-declared.ts'
import { isIllustration, isPythonManifest, isScoped } from './python-files.ts'
import type { LockedPackage } from './python-locks.ts'
import { isLockName, readPythonLock } from './python-locks.ts'
import { openDeclared } from './python-manifests.ts'
import type { RequirementsAudit } from './python-requirements-lists.ts'
import { requirementsAudits } from './python-requirements-lists.ts'

export type PythonAudit =
  /** A lock file that pip-audit does not read: the packages in it are given as requirements. */
  | { readonly kind: 'lock'; readonly file: ConfigFile; readonly packages: readonly LockedPackage[] }
  /** A requirements file as it stands; `parts` are itself and those that it takes in. */
  | RequirementsAudit
  /** What nothing locks or lists: what an installer would take today. */
  | { readonly kind: 'project'; readonly file: ConfigFile; readonly declared: readonly Declared[] }

export interface PythonAudits {
  /** What is locked goes before what is only asked for. */
  readonly audits: readonly PythonAudit[]
  /** All lists of requirements, also those that are not audited. */
  readonly lists: readonly RequirementsAudit[]
  /** Lock files that there are, but that do not parse: nobody knows what they say. */
  readonly broken: readonly ConfigFile[]
  /** Lists that are not audited because a lock file says what is installed. */
  readonly passedOver: readonly ConfigFile[]
  /** Without exact versions, in folders of tests, examples and documents: nobody installs what they would resolve to. */
  readonly setAside: readonly ConfigFile[]
  /** Files that name packages in a way that only running them would tell, with the reason. */
  readonly unreadable: readonly {
    readonly file: ConfigFile
    readonly why: string
    readonly listed: boolean
  }[]
}

/** Asked for each finding; a project never changes. */
const known = new WeakMap<Project, PythonAudits>()

export function openPythonAudits(project: Project): PythonAudits {
  const found = known.get(project) ?? findAudits(project)
  known.set(project, found)
  return found
}

export function pythonAudits(project: Project): readonly PythonAudit[] {
  return openPythonAudits(project).audits
}

/** Whether only an index knows which versions it means. */
export function isOpen(audit: PythonAudit): boolean {
  return audit.kind === 'project' || (audit.kind === 'requirements' && !audit.pinned)
}

function findAudits(project: Project): PythonAudits {
  const files = filesOf(project)
  const locks = nearestLocks(project).map((file) => ({ file, packages: readPythonLock(file) }))
  const locked = locks.flatMap(({ file, packages }): readonly PythonAudit[] =>
    packages === undefined ? [] : [{ kind: 'lock', file, packages }],
  )
  const lists = requirementsAudits(project, files)
  const declared = openDeclared(project, { files, locks: locks.map(({ file }) => file), lists })
  const isPassedOver = (each: RequirementsAudit) => !each.pinned && declared.isLocked(each)
  const wanted = [...lists.filter((each) => !isPassedOver(each)), ...declared.audits]
  const isAside = (each: PythonAudit) => isOpen(each) && isIllustration(project, each.file)
  return {
    audits: [...locked, ...wanted.filter((each) => !isAside(each))],
    lists,
    broken: locks.flatMap(({ file, packages }) => (packages === undefined ? [file] : [])),
    passedOver: lists.filter(isPassedOver).map(({ file }) => file),
    setAside: wanted.filter(isAside).map(({ file }) => file),
    unreadable: declared.unreadable,
  }
}

/** By repository-relative path: what the core has read for every tool, and what was asked for by `reads`. */
function filesOf(project: Project): ReadonlyMap<string, ConfigFile> {
  const files = new Map(
    project.configuration.filter((file) => isScoped(project, file)).map((file) => [file.path, file]),
  )
  for (const [relative, text] of project.texts ?? []) {
    const path = posix.join(project.folder, relative)
    if (files.has(path) || !isScoped(project, { path })) continue
    if (isPythonManifest(path) || /\.(?:txt|in)$/.test(path)) files.set(path, parseManifest(path, text))
  }
  return files
}

/** Of the nearest folder that has any: those of a workspace stand at its top. */
function nearestLocks(project: Project): readonly ConfigFile[] {
  const locks = project.configuration.filter((file) => isLockName(file.name) && isScoped(project, file))
  const nearest = locks[0] === undefined ? '' : posix.dirname(locks[0].path)
  return locks.filter(({ path }) => posix.dirname(path) === nearest)
}
