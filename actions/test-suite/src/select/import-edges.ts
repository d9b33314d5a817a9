/** Which file of the project loads which, for all files at once. Pure. */
import type { ImportsGraph } from '@ci-actions/shared'
import { folderOf, nameOf } from './changed-file.ts'
import { filesOf, indexModules } from './module-index.ts'
import { quotedWords, readImports } from './python-imports.ts'

export type ImportEdges = ReadonlyMap<string, ReadonlySet<string>>

export interface EdgesRequest {
  /** Python files of both sides of the change: a file that went away is still imported by whoever names it. */
  readonly python: ReadonlySet<string>
  readonly sources: ReadonlyMap<string, string>
  /** What another reader of imports found; added. Repository-relative. */
  readonly graph?: ImportsGraph | undefined
  /** Names of modules that each test file loads. */
  readonly plugins: readonly string[]
  isTestFile(path: string): boolean
}

/**
 * Beside what a file names itself, it loads the `__init__.py` of each folder above it, and a test or a `conftest.py`
 * is run with every `conftest.py` in those folders.
 */
export function importEdges(request: EdgesRequest): ImportEdges {
  const { python, sources, graph, plugins, isTestFile } = request
  const index = indexModules(python)
  const withPlugins = plugins.flatMap((name) => index.find(name))
  const edges = new Map<string, ReadonlySet<string>>()
  for (const file of python) {
    const source = sources.get(file) ?? ''
    const loaded = new Set(filesOf(file, readImports(source), index))
    if (nameOf(file) === '__init__.py') {
      const level = { level: 1 } as const
      for (const name of quotedWords(source)) addAll(loaded, index.findRelative(file, { ...level, name }))
    }
    addAll(loaded, graph?.get(file) ?? [])
    addAll(loaded, above(file, '__init__.py', python))
    if (isTestFile(file) || nameOf(file) === 'conftest.py') {
      addAll(loaded, above(file, 'conftest.py', python))
      addAll(loaded, withPlugins)
    }
    loaded.delete(file)
    edges.set(file, loaded)
  }
  return edges
}

function addAll(set: Set<string>, items: Iterable<string>): void {
  for (const item of items) set.add(item)
}

/** The files of that name in the folder of `file` and in each one above it. */
function above(file: string, name: string, python: ReadonlySet<string>): readonly string[] {
  const found: string[] = []
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`
    if (python.has(path)) found.push(path)
    if (folder === '') return found
  }
}

/**
 * Every file from which one of `ends` is reached, with the next file on a shortest way there; the ends themselves
 * lead to nothing.
 */
export function waysTo(ends: Iterable<string>, edges: ImportEdges): ReadonlyMap<string, string | undefined> {
  const importers = new Map<string, string[]>()
  for (const [file, loaded] of edges) {
    for (const each of loaded) importers.set(each, [...(importers.get(each) ?? []), file])
  }
  const ways = new Map<string, string | undefined>()
  for (const end of ends) ways.set(end, undefined)
  // A map grows while it is walked, so this visits file by file outwards.
  for (const [file] of ways) {
    for (const importer of importers.get(file) ?? []) if (!ways.has(importer)) ways.set(importer, file)
  }
  return ways
}

/** The files on the way from `file`, itself left out, to where it ends. */
export function wayFrom(file: string, ways: ReadonlyMap<string, string | undefined>): readonly string[] {
  const way: string[] = []
  for (let next = ways.get(file); next !== undefined; next = ways.get(next)) way.push(next)
  return way
}
