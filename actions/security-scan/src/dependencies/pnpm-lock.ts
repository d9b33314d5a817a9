/** Lock files of pnpm, from version 5 of their format on. Pure, over parsed YAML. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import type { Component, DependencySet } from './inventory.ts'
import { linesOfEntries } from './manifest-lines.ts'

/** What one package.json of the workspace asked for when the lock was written. */
export interface PnpmImporter {
  /** Relative to the lock file; `.` for the same folder. */
  readonly folder: string
  /** As package.json had them, by name. */
  readonly specifiers: ReadonlyMap<string, string>
}

export interface PnpmLock {
  readonly set: DependencySet
  readonly importers: readonly PnpmImporter[]
  /** Names whose versions the workspace overrides or leaves out, so that specifiers differ rightly. */
  readonly overridden: ReadonlySet<string>
}

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']

/** Undefined for YAML that is no lock. */
export function pnpmLock(path: string, text: string, data: unknown): PnpmLock | undefined {
  if (!isRecord(data) || !('lockfileVersion' in data)) return undefined
  // Before there were workspaces the project's own lists stood at the top.
  const importers = isRecord(data['importers']) ? data['importers'] : { '.': data }
  const asked = Object.values(importers).flatMap((importer) => namesIn(recordOf(importer)))
  return {
    set: { path, ecosystem: 'npm', ...componentsIn(text, data), asked: new Set(asked) },
    importers: Object.entries(importers).map(([folder, importer]) => ({
      folder,
      specifiers: specifiersIn(recordOf(importer)),
    })),
    overridden: overriddenIn(data),
  }
}

function componentsIn(text: string, data: JsonRecord): Pick<DependencySet, 'components' | 'unread'> {
  const packages = recordOf(data['packages'])
  const lines = linesOfEntries(text, /^ {2}'?\/?((?:@[^'@/]+\/)?[^'@:]+@[^'():]+)/)
  const needs = needsIn(isRecord(data['snapshots']) ? data['snapshots'] : packages)
  const components = new Map<string, Component>()
  const unread: string[] = []
  for (const [key, entry] of Object.entries(packages)) {
    const id = idOf(key)
    const at = id.lastIndexOf('@')
    if (!isRecord(entry) || at < 1) {
      unread.push(key)
      continue
    }
    const { integrity } = recordOf(entry['resolution'])
    components.set(id, {
      id,
      ecosystem: 'npm',
      name: id.slice(0, at).toLowerCase(),
      version: id.slice(at + 1),
      line: lines.get(id),
      from: typeof integrity === 'string' ? 'index' : 'other',
      hashes: typeof integrity === 'string' ? [integrity] : [],
      needs: [...new Set(needs.get(id) ?? [])],
    })
  }
  return { components: [...components.values()], unread }
}

function needsIn(snapshots: JsonRecord): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, string[]>()
  for (const [key, entry] of Object.entries(snapshots))
    needs.set(idOf(key), [...(needs.get(idOf(key)) ?? []), ...namesIn(recordOf(entry))])
  return needs
}

function overriddenIn({ overrides, ignoredOptionalDependencies: ignored }: JsonRecord): ReadonlySet<string> {
  const names = Object.keys(recordOf(overrides)).map((each) => each.replace(/(?!^)@.*$/, ''))
  const left: readonly unknown[] = Array.isArray(ignored) ? ignored : []
  return new Set([...names, ...left.filter((each) => typeof each === 'string')])
}

/** `/name@1.0.0(peer@2)`, `/name/1.0.0_peer@2` of version 5 and `name@1.0.0` are `name@1.0.0`. */
function idOf(key: string): string {
  const [, name, version] = /^\/((?:@[^/@]+\/)?[^/@]+)\/(\d[^_(]*)/.exec(key) ?? []
  if (name !== undefined) return `${name}@${version}`
  return key.replace(/^\//, '').replace(/\(.*$/, '')
}

function namesIn(entry: JsonRecord): readonly string[] {
  return kinds.flatMap((kind) =>
    Object.entries(recordOf(entry[kind])).flatMap(([name, value]) => {
      const version = isRecord(value) ? value['version'] : value
      if (typeof version !== 'string' || version.startsWith('link:')) return []
      // An alias names another package in full.
      if (/^\d+\.\d+\.\d+/.test(version)) return [idOf(`${name}@${version.replace(/_.*$/, '')}`)]
      return [
        idOf(/^\/?@?[^@()]+@/.test(version) || version.startsWith('/') ? version : `${name}@${version}`),
      ]
    }),
  )
}

function specifiersIn(importer: JsonRecord): ReadonlyMap<string, string> {
  const old = Object.entries(recordOf(importer['specifiers']))
  const own = kinds.flatMap((kind) =>
    Object.entries(recordOf(importer[kind])).map(
      ([name, value]) => [name, isRecord(value) ? value['specifier'] : undefined] as const,
    ),
  )
  return new Map(
    [...old, ...own].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}

function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {}
}
