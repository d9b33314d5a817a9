/** Where a project says that it uses a tool, and what it says there. Pure, over `Project.configuration`. */
import type { ConfigFile, JsonRecord, Project } from '@ci-actions/shared'
import { isRecord, tableAt } from '@ci-actions/shared'

export interface SignPlaces {
  /** Tables, as file name and keys: `['pyproject.toml', 'tool', 'black']`; of an INI file, its section. */
  readonly tables?: readonly (readonly [file: string, ...keys: string[]])[]
  /** Files whose being there is enough. */
  readonly files?: readonly string[]
  /** Ids of pre-commit hooks. */
  readonly hooks?: readonly string[]
}

/** A table of a configuration file. */
export interface ConfigTable {
  readonly file: ConfigFile
  readonly table: JsonRecord
}

/** The signs that are there, for people: `pyproject.toml [tool.black]`, `.pre-commit-config.yaml (black)`. */
export function findSigns(project: Project, places: SignPlaces): readonly string[] {
  const tables = (places.tables ?? []).flatMap(([name, ...keys]) => {
    const found = findTable(project, name, ...keys)
    return found === undefined ? [] : [`${found.file.path} [${keys.join('.')}]`]
  })
  const files = project.configuration
    .filter(({ name }) => places.files?.includes(name))
    .map(({ path }) => path)
  const hooks = project.configuration
    .filter(({ name }) => name.startsWith('.pre-commit-config.'))
    .flatMap((file) =>
      hookIds(file)
        .filter((id) => places.hooks?.includes(id))
        .map((id) => `${file.path} (${id})`),
    )
  return [...new Set([...tables, ...files, ...hooks])]
}

/** The nearest file of that name that has the table. */
export function findTable(
  project: Project,
  name: string,
  ...keys: readonly string[]
): ConfigTable | undefined {
  for (const file of project.configuration) {
    if (file.name !== name) continue
    const table = tableAt(file, ...keys)
    if (table !== undefined) return { file, table }
  }
  return undefined
}

function hookIds(file: ConfigFile): readonly string[] {
  const repos = file.data?.['repos']
  if (!Array.isArray(repos)) return []
  return repos.filter(isRecord).flatMap((repo) => {
    const hooks = repo['hooks']
    if (!Array.isArray(hooks)) return []
    return hooks.filter(isRecord).flatMap((hook) => (typeof hook['id'] === 'string' ? [hook['id']] : []))
  })
}

/** A list as TOML and INI files write it: a TOML list, or text with commas and line ends; `#` comments dropped. */
export function listSetting(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  if (typeof value !== 'string') return []
  return value
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .join(',')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}
