/** What Python manifests ask for that nothing locks and no list names. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Project } from '@ci-actions/shared'
import { tableAt } from '@ci-actions/shared'
import { pythonLockOf } from '../dependencies/locked-by.ts'
import type { Declared } from '../dependencies/python-declared.ts'
import { declaredIn, inSetupScript } from '../dependencies/python-declared.ts'
import { isBelow } from './python-files.ts'
import { readPythonLock } from './python-locks.ts'
import type { RequirementsAudit } from './python-requirements-lists.ts'

interface Surroundings {
  readonly files: ReadonlyMap<string, ConfigFile>
  /** Those that answer for the project's own folder. */
  readonly locks: readonly ConfigFile[]
  readonly lists: readonly RequirementsAudit[]
}

export interface OpenedDeclared {
  readonly audits: readonly {
    readonly kind: 'project'
    readonly file: ConfigFile
    readonly declared: readonly Declared[]
  }[]
  readonly unreadable: readonly {
    readonly file: ConfigFile
    readonly why: string
    readonly listed: boolean
  }[]
  /** Whether a lock file says which versions of all that a list names are installed. */
  isLocked(list: RequirementsAudit): boolean
}

export function openDeclared(project: Project, around: Surroundings): OpenedDeclared {
  const namesIn = new Map<ConfigFile, ReadonlySet<string>>()
  const namesOf = (lock: ConfigFile) => {
    const names = namesIn.get(lock) ?? new Set((readPythonLock(lock) ?? []).map(({ name }) => name))
    namesIn.set(lock, names)
    return names
  }
  const own = [...around.files.values()].filter((file) => isBelow(project, file))
  const locksOf = (file: ConfigFile) => locksFor(file, project, around)
  const audits = own.flatMap((file) => {
    const locks = locksOf(file)
    const locked = locks.map(namesOf)
    const listed = listsBeside(file, around).flatMap(namesListed)
    const names = new Set([...locked.flatMap((each) => [...each]), ...listed])
    const declared = (file.error === undefined ? (declaredIn(file) ?? []) : []).filter(
      ({ name, elsewhere, conditional }) =>
        !elsewhere && !names.has(name) && !(conditional && locks.length > 0),
    )
    return declared.length === 0 ? [] : [{ kind: 'project' as const, file, declared }]
  })
  const unreadable = own.flatMap((file) => {
    const why = whyUnreadable(file, around)
    if (why === undefined || locksOf(file).length > 0) return []
    return [{ file, why, listed: listsBeside(file, around).length > 0 }]
  })
  return {
    audits,
    unreadable,
    isLocked: (list) => {
      const locks = locksOf(list.file)
      const names = new Set(locks.flatMap((lock) => [...namesOf(lock)]))
      return locks.length > 0 && namesListed(list).every((name) => names.has(name))
    },
  }
}

function locksFor(file: ConfigFile, project: Project, { files, locks }: Surroundings): readonly ConfigFile[] {
  const lock = pythonLockOf(file, { files })
  const isTop = ['', 'requirements'].includes(posix.relative(project.folder, posix.dirname(file.path)))
  return lock === undefined ? (isTop ? locks : []) : [lock]
}

function listsBeside({ path }: ConfigFile, { lists }: Surroundings): readonly RequirementsAudit[] {
  const folder = posix.dirname(path)
  return lists.filter(({ file }) =>
    [folder, posix.join(folder, 'requirements')].includes(posix.dirname(file.path)),
  )
}

function namesListed({ parts }: RequirementsAudit): readonly string[] {
  return parts.flatMap(({ list }) =>
    list.requirements.flatMap(({ name, elsewhere }) => (elsewhere ? [] : [name])),
  )
}

/** Files that a manifest says hold its dependencies; of setuptools. */
export function dynamicLists(file: ConfigFile): readonly string[] {
  const beside = (name: string) => posix.normalize(posix.join(posix.dirname(file.path), name))
  if (file.name === 'setup.cfg')
    return filesInSetup(tableAt(file, 'options')?.['install_requires']).map(beside)
  if (file.name !== 'pyproject.toml') return []
  const dynamic = tableAt(file, 'tool', 'setuptools', 'dynamic') ?? {}
  const extras = tableAt(file, 'tool', 'setuptools', 'dynamic', 'optional-dependencies') ?? {}
  return [dynamic['dependencies'], ...Object.values(extras)].flatMap(fileNames).map(beside)
}

/** `file: a.txt, b.txt` */
function filesInSetup(value: unknown): readonly string[] {
  const names = typeof value === 'string' ? /^\s*file:(.*)$/m.exec(value)?.[1] : undefined
  return (names ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
}

function fileNames(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || !('file' in value)) return []
  return [value.file].flat().filter((name) => typeof name === 'string')
}

function whyUnreadable(file: ConfigFile, { files }: Surroundings): string | undefined {
  if (file.name === 'setup.py')
    return inSetupScript(file.text) === undefined
      ? 'only running it would tell what it asks for, and it is not run'
      : undefined
  const [missing] = dynamicLists(file).filter((path) => !files.has(path))
  if (missing !== undefined) return `it takes its dependencies from ${missing}, which cannot be read`
  const dynamic = file.name === 'pyproject.toml' ? tableAt(file, 'project')?.['dynamic'] : undefined
  if (!Array.isArray(dynamic) || !dynamic.includes('dependencies')) return undefined
  const beside = ['setup.py', 'setup.cfg'].map((name) =>
    files.get(posix.join(posix.dirname(file.path), name)),
  )
  if (
    beside.some((each) => each !== undefined) ||
    tableAt(file, 'tool', 'poetry', 'dependencies') !== undefined
  )
    return undefined
  if (dynamicLists(file).length > 0) return undefined
  return 'its dependencies are `dynamic`, so that only building it would tell them, and it is not built'
}
