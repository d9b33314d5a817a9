/** Sets of Python packages, from lock files and requirements files. Pure. */
import type { ConfigFile, JsonRecord } from '@ci-actions/shared'
import { canonicalName, isRecord } from '@ci-actions/shared'
import { readPythonLock, requirementName } from '../tools/python-locks.ts'
import type { Requirement } from '../tools/python-requirements.ts'
import { readRequirements } from '../tools/python-requirements.ts'
import type { Component, DependencySet } from './inventory.ts'
import { linesOfEntries } from './manifest-lines.ts'

/** `asked`: names that the files beside it ask for. Undefined for what is no lock, or does not parse. */
export function lockSet(file: ConfigFile, asked: readonly string[]): DependencySet | undefined {
  const packages = readPythonLock(file)
  if (packages === undefined) return undefined
  const idsOf = new Map<string, string[]>()
  for (const { name, version } of packages) idsOf.set(name, [...(idsOf.get(name) ?? []), idOf(name, version)])
  const idsOfAll = (names: readonly string[]) => [...new Set(names)].flatMap((name) => idsOf.get(name) ?? [])
  const hashes = hashesIn(file)
  const lines = linesIn(file)
  const components = packages.map(
    ({ name, version, from, dependencies }): Component => ({
      id: idOf(name, version),
      ecosystem: 'pypi',
      name,
      version,
      line: lines.get(name),
      from,
      hashes: hashes.get(idOf(name, version)) ?? [],
      needs: idsOfAll(dependencies),
    }),
  )
  const own = packages.filter(({ from }) => from === 'own').flatMap(({ dependencies }) => dependencies)
  const roots = idsOfAll([...asked, ...own])
  return {
    path: file.path,
    ecosystem: 'pypi',
    components: [...new Map(components.map((component) => [component.id, component])).values()],
    ...(roots.length > 0 && { asked: new Set(roots) }),
  }
}

function idOf(name: string, version: string | undefined): string {
  return version === undefined ? name : `${name}@${version}`
}

/** A name stands at the head of its entry: `name = "x"`, or the key of it in Pipfile.lock. */
function linesIn({ name, text }: ConfigFile): ReadonlyMap<string, number> {
  const pattern = name === 'Pipfile.lock' ? /^\s+"([\w.-]+)":\s*\{/ : /^name = "([\w.-]+)"/
  const found = linesOfEntries(text, pattern)
  return new Map([...found].toReversed().map(([spelled, line]) => [canonicalName('pypi', spelled), line]))
}

function hashesIn({ name, data }: ConfigFile): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const groups = name === 'Pipfile.lock' ? [data?.['default'], data?.['develop']] : []
  for (const group of groups)
    for (const [spelled, entry] of Object.entries(isRecord(group) ? group : {}))
      if (isRecord(entry)) note({ ...entry, name: spelled })
  const list = data?.[name.startsWith('pylock') ? 'packages' : 'package']
  for (const entry of Array.isArray(list) ? list : []) if (isRecord(entry)) note(entry)
  return found

  function note(entry: JsonRecord): void {
    const version =
      typeof entry['version'] === 'string' ? entry['version'].replace(/^===?\s*/, '') : undefined
    found.set(idOf(canonicalName('pypi', String(entry['name'])), version), hashesOf(entry))
  }
}

function hashesOf(entry: JsonRecord): readonly string[] {
  const listed = [entry['wheels'], entry['files'], entry['hashes'], [entry['sdist']], [entry['archive']]]
  return listed
    .flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
    .map((file) => {
      if (!isRecord(file)) return file
      const sha256 = isRecord(file['hashes']) ? file['hashes']['sha256'] : undefined
      return typeof sha256 === 'string' ? `sha256:${sha256}` : file['hash']
    })
    .filter((hash) => typeof hash === 'string')
    .filter((hash) => /^sha256:[0-9a-f]{64}$/.test(hash))
}

export interface RequirementsSet extends DependencySet {
  readonly requirements: readonly (Requirement & { readonly path: string })[]
  /** Files that it takes in and that are not there, or not to be read. */
  readonly missing: readonly string[]
  readonly compiled: boolean
}

/** More files than this take each other in, and nobody wrote them. */
const mostIncluded = 200

/** With everything that it takes in by `-r`, each file once. */
export function requirementsSet(
  file: ConfigFile,
  fileAt: (path: string) => ConfigFile | undefined,
): RequirementsSet {
  const waiting = [file.path]
  const seen = new Set(waiting)
  const requirements: (Requirement & { readonly path: string })[] = []
  const missing: string[] = []
  let compiled = false
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const found = path === file.path ? file : fileAt(path)
    const list = found && readRequirements(path, found.text)
    if (list === undefined) missing.push(path)
    compiled ||= list?.compiled === true
    for (const each of list?.requirements ?? []) requirements.push({ ...each, path })
    for (const next of list?.includes ?? []) {
      if (seen.has(next) || seen.size >= mostIncluded) continue
      seen.add(next)
      waiting.push(next)
    }
  }
  const origins = compiled ? originsIn(file.text) : undefined
  const ids = new Map(requirements.map(({ name, version }) => [name, idOf(name, version)]))
  const components = requirements.map(
    ({ name, version, line, elsewhere, path }): Component => ({
      id: idOf(name, version),
      ecosystem: 'pypi',
      name,
      version,
      ...(path === file.path && { line }),
      from: elsewhere ? 'other' : 'index',
      hashes: [],
      needs: (origins?.needs.get(name) ?? []).flatMap((each) => ids.get(each) ?? []),
    }),
  )
  const unique = [...new Map(components.map((component) => [component.id, component])).values()]
  const asked =
    origins === undefined ? [...ids.values()] : origins.asked.flatMap((name) => ids.get(name) ?? [])
  return {
    ...{ path: file.path, ecosystem: 'pypi', components: unique, requirements, missing, compiled },
    ...(asked.length > 0 && { asked: new Set(asked) }),
  }
}

interface Origins {
  readonly asked: readonly string[]
  /** Names by the name of what needs them. */
  readonly needs: ReadonlyMap<string, readonly string[]>
}

/** What pip-compile and uv write behind a requirement: `# via flask`, or `# via` and a line for each. */
function originsIn(text: string): Origins {
  const asked: string[] = []
  const needs = new Map<string, string[]>()
  let current: string | undefined
  for (const line of text.split('\n')) {
    current = requirementName(line) ?? current
    const origin = /^\s+#(?:\s+via)?\s+(\S.*)$/.exec(line)?.[1]
    if (current === undefined || origin === undefined) continue
    const parent = /^[\w.-]+$/.test(origin.trim()) ? requirementName(origin) : undefined
    if (parent === undefined) asked.push(current)
    else needs.set(parent, [...(needs.get(parent) ?? []), current])
  }
  return { asked, needs }
}

/** Whether a file is a list of requirements that people or tools wrote, by its name. */
export function isRequirementsPath(path: string): boolean {
  return /(?:^|\/)(?:requirements\/[\w.-]+|[\w.-]*requirements[\w.-]*)\.(?:txt|in)$/.test(path)
}
