/** Which files of a project name Python packages. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Project } from '@ci-actions/shared'
import { isRequirementsPath } from '../dependencies/python-sets.ts'
import { pathOf } from './configuration-path.ts'
import { isLockName } from './python-locks.ts'

const manifests = new Set(['pyproject.toml', 'setup.cfg', 'setup.py', 'Pipfile'])

export function isPythonManifest(path: string): boolean {
  if (/(?:^|\/)(?:node_modules|site-packages)\//.test(path)) return false
  const name = posix.basename(path)
  return manifests.has(name) || isLockName(name) || isRequirementsPath(path)
}

/** All of those, and lists beside them that they may take in under any name. */
export function readsPython(files: readonly string[]): readonly string[] {
  const own = files.filter(isPythonManifest)
  const folders = new Set(own.map((path) => posix.dirname(path)))
  const beside = files.filter((path) => /\.(?:txt|in)$/.test(path) && folders.has(posix.dirname(path)))
  return [...new Set([...own, ...beside])]
}

/** What stands above the package is not in its list of files. */
export function isScoped(project: Project, file: Pick<ConfigFile, 'path'>): boolean {
  const relative = pathOf(project, file)
  return project.inScope === undefined || relative.startsWith('../') || project.inScope.includes(relative)
}

/** Whether it stands in the package's own folders, not above. */
export function isBelow(project: Project, file: Pick<ConfigFile, 'path'>): boolean {
  return !pathOf(project, file).startsWith('../')
}

const illustrations =
  /(?:^|\/)(?:tests?|testing|test-?data|_*fixtures?_*|examples?|samples?|demos?|docs?|documentation|templates?|benchmarks?|vendor|third[-_]party)\//i

/** By its folder: what is there illustrates, and is not deployed. */
export function isIllustration(project: Pick<Project, 'folder'>, file: Pick<ConfigFile, 'path'>): boolean {
  return illustrations.test(pathOf(project, file))
}
