/** Where Pylint finds its configuration, and what of it has to be given on the command line. */

import type { ConfigFile, JsonRecord, Project } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import { listSetting } from './configuration-signs.ts'
import type { SearchOrder } from './effective-configuration.ts'
import { effectiveConfiguration } from './effective-configuration.ts'
import { pathFromPackage } from './python-files.ts'

const ownFiles = ['pylintrc', 'pylintrc.toml', '.pylintrc', '.pylintrc.toml']

/** A section of setup.cfg or tox.ini counts if it is called `pylint` or begins with `pylint.`. */
export function pylintOrder(project: Project): SearchOrder {
  const sections = project.configuration
    .flatMap(({ data }) => Object.keys(data ?? {}))
    .filter(isPylintSection)
  const inShared = [...new Set(sections)].map((section) => [section])
  return [
    ...ownFiles.map((file) => ({ file, tables: [['tool', 'pylint']], always: !file.endsWith('.toml') })),
    { file: 'pyproject.toml', tables: [['tool', 'pylint']] },
    { file: 'setup.cfg', tables: inShared },
    { file: 'tox.ini', tables: inShared },
  ]
}

function isPylintSection(name: string): boolean {
  return name === 'pylint' || name.startsWith('pylint.')
}

export interface PylintConfiguration {
  readonly file: ConfigFile
  /** For `--rcfile`: above its working folder Pylint looks for a `pyproject.toml` alone. */
  readonly path: string
  /** All options whatever their section, as Pylint takes them; names with `-`. */
  readonly options: ReadonlyMap<string, unknown>
}

export function pylintConfiguration(project: Project): PylintConfiguration | undefined {
  const found = effectiveConfiguration(project, pylintOrder(project))
  if (found === undefined) return undefined
  const { file } = found
  const options = new Map<string, unknown>()
  for (const table of tablesOf(file))
    for (const [name, value] of Object.entries(table))
      if (!isRecord(value)) options.set(name.replaceAll('_', '-'), value)
  return { file, path: pathFromPackage(project, file.path), options }
}

function tablesOf({ name, data = {} }: ConfigFile): readonly JsonRecord[] {
  if (name.endsWith('.toml')) {
    const tool = data['tool']
    const table = isRecord(tool) && isRecord(tool['pylint']) ? tool['pylint'] : {}
    return [table, ...Object.values(table).filter(isRecord)]
  }
  const shared = name === 'setup.cfg' || name === 'tox.ini'
  return Object.entries(data).flatMap(([section, table]) =>
    isRecord(table) && (!shared || isPylintSection(section)) ? [table] : [],
  )
}

/**
 * Pylint matches a folder's name in `ignore` while it walks the tree; of a file that it is given, only the file's
 * name. So each name is given as a path too. The option replaces the setting.
 */
export function ignoredPaths(options: PylintConfiguration['options'] | undefined): readonly string[] {
  const given = (name: string): readonly string[] => listSetting(options?.get(name))
  const folders = given('ignore').map((name) => `(?:.*[/\\\\])?${escapePattern(name)}[/\\\\].*`)
  return folders.length > 0 ? [`--ignore-paths=${[...given('ignore-paths'), ...folders].join(',')}`] : []
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
