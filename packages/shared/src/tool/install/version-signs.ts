/** Reads what a project says about the versions of its tools. */
import { join, posix } from 'node:path'
import { messageOf } from '../../action/errors.ts'
import type { Host } from '../../host/ports.ts'
import type { Project } from '../project.ts'
import type { Declared } from './declared.ts'
import {
  declaredInHooks,
  declaredInPyproject,
  declaredInRequirements,
  isRequirementsFile,
} from './declared.ts'
import type { PythonEnvironment } from './environment.ts'
import type { LockFile } from './lock-file.ts'
import { lockFileNames, parseLockFile } from './lock-file.ts'
import type { VersionSigns } from './project-version.ts'
import { environmentOf, installedIn } from './site-packages.ts'

/** Larger files are no lock files that anybody wrote. */
const maxBytes = 30_000_000

/** What cannot be read is logged and counts as absent. */
export async function readVersionSigns(
  host: Host,
  project: Project,
  environment: PythonEnvironment | undefined,
): Promise<VersionSigns> {
  const [locks, declared, own] = await Promise.all([
    readLocks(host, project),
    readDeclared(host, project),
    readEnvironment(host, environment),
  ])
  return { locks, declared, environment: own }
}

/** Of the package's folder and those above it, nearest first: a workspace has one lock file at its top. */
async function readLocks(host: Host, project: Project): Promise<readonly LockFile[]> {
  const locks: LockFile[] = []
  for (let folder = project.folder; ; folder = parentOf(folder)) {
    for (const name of lockFileNames) {
      const path = posix.join(folder, name)
      const text = await readBounded(host, join(project.root, posix.relative(project.folder, path)))
      const lock = text === undefined ? undefined : parseOrLog(host, path, text)
      if (lock !== undefined) locks.push(lock)
    }
    if (folder === '') return locks
  }
}

function parentOf(folder: string): string {
  const parent = posix.dirname(folder)
  return parent === '.' ? '' : parent
}

function parseOrLog(host: Host, path: string, text: string): LockFile | undefined {
  try {
    return parseLockFile(path, text)
  } catch (error) {
    host.runner.log(`${path} cannot be read and says nothing about versions: ${messageOf(error)}`)
    return undefined
  }
}

async function readDeclared(host: Host, project: Project): Promise<readonly Declared[]> {
  const declared: Declared[] = []
  for (const file of project.files.filter(isRequirementsFile)) {
    const text = await readBounded(host, join(project.root, file))
    if (text !== undefined) declared.push(...declaredInRequirements(posix.join(project.folder, file), text))
  }
  for (const file of project.configuration)
    if (file.name === 'pyproject.toml') declared.push(...declaredInPyproject(file))
  for (const file of project.configuration)
    if (file.name === '.pre-commit-config.yaml') declared.push(...declaredInHooks(file))
  return declared
}

async function readBounded(host: Host, path: string): Promise<string | undefined> {
  const status = await host.files.status(path).catch(() => undefined)
  return status?.kind === 'file' && status.bytes <= maxBytes ? host.files.readText(path) : undefined
}

async function readEnvironment(
  host: Host,
  environment: PythonEnvironment | undefined,
): Promise<VersionSigns['environment']> {
  if (environment === undefined || environment.kind === 'none') return undefined
  const packages = await installedIn(host, environmentOf(environment.python))
  return packages && { packages, from: environment.name }
}
