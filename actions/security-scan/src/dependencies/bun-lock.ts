/** Text locks of Bun, from version 1.2 on. https://bun.com/docs/pm/lockfile Pure. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord, parseJsonText } from '@ci-actions/shared'
import type { Component } from './inventory.ts'
import { linesOfEntries } from './manifest-lines.ts'
import type { PnpmLock } from './pnpm-lock.ts'

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/** What is cut off ends with the file, so that nothing is read twice. */
const quoted = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`
const comments = new RegExp(String.raw`${quoted}|//[^\n]*|/\*[^]*?(?:\*/|$)`, 'g')
const lastCommas = new RegExp(String.raw`${quoted}|,(?=\s*[}\]])`, 'g')

/** It is JSON with commas behind the last entries, and may have comments. */
export function parseBunLock(text: string): unknown {
  const textAlone = (part: string) => (part.startsWith('"') ? part : '')
  return parseJsonText(text.replaceAll(comments, textAlone).replaceAll(lastCommas, textAlone))
}

/** As a lock of pnpm says it. Undefined for what is no lock. */
export function bunLock(path: string, text: string, data: unknown): PnpmLock | undefined {
  if (!isRecord(data) || !isRecord(data['workspaces'])) return undefined
  const workspaces = Object.entries(data['workspaces']).flatMap(([folder, entry]) =>
    isRecord(entry) ? [{ folder, entry }] : [],
  )
  const packages = recordOf(data['packages'])
  const asked = workspaces.flatMap(({ folder, entry }) => {
    const from = folder === '' || typeof entry['name'] !== 'string' ? [] : [entry['name']]
    return listsOf(entry).flatMap(([name]) => foundFrom(from, name, packages) ?? [])
  })
  const { components, unread } = componentsIn(text, packages)
  const own = new Set(components.flatMap(({ id, from }) => (from === 'own' ? [id] : [])))
  return {
    set: { path, ecosystem: 'npm', components, unread, asked: new Set(asked).difference(own) },
    importers: workspaces.map(({ folder, entry }) => ({
      folder: folder || '.',
      specifiers: new Map(
        listsOf(entry).flatMap(([name, range]) =>
          typeof range === 'string' ? [[name, range] as const] : [],
        ),
      ),
    })),
    overridden: new Set(Object.keys(recordOf(data['overrides']))),
  }
}

function componentsIn(text: string, packages: JsonRecord) {
  const lines = linesOfEntries(text, /^\s+"([^"]+)": \["/)
  const unread: string[] = []
  const components = Object.entries(packages).flatMap(([id, entry]): readonly Component[] => {
    const [locked, ...rest]: readonly unknown[] = Array.isArray(entry) ? entry : []
    const [, name = '', version = ''] =
      /^(@?[^@]+)@(.+)$/.exec(typeof locked === 'string' ? locked : '') ?? []
    if (name === '') {
      unread.push(id)
      return []
    }
    const isOwn = /^(?:workspace|root):/.test(version)
    const isRelease = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version)
    const digest = rest.findLast((each) => typeof each === 'string' && /^sha\d+-/.test(each))
    return [
      {
        id,
        ecosystem: 'npm',
        name: name.toLowerCase(),
        version: isOwn ? undefined : version,
        line: lines.get(id),
        from: isOwn ? 'own' : isRelease ? 'index' : 'other',
        hashes: typeof digest === 'string' ? [digest] : [],
        needs: needsOf(id, recordOf(rest.find(isRecord)), packages),
      },
    ]
  })
  return { components, unread }
}

function needsOf(id: string, entry: JsonRecord, packages: JsonRecord): readonly string[] {
  return listsOf(entry).flatMap(([name]) => foundFrom(namesOf(id), name, packages) ?? [])
}

/** Keys are names on the way down, such as `a/@types/b`: the nearest one above is taken, as Node finds it. */
function foundFrom(way: readonly string[], name: string, packages: JsonRecord): string | undefined {
  for (let length = way.length; length >= 0; length -= 1) {
    const id = [...way.slice(0, length), name].join('/')
    if (Object.hasOwn(packages, id)) return id
  }
  return undefined
}

function namesOf(id: string): readonly string[] {
  return id.match(/@[^/]+\/[^/]+|[^/]+/g) ?? []
}

function listsOf(entry: JsonRecord): readonly (readonly [string, unknown])[] {
  return kinds.flatMap((kind) => Object.entries(recordOf(entry[kind])))
}

function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {}
}
