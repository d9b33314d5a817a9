/** Puts what the manifests of a project say together: sets of components, and what is asked for where. Pure. */
import { posix } from 'node:path'
import type { ConfigFile } from '@ci-actions/shared'
import { isRecord, messageOf } from '@ci-actions/shared'
import { isLockName } from '../tools/python-locks.ts'
import { readRequirements } from '../tools/python-requirements.ts'
import { bunLock } from './bun-lock.ts'
import type { DependencySet, Inventory } from './inventory.ts'
import type { ManifestFiles } from './manifest-files.ts'
import { isLockFile } from './manifest-files.ts'
import { npmSet } from './npm-lock.ts'
import type { PnpmLock } from './pnpm-lock.ts'
import { pnpmLock } from './pnpm-lock.ts'
import type { Declared } from './python-declared.ts'
import { declaredIn } from './python-declared.ts'
import type { RequirementsSet } from './python-sets.ts'
import { isRequirementsPath, lockSet, requirementsSet } from './python-sets.ts'
import type { YarnAnswers } from './yarn-lock.ts'
import { yarnSet } from './yarn-lock.ts'

/** What a project asks for in one file. */
export interface Manifest {
  readonly file: ConfigFile
  readonly declared: readonly Declared[]
}

/** All that the checks of dependencies look at. */
export interface Survey {
  readonly inventory: Inventory
  readonly files: ReadonlyMap<string, ConfigFile>
  /** Of Python, with something in them. */
  readonly manifests: readonly Manifest[]
  /** Lists of requirements that no other takes in. */
  readonly requirements: readonly RequirementsSet[]
  /** Locks of pnpm, and those of Bun, which say the same. */
  readonly pnpm: ReadonlyMap<string, PnpmLock>
  readonly yarn: ReadonlyMap<string, YarnAnswers>
}

export function surveyOf({ files, unread }: ManifestFiles): Survey {
  const all = [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const manifests = all.flatMap((file) => {
    const declared = file.error === undefined ? declaredIn(file) : undefined
    return declared === undefined ? [] : [{ file, declared }]
  })
  const requirements = requirementsSets(all, files)
  const pnpm = new Map<string, PnpmLock>()
  const yarn = new Map<string, YarnAnswers>()
  const broken: { path: string; why: string }[] = []
  const read = (file: ConfigFile): DependencySet | undefined => {
    if (isLockName(file.name)) return lockSet(file, namesBeside(file, manifests))
    if (file.name === 'package-lock.json' || file.name === 'npm-shrinkwrap.json') return npmSet(file)
    if (file.name === 'pnpm-lock.yaml' || file.name === 'bun.lock') {
      const lock = (file.name === 'bun.lock' ? bunLock : pnpmLock)(file.path, file.text, file.data)
      if (lock !== undefined) pnpm.set(file.path, lock)
      return lock?.set
    }
    if (file.name !== 'yarn.lock') return undefined
    const { set, answers } = yarnSet(file.path, file.text, packageJsonBeside(file, files))
    yarn.set(file.path, answers)
    return set
  }
  const locks = all.flatMap((file) => {
    try {
      const set = read(file)
      if (set === undefined && file.error === undefined && isLockFile(file.name))
        broken.push({ path: file.path, why: 'it holds nothing that a lock file does' })
      return set ?? []
    } catch (error) {
      broken.push({ path: file.path, why: messageOf(error) })
      return []
    }
  })
  const sets = [...locks, ...requirements].toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const inventory = { sets, unread: [...unread, ...broken] }
  return { inventory, files, manifests, requirements, pnpm, yarn }
}

function requirementsSets(
  all: readonly ConfigFile[],
  files: ReadonlyMap<string, ConfigFile>,
): readonly RequirementsSet[] {
  const lists = all.filter(({ path }) => isRequirementsPath(path) && path.endsWith('.txt'))
  const included = new Set(lists.flatMap((file) => readRequirements(file.path, file.text).includes))
  return lists
    .filter(({ path }) => !included.has(path))
    .map((file) => requirementsSet(file, (path) => files.get(path)))
    .filter(({ requirements }) => requirements.length > 0)
}

function namesBeside(lock: ConfigFile, manifests: readonly Manifest[]): readonly string[] {
  const folder = posix.dirname(lock.path)
  return manifests
    .filter(({ file }) => posix.dirname(file.path) === folder)
    .filter(({ file }) => (file.name === 'Pipfile') === (lock.name === 'Pipfile.lock'))
    .flatMap(({ declared }) => declared.map(({ name }) => name))
}

/** `name@range` of all that a package.json asks for. */
function packageJsonBeside(
  lock: ConfigFile,
  files: ReadonlyMap<string, ConfigFile>,
): readonly string[] | undefined {
  const file = files.get(posix.join(posix.dirname(lock.path), 'package.json'))
  return file && [...npmDeclared(file)].map(([name, range]) => `${name}@${range}`)
}

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']

/** Ranges by name, of a package.json. */
export function npmDeclared({ data }: ConfigFile): ReadonlyMap<string, string> {
  const lists = kinds.map((kind) => data?.[kind]).filter(isRecord)
  return new Map(
    lists.flatMap((list) =>
      Object.entries(list).flatMap(([name, range]) =>
        typeof range === 'string' ? [[name, range] as const] : [],
      ),
    ),
  )
}
