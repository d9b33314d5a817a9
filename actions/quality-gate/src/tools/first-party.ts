/** What decides which imports are a project's own, beside its top-level modules, which are in every key. */
import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Project } from '@ci-actions/shared'
import { listSetting } from './configuration-signs.ts'
import type { SearchOrder } from './effective-configuration.ts'
import { effectiveConfiguration } from './effective-configuration.ts'
import { pathFromPackage } from './python-files.ts'

export interface SourceFolders {
  readonly order: SearchOrder
  /** Name of the setting that lists folders of sources. */
  readonly setting: string
  /** Names of files that configure the folder in which they stand and all below; none where there are no such. */
  readonly nested: readonly string[]
}

/**
 * Names of modules and folders in the folders of sources, since a folder without any Python in it is taken for a
 * package too. Of a folder with a configuration of its own that is not read here, it is all that is below.
 */
export function firstPartyFacts(about: SourceFolders, project: Project): (file: string) => readonly string[] {
  const found = effectiveConfiguration(project, about.order)
  const base = found === undefined ? '.' : posix.dirname(pathFromPackage(project, found.file.path))
  const given = found?.table[about.setting] ?? found?.table[about.setting.replaceAll('_', '-')]
  const folders = ['.', 'src', ...listSetting(given)].map((folder) => posix.join(base, folder))
  const shared = digest(folders.flatMap((folder) => namesIn(project, folder)))
  const nested = project.files
    .filter((file) => file.includes('/') && about.nested.includes(posix.basename(file)))
    .map((file) => `${posix.dirname(file)}/`)
    .map((folder) => ({ folder, below: digest(project.files.filter((file) => file.startsWith(folder))) }))
  return (file) => [
    shared,
    ...nested.filter(({ folder }) => file.startsWith(folder)).map(({ below }) => below),
  ]
}

function namesIn(project: Project, folder: string): readonly string[] {
  const prefix = folder === '.' || folder === '' ? '' : `${folder.replace(/\/$/, '')}/`
  const names = project.files.flatMap((file) => {
    if (!file.startsWith(prefix)) return []
    const [name = '', ...rest] = file.slice(prefix.length).split('/')
    return rest.length > 0 || /\.pyi?$/.test(name) ? [`${prefix}${name}`] : []
  })
  return [...new Set(names)]
}

function digest(names: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex')
}

/** Computed once for a project, and asked for each of its files. */
export function rememberedFirstParty(
  about: SourceFolders,
): (file: string, project: Project) => readonly string[] {
  const known = new WeakMap<Project, (file: string) => readonly string[]>()
  return (file, project) => {
    const facts = known.get(project) ?? firstPartyFacts(about, project)
    known.set(project, facts)
    return facts(file)
  }
}
