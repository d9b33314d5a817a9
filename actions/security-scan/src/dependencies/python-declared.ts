/** What Python projects ask for, in files that people write: pyproject.toml, setup.cfg, setup.py, Pipfile. Pure. */
import type { ConfigFile, JsonRecord } from '@ci-actions/shared'
import { isRecord, parseRequirement, poetrySpecifiers, renderRequirement, tableAt } from '@ci-actions/shared'
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
  /** As pip takes it; absent where nobody knows. */
  readonly requirement?: string | undefined
  /** What installs it: empty for the project itself, else the name of an extra or a group. */
  readonly list?: string | undefined
}

/** Undefined for a file that asks for nothing by its nature, such as a pyproject.toml with settings alone. */
export function declaredIn(file: ConfigFile): readonly Declared[] | undefined {
  const found =
    file.name === 'pyproject.toml'
      ? inPyproject(file)
      : file.name === 'setup.cfg'
        ? inSetup(file)
        : file.name === 'Pipfile'
          ? [...inTable(file.data?.['packages']), ...inTable(file.data?.['dev-packages'], 'dev')]
          : file.name === 'setup.py'
            ? (inSetupScript(file.text) ?? []).flatMap((text) => inText(text))
            : []
  if (found.length === 0) return undefined
  const lines = linesOfNames(file.text)
  return found.map((each) => ({ ...each, line: lines(each.name) }))
}

function inPyproject(file: ConfigFile): readonly Declared[] {
  const project = tableAt(file, 'project') ?? {}
  const lists: readonly (readonly [string, unknown])[] = [
    ['', project['dependencies']],
    ...entriesOf(project['optional-dependencies']),
    ...entriesOf(tableAt(file, 'dependency-groups')),
    ['dev', tableAt(file, 'tool', 'uv')?.['dev-dependencies']],
    ...entriesOf(tableAt(file, 'tool', 'pdm', 'dev-dependencies')),
  ]
  const elsewhere = new Set(Object.keys(tableAt(file, 'tool', 'uv', 'sources') ?? {}).map(normalName))
  const own = normalName(typeof project['name'] === 'string' ? project['name'] : '')
  const listed = lists
    .flatMap(([name, list]) =>
      (Array.isArray(list) ? list : []).map((each: unknown) => [name, each] as const),
    )
    .flatMap(([name, each]) => (typeof each === 'string' ? inText(each, name) : []))
    // An extra may be made of others: `all = ["service[api,cli]"]`.
    .filter(({ name }) => name !== own)
  return [...listed, ...inPoetry(file)].map((each) =>
    elsewhere.has(each.name) ? { ...each, elsewhere: true } : each,
  )
}

function inPoetry(file: ConfigFile): readonly Declared[] {
  const poetry = tableAt(file, 'tool', 'poetry') ?? {}
  const groups = entriesOf(poetry['group']).map(
    ([name, group]) => [name, isRecord(group) ? group['dependencies'] : undefined] as const,
  )
  return [['', poetry['dependencies']] as const, ['dev', poetry['dev-dependencies']] as const, ...groups]
    .flatMap(([list, table]) => inTable(table, list))
    .filter(({ name }) => name !== 'python')
}

/** `name = "^1.2"`, `name = {version = "^1.2", optional = true}`, or a list of those; of Poetry and Pipenv. */
function inTable(table: unknown, list = ''): readonly Declared[] {
  return Object.entries(isRecord(table) ? table : {}).map(([name, value]) => {
    const variants: readonly unknown[] = Array.isArray(value) ? value : [value]
    const records = variants.filter(isRecord)
    const constraints = variants.map((each) => (isRecord(each) ? each['version'] : each))
    const specifiers = constraints.map((each) =>
      typeof each === 'string' ? poetrySpecifiers(each) : undefined,
    )
    return {
      list,
      requirement: `${name}${extrasOf(records[0])}${specifiers[0]?.[0] ?? ''}`,
      name: normalName(name),
      specifiers: specifiers.includes(undefined) ? undefined : specifiers.flatMap((each) => each ?? []),
      conditional: records.some((each) => isConditional(each)),
      elsewhere: records.some((each) =>
        ['git', 'path', 'url', 'file', 'hg', 'svn'].some((key) => key in each),
      ),
    }
  })
}

function extrasOf(record: JsonRecord | undefined): string {
  const extras = Array.isArray(record?.['extras']) ? record['extras'].filter(isText) : []
  return extras.length === 0 ? '' : `[${extras.join(',')}]`
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isConditional(each: JsonRecord): boolean {
  return ['markers', 'python', 'platform', 'optional', 'sys_platform'].some((key) => key in each)
}

function inSetup(file: ConfigFile): readonly Declared[] {
  const options = file.data?.['options']
  const lists = [
    ['', isRecord(options) ? options['install_requires'] : undefined] as const,
    ...entriesOf(file.data?.['options.extras_require']),
  ]
  return lists.flatMap(([name, list]) =>
    (typeof list === 'string' ? list.split('\n') : [])
      .filter((line) => !/^\s*(?:$|#|file:)/.test(line))
      .flatMap((line) => inText(line, name)),
  )
}

function inText(text: string, list = ''): readonly Declared[] {
  const requirement = parseRequirement(text)
  const name = requirement?.name ?? requirementName(text)
  if (name === undefined) return []
  return [
    {
      list,
      requirement: requirement === undefined ? undefined : renderRequirement(requirement),
      name,
      specifiers: requirement === undefined ? undefined : [requirement.specifier],
      conditional: text.includes(';'),
      elsewhere: requirement === undefined && text.includes('@'),
    },
  ]
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : []
}

/**
 * Requirements of a setup.py that has them as plain lists of texts; undefined where only running it would tell them, which
 * nobody does.
 */
export function inSetupScript(text: string): readonly string[] | undefined {
  const code = text.replaceAll(/#[^"'\n]*$/gm, '')
  const lists = [...code.matchAll(/\b(?:install_requires|extras_require)\b/g)].map(
    ({ 0: { length }, index }) => literalList.exec(code.slice(index + length, index + longestList))?.[1],
  )
  if (lists.includes(undefined)) return undefined
  return lists.flatMap((list = '') =>
    [...list.matchAll(/(?:"([^"]*)"|'([^']*)')(\s*:)?/g)].flatMap(([, double, single, isKey]) =>
      isKey === undefined ? [double ?? single ?? ''] : [],
    ),
  )
}

const longestList = 100_000
/** Of texts, or by name of the extra. */
const literalList = /^\s*=\s*[[{]((?:[\s,:[\]]|"[^"\\\n]*"|'[^'\\\n]*')*)[\]}]\s*(?:[,)\n]|$)/
