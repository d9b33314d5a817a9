/** Which files a name of a module may mean, whatever `sys.path` is when it is imported. Pure. */
import type { ImportedNames, RelativeName } from './python-imports.ts'

export interface ModuleIndex {
  /** All files that may be loaded by importing `name` or what it is in, from any folder as root. */
  find(name: string): readonly string[]
  findRelative(file: string, relative: RelativeName): readonly string[]
}

/** `paths` are Python files, `/` as separator. */
export function indexModules(paths: Iterable<string>): ModuleIndex {
  const byLast = new Map<string, { readonly key: string; readonly path: string }[]>()
  for (const path of paths) {
    const key = `/${path.replace(/(\/__init__|^__init__)?\.py$/, '')}`
    const last = key.slice(key.lastIndexOf('/') + 1)
    byLast.set(last, [...(byLast.get(last) ?? []), { key, path }])
  }
  const known = new Map<string, readonly string[]>()
  const exactly = (parts: readonly string[]) => {
    const name = `/${parts.join('/')}`
    const found =
      known.get(name) ??
      (byLast.get(parts.at(-1) ?? '') ?? []).filter(({ key }) => key.endsWith(name)).map(({ path }) => path)
    known.set(name, found)
    return found
  }
  // A shorter name too: a module `a` beside a package `a` takes its place, or gives up its own.
  const beginnings = (parts: readonly string[], shortest: number) =>
    parts.flatMap((_, index) => (index + 1 < shortest ? [] : exactly(parts.slice(0, index + 1))))
  return {
    find: (name) => beginnings(name.split('.'), 1),
    findRelative: (file, { level, name }) => {
      const folders = file.split('/').slice(0, -1)
      const folder = folders.at(-level)
      const parts = name === '' ? [] : name.split('.')
      // The last folder is enough: parts of one package may lie under several roots.
      return folder === undefined ? beginnings(parts, 1) : beginnings([folder, ...parts], 2)
    },
  }
}

export function filesOf(file: string, names: ImportedNames, index: ModuleIndex): ReadonlySet<string> {
  return new Set([
    ...[...names.absolute, ...names.quoted].flatMap((name) => index.find(name)),
    ...names.relative.flatMap((relative) => index.findRelative(file, relative)),
  ])
}
