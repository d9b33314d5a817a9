/** What a project says to Flake8, and what of it has no effect. */
import { posix } from 'node:path'
import type { Notice, Project } from '@ci-actions/shared'
import { tableAt } from '@ci-actions/shared'
import { findTable, listSetting } from './configuration-signs.ts'
import type { EffectiveConfiguration, SearchOrder } from './effective-configuration.ts'
import { effectiveConfiguration, shadowedFiles } from './effective-configuration.ts'
import type { Flake8Settings } from './flake8-installation.ts'
import { pathFromPackage } from './python-files.ts'

const tables = [['flake8'], ['flake8:local-plugins']]

/** In Flake8's order of search. */
const order: SearchOrder = [
  { file: 'setup.cfg', tables },
  { file: 'tox.ini', tables },
  { file: '.flake8', tables },
]

/** What Flake8 leaves out where the project does not set `exclude`. */
const defaultExclude = ['.svn', 'CVS', '.bzr', '.hg', '.git', '__pycache__', '.tox', '.nox', '.eggs', '*.egg']

/** With the plugin Flake8-pyproject, the table in pyproject.toml wins. */
function configuration(project: Project): EffectiveConfiguration | undefined {
  const table = readsPyproject(project) ? findTable(project, 'pyproject.toml', 'tool', 'flake8') : undefined
  return table ?? effectiveConfiguration(project, order)
}

function readsPyproject(project: Project): boolean {
  return project.configuration.some(({ text }) => /flake8[-_.]pyproject|pyproject[-_.]flake8/i.test(text))
}

/** A list, by commas or blanks, by either spelling of the name. */
function setting(found: EffectiveConfiguration | undefined, name: string): readonly string[] {
  const value = found?.table[name] ?? found?.table[name.replaceAll('-', '_')]
  return listSetting(value).flatMap((each) => each.split(/\s+/))
}

/** Undefined where the project says nothing to Flake8. */
export function flake8Settings(project: Project): Flake8Settings | undefined {
  const found = configuration(project)
  if (found === undefined) return undefined
  return {
    path: found.file.path,
    names: Object.keys(found.table).map((name) => name.replaceAll('_', '-')),
    selected: [...setting(found, 'select'), ...setting(found, 'extend-select')],
    local: localPlugins(found).map(({ code }) => code),
  }
}

interface LocalPlugin {
  readonly code: string
  /** Such as `checks.naming`. */
  readonly module: string
}

/** `X1 = checks.naming:Checker`, as `[flake8:local-plugins]` names plugins that are files of the project. */
function localPlugins({ file }: EffectiveConfiguration): readonly LocalPlugin[] {
  const table = tableAt(file, 'flake8:local-plugins') ?? {}
  return [...listSetting(table['extension']), ...listSetting(table['report'])].flatMap((line) => {
    const [, code, module] = /^([A-Z][\w]*)\s*=\s*([\w.]+)/.exec(line) ?? []
    return code === undefined || module === undefined ? [] : [{ code, module }]
  })
}

/** The modules of local plugins, whole packages where they stand in one, relative to the package. */
export function localPluginFiles(project: Project): readonly string[] {
  const found = configuration(project)
  const plugins = found === undefined ? [] : localPlugins(found)
  if (found === undefined || plugins.length === 0) return []
  const base = posix.dirname(pathFromPackage(project, found.file.path))
  const paths = ['.', ...listSetting(tableAt(found.file, 'flake8:local-plugins')?.['paths'])]
  const places = paths.flatMap((path) =>
    plugins.map(({ module }) => posix.join(base, path, module.split('.')[0] ?? '')),
  )
  return project.files.filter((file) =>
    places.some((place) => file === `${place}.py` || file.startsWith(`${place}/`)),
  )
}

/** Patterns for `--extend-exclude`: the project's own, and each for what is below a folder of that name. */
export function excludedPaths(project: Project): readonly string[] {
  const found = configuration(project)
  const extended = setting(found, 'extend-exclude')
  const own = found?.table['exclude'] === undefined ? defaultExclude : setting(found, 'exclude')
  const inside = [...own, ...extended].flatMap((pattern) => belowFolder(pattern, project, found))
  return [...extended.filter((each) => !each.includes('/')), ...inside]
}

/**
 * Flake8 looks whether a folder is excluded while it walks the tree; a file that it is given by name is only matched
 * itself. So each pattern is repeated for what is below a folder of that name. Patterns with a slash are relative to
 * the configuration file there, and to the package on the command line.
 */
function belowFolder(
  pattern: string,
  project: Project,
  found: EffectiveConfiguration | undefined,
): readonly string[] {
  const plain = pattern.replace(/\/+$/, '')
  if (plain === '') return []
  if (!plain.includes('/')) return [`./${plain}/*`, `./*/${plain}/*`]
  const folder = found === undefined ? '' : found.file.path.slice(0, -found.file.name.length)
  const inPackage = project.folder !== '' && folder.startsWith(`${project.folder}/`)
  const up = inPackage || project.folder === '' ? '' : '../'.repeat(project.folder.split('/').length)
  const base = inPackage ? folder.slice(project.folder.length + 1) : `${up}${folder}`
  const full = plain.startsWith('/') ? plain : `./${base}${plain.replace(/^\.\//, '')}`
  return [full, `${full}/*`]
}

export function configurationNotices(project: Project): readonly Notice[] {
  return [...ignoredTable(project), ...shadowedFiles(project, 'Flake8', order), ...unreadable(project)]
}

function ignoredTable(project: Project): readonly Notice[] {
  const found = findTable(project, 'pyproject.toml', 'tool', 'flake8')
  if (found === undefined || readsPyproject(project)) return []
  const message = `${found.file.path}: [tool.flake8] has no effect, since Flake8 does not read pyproject.toml. Move it to .flake8, or add the plugin Flake8-pyproject.`
  return [{ level: 'warning', message }]
}

function unreadable(project: Project): readonly Notice[] {
  return project.configuration
    .filter(({ name, error }) => error !== undefined && name === '.flake8')
    .map(({ path, error }) => ({ level: 'warning', message: `${path} cannot be read: ${error}` }))
}
