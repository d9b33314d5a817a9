/** Lock files of npm. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
import type { ConfigFile, JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import type { Component, DependencySet } from './inventory.ts'
import { linesOfEntries } from './manifest-lines.ts'

/** Undefined for JSON that is no lock. */
export function npmSet({ path, text, data: lock }: ConfigFile): DependencySet | undefined {
  if (lock === undefined) return undefined
  if (isRecord(lock['packages'])) return packagesSet(path, text, lock['packages'])
  if (isRecord(lock['dependencies'])) return nestedSet(path, text, lock['dependencies'])
  // The first version leaves out a list without entries.
  return 'lockfileVersion' in lock ? nestedSet(path, text, {}) : undefined
}

/** Versions 2 and 3: one table, by the folder that a package stands in; `''` is the project. */
function packagesSet(path: string, text: string, packages: JsonRecord): DependencySet {
  const lines = linesOfEntries(text, /^\s+"((?:[^"]*\/)?node_modules\/[^"]+)":\s*\{/)
  const entries = Object.entries(packages).flatMap(([folder, entry]) =>
    isRecord(entry) ? [[folder, entry] as const] : [],
  )
  const folders = new Set(entries.map(([folder]) => folder))
  const components = entries.flatMap(([folder, entry]): readonly Component[] => {
    const name = nameOf(folder, entry)
    if (entry['link'] === true) return []
    const own = !folder.includes('node_modules/')
    return [
      {
        ...componentOf(folder, name, entry),
        line: lines.get(folder),
        needs: needsOf(folder, entry, folders, packages),
        ...(own && { from: 'own' as const }),
      },
    ]
  })
  const own = components.filter(({ from }) => from === 'own')
  return { path, ecosystem: 'npm', components, asked: new Set(own.flatMap(({ needs }) => needs)) }
}

/** The project itself may have none. */
function nameOf(folder: string, entry: JsonRecord): string {
  if (typeof entry['name'] === 'string') return entry['name']
  const end = folder.lastIndexOf('node_modules/')
  return end === -1 ? folder || '.' : folder.slice(end + 'node_modules/'.length)
}

function componentOf(id: string, name: string, entry: JsonRecord): Component {
  const { version, integrity, license, resolved } = entry
  const elsewhere = typeof resolved === 'string' && /^(?:git|file:|github:)/.test(resolved)
  return {
    id,
    ecosystem: 'npm',
    name: name.toLowerCase(),
    version: typeof version === 'string' ? version : undefined,
    from: elsewhere ? 'other' : 'index',
    hashes: typeof integrity === 'string' ? integrity.split(/\s+/) : [],
    license: licenseOf(license),
    needs: [],
  }
}

/** Old packages write `{type: 'MIT'}`, or a list. */
function licenseOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    const all = value.map(licenseOf).filter((each) => each !== undefined)
    return all.length === 0 ? undefined : all.map((each) => `(${each})`).join(' OR ')
  }
  return isRecord(value) && typeof value['type'] === 'string' ? value['type'] : undefined
}

const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies']

/** As Node finds them: in the nearest `node_modules` above. */
function needsOf(
  folder: string,
  entry: JsonRecord,
  folders: ReadonlySet<string>,
  packages: JsonRecord,
): readonly string[] {
  const lists = folder.includes('node_modules/') ? kinds : [...kinds, 'devDependencies']
  const names = lists.flatMap((kind) => Object.keys(isRecord(entry[kind]) ? entry[kind] : {}))
  return [...new Set(names)].flatMap((name) => {
    const found = foundFrom(folder, name, folders)
    const target = found === undefined ? undefined : packages[found]
    if (isRecord(target) && target['link'] === true && typeof target['resolved'] === 'string')
      return [target['resolved']]
    return found ?? []
  })
}

function foundFrom(folder: string, name: string, folders: ReadonlySet<string>): string | undefined {
  for (let at = folder; ; at = parentOf(at)) {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (folders.has(candidate)) return candidate
    if (at === '') return undefined
  }
}

function parentOf(folder: string): string {
  const modules = folder.lastIndexOf('/node_modules/')
  if (modules !== -1) return folder.slice(0, modules)
  return ''
}

/** Deeper than any tree of packages, and than a stack may be. */
const deepest = 200

/** Version 1: a tree; `requires` are found in the nearest list above. */
function nestedSet(path: string, text: string, top: JsonRecord): DependencySet {
  const lines = linesOfEntries(text, /^\s+"([^"]+)":\s*\{/)
  const found: Component[] = []
  const asked = new Set(Object.keys(top))
  const needed = new Set<string>()
  const visit = (list: JsonRecord, prefix: string, above: readonly ReadonlyMap<string, string>[]) => {
    const here = new Map(Object.keys(list).map((name) => [name, `${prefix}${name}`]))
    const scopes = [here, ...above]
    for (const [name, entry] of Object.entries(list)) {
      if (!isRecord(entry) || scopes.length > deepest) continue
      const nested = isRecord(entry['dependencies']) ? entry['dependencies'] : {}
      const inner = new Map(Object.keys(nested).map((each) => [each, `${prefix}${name}>${each}`]))
      const needs = Object.keys(isRecord(entry['requires']) ? entry['requires'] : {}).flatMap(
        (each) => [inner, ...scopes].find((scope) => scope.has(each))?.get(each) ?? [],
      )
      for (const each of needs) needed.add(each)
      found.push({ ...componentOf(`${prefix}${name}`, name, entry), line: lines.get(name), needs })
      visit(nested, `${prefix}${name}>`, scopes)
    }
  }
  visit(top, '', [])
  // It does not say what the project asks for: that is what nothing else needs.
  return {
    path,
    ecosystem: 'npm',
    components: found,
    asked: new Set([...asked].filter((id) => !needed.has(id))),
  }
}
