/** Lock files of Python projects, in one shape. */
import { posix } from 'node:path'
import { parse } from 'smol-toml'
import { exactVersion, normaliseName, parseRequirement } from './requirement.ts'

export interface LockedDependency {
  readonly name: string
  /** Given where the lock has several versions of it. */
  readonly version?: string | undefined
  readonly extras: readonly string[]
  /** Empty for always. */
  readonly marker: string
}

export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** `sha256:…` of all its files. */
  readonly hashes: readonly string[]
  /** False for git, paths and URLs, which hashes and versions do not describe. */
  readonly fromIndex: boolean
  /** Undefined where the lock has no graph. */
  readonly dependencies?: readonly LockedDependency[] | undefined
  readonly extras: Readonly<Record<string, readonly LockedDependency[]>>
  readonly marker: string
}

export interface LockFile {
  /** Repository-relative. */
  readonly path: string
  readonly packages: readonly LockedPackage[]
}

type Table = Readonly<Record<string, unknown>>

const parsers: Readonly<Record<string, (text: string) => readonly LockedPackage[]>> = {
  'uv.lock': (text) => tables(parse(text)['package']).flatMap(uvPackage),
  'poetry.lock': parsePoetry,
  'pdm.lock': (text) => tables(parse(text)['package']).flatMap(pdmPackage),
  'Pipfile.lock': parsePipfile,
}

/** In the order of preference where there are several. */
export const lockFileNames: readonly string[] = Object.keys(parsers)

/** Throws for text that is not of the format that the name says. */
export function parseLockFile(path: string, text: string): LockFile {
  const parser = parsers[posix.basename(path)]
  if (parser === undefined)
    throw new Error(`${path} is not a lock file that is known; known are ${lockFileNames.join(', ')}`)
  return { path, packages: parser(text) }
}

function uvPackage(entry: Table): readonly LockedPackage[] {
  const source = table(entry['source'])
  const files = [...tables(entry['wheels']), ...tables([entry['sdist']])]
  return named(entry, {
    hashes: files.map((file) => string(file['hash'])).filter(isSha256),
    fromIndex: 'registry' in source,
    dependencies: tables(entry['dependencies']).flatMap(uvDependency),
    extras: mapValues(table(entry['optional-dependencies']), (list) => tables(list).flatMap(uvDependency)),
    marker: '',
  })
}

function uvDependency(entry: Table): readonly LockedDependency[] {
  const version = string(entry['version'])
  const extras = Array.isArray(entry['extra']) ? entry['extra'].map(String) : []
  return [
    {
      name: normaliseName(string(entry['name'])),
      extras,
      marker: string(entry['marker']),
      ...(version !== '' && { version }),
    },
  ]
}

function parsePoetry(text: string): readonly LockedPackage[] {
  const lock = parse(text)
  const oldFiles = table(table(lock['metadata'])['files'])
  return tables(lock['package']).flatMap((entry) => {
    const files = tables(entry['files'] ?? oldFiles[string(entry['name'])])
    const sourceType = string(table(entry['source'])['type'])
    const dependencies = Object.entries(table(entry['dependencies'])).flatMap(poetryDependency)
    const extras = mapValues(table(entry['extras']), (list) =>
      Array.isArray(list) ? list.flatMap((each) => poetryExtra(String(each))) : [],
    )
    return named(entry, {
      hashes: files.map((file) => string(file['hash'])).filter(isSha256),
      fromIndex: sourceType === '' || sourceType === 'legacy',
      dependencies,
      extras,
      marker: string(entry['markers']),
    })
  })
}

/** `{version, markers, extras, optional}`, a list of such, or the constraint alone; optional ones belong to extras. */
function poetryDependency([name, value]: [string, unknown]): readonly LockedDependency[] {
  const variants = Array.isArray(value) ? value : [value]
  return variants.flatMap((variant) => {
    const details = table(variant)
    if (details['optional'] === true) return []
    const extras = Array.isArray(details['extras']) ? details['extras'].map(String) : []
    return [{ name: normaliseName(name), extras, marker: string(details['markers']) }]
  })
}

/** `jinja2 (>=3)`. */
function poetryExtra(text: string): readonly LockedDependency[] {
  const requirement = parseRequirement(text)
  return requirement === undefined
    ? []
    : [{ name: requirement.name, extras: requirement.extras, marker: requirement.marker }]
}

function pdmPackage(entry: Table): readonly LockedPackage[] {
  const dependencies = Array.isArray(entry['dependencies']) ? entry['dependencies'] : []
  return named(entry, {
    hashes: tables(entry['files'])
      .map((file) => string(file['hash']))
      .filter(isSha256),
    fromIndex: !('git' in entry) && !('path' in entry) && !('url' in entry),
    dependencies: dependencies.flatMap((each) => poetryExtra(String(each))),
    extras: {},
    marker: string(entry['marker']),
  })
}

function parsePipfile(text: string): readonly LockedPackage[] {
  const lock = table(JSON.parse(text))
  const entries = { ...table(lock['default']), ...table(lock['develop']) }
  return Object.entries(entries).flatMap(([name, value]) => {
    const entry = table(value)
    const hashes = Array.isArray(entry['hashes']) ? entry['hashes'].map(String).filter(isSha256) : []
    const version = exactVersion(string(entry['version'])) ?? ''
    return named(
      { name, version },
      { hashes, fromIndex: version !== '', extras: {}, marker: string(entry['markers']) },
    )
  })
}

function named(entry: Table, rest: Omit<LockedPackage, 'name' | 'version'>): readonly LockedPackage[] {
  const name = normaliseName(string(entry['name']))
  const version = string(entry['version'])
  return name === '' || version === '' ? [] : [{ name, version, ...rest }]
}

function isSha256(hash: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(hash)
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function tables(value: unknown): readonly Table[] {
  return Array.isArray(value)
    ? value.filter((each) => typeof each === 'object' && each !== null).map(table)
    : []
}

function mapValues<T>(record: Table, map: (value: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [normaliseName(key), map(value)]))
}
