/** What Python projects ask for, in files that people write: pyproject.toml, setup.cfg, Pipfile. Pure. */
import type { ConfigFile, JsonRecord } from '@ci-actions/shared'
import { isRecord, parseRequirement, poetrySpecifiers, tableAt } from '@ci-actions/shared'
import { normalName, requirementName } from '../tools/python-locks.ts'
import { linesOfNames } from './manifest-lines.ts'

/** One thing that a project asks for. */
export interface Declared {
  readonly name: string
  /** Specifiers of which one must let a version in; empty for any version, undefined where nobody knows. */
  readonly specifiers: readonly string[] | undefined
  /** Holds only somewhere, so that it may rightly be left out of a lock. */
  readonly conditional: boolean
  /** From git, an address or a folder. */
  readonly elsewhere: boolean
  readonly line?: number | undefined
}

/** Undefined for a file that asks for nothing by its nature, such as a pyproject.toml with settings alone. */
export function declaredIn(file: ConfigFile): readonly Declared[] | undefined {
  const found =
    file.name === 'pyproject.toml'
      ? inPyproject(file)
      : file.name === 'setup.cfg'
        ? inSetup(file)
        : file.name === 'Pipfile'
          ? [...inTable(file.data?.['packages']), ...inTable(file.data?.['dev-packages'])]
          : []
  if (found.length === 0) return undefined
  const lines = linesOfNames(file.text)
  return found.map((each) => ({ ...each, line: lines(each.name) }))
}

function inPyproject(file: ConfigFile): readonly Declared[] {
  const project = tableAt(file, 'project') ?? {}
  const lists = [
    project['dependencies'],
    ...valuesOf(project['optional-dependencies']),
    ...valuesOf(tableAt(file, 'dependency-groups')),
    tableAt(file, 'tool', 'uv')?.['dev-dependencies'],
    ...valuesOf(tableAt(file, 'tool', 'pdm', 'dev-dependencies')),
  ]
  const elsewhere = new Set(Object.keys(tableAt(file, 'tool', 'uv', 'sources') ?? {}).map(normalName))
  const own = normalName(typeof project['name'] === 'string' ? project['name'] : '')
  const listed = lists
    .flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
    .flatMap((each) => (typeof each === 'string' ? inText(each) : []))
    // An extra may be made of others: `all = ["service[api,cli]"]`.
    .filter(({ name }) => name !== own)
  return [...listed, ...inPoetry(file)].map((each) =>
    elsewhere.has(each.name) ? { ...each, elsewhere: true } : each,
  )
}

function inPoetry(file: ConfigFile): readonly Declared[] {
  const poetry = tableAt(file, 'tool', 'poetry') ?? {}
  const groups = valuesOf(poetry['group']).map((group) =>
    isRecord(group) ? group['dependencies'] : undefined,
  )
  return [poetry['dependencies'], poetry['dev-dependencies'], ...groups]
    .flatMap(inTable)
    .filter(({ name }) => name !== 'python')
}

/** `name = "^1.2"`, `name = {version = "^1.2", optional = true}`, or a list of those; of Poetry and Pipenv. */
function inTable(table: unknown): readonly Declared[] {
  return Object.entries(isRecord(table) ? table : {}).map(([name, value]) => {
    const variants: readonly unknown[] = Array.isArray(value) ? value : [value]
    const records = variants.filter(isRecord)
    const constraints = variants.map((each) => (isRecord(each) ? each['version'] : each))
    const specifiers = constraints.map((each) =>
      typeof each === 'string' ? poetrySpecifiers(each) : undefined,
    )
    return {
      name: normalName(name),
      specifiers: specifiers.includes(undefined) ? undefined : specifiers.flatMap((each) => each ?? []),
      conditional: records.some((each) => isConditional(each)),
      elsewhere: records.some((each) =>
        ['git', 'path', 'url', 'file', 'hg', 'svn'].some((key) => key in each),
      ),
    }
  })
}

function isConditional(each: JsonRecord): boolean {
  return ['markers', 'python', 'platform', 'optional', 'sys_platform'].some((key) => key in each)
}

function inSetup(file: ConfigFile): readonly Declared[] {
  const texts = [
    file.data?.['options'],
    ...(isRecord(file.data?.['options.extras_require']) ? [file.data['options.extras_require']] : []),
  ]
  const [options, extras] = texts
  const lists = [
    isRecord(options) ? options['install_requires'] : undefined,
    ...Object.values(isRecord(extras) ? extras : {}),
  ]
  return lists
    .flatMap((list) => (typeof list === 'string' ? list.split('\n') : []))
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .flatMap(inText)
}

function inText(text: string): readonly Declared[] {
  const requirement = parseRequirement(text)
  const name = requirement?.name ?? requirementName(text)
  if (name === undefined) return []
  return [
    {
      name,
      specifiers: requirement === undefined ? undefined : [requirement.specifier],
      conditional: text.includes(';'),
      elsewhere: requirement === undefined && text.includes('@'),
    },
  ]
}

function valuesOf(value: unknown): readonly unknown[] {
  return isRecord(value) ? Object.values(value) : []
}
