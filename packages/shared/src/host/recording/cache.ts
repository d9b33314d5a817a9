import { posix } from 'node:path'
import type { Cache, Files } from '../ports.ts'

export interface CacheUse {
  readonly kind: 'restore' | 'save'
  readonly folder: string
  readonly key: string
  readonly prefixes: readonly string[]
  /** What came of it: the key found, or whether it was saved. */
  readonly result: string | boolean | undefined
}

type Content = ReadonlyMap<string, Uint8Array>

/** Entries in memory. As in the Actions cache, an entry belongs to its folder's path and is never replaced. */
export interface MemoryCache extends Cache {
  readonly uses: readonly CacheUse[]
  keys(): readonly string[]
}

export function memoryCache(files: Files): MemoryCache {
  const entries = new Map<string, { readonly folder: string; readonly content: Content }>()
  const uses: CacheUse[] = []

  function find(folder: string, key: string, prefixes: readonly string[]): string | undefined {
    const newestFirst = [...entries]
      .filter(([, entry]) => entry.folder === folder)
      .map(([name]) => name)
      .reverse()
    if (newestFirst.includes(key)) return key
    for (const prefix of [key, ...prefixes]) {
      const match = newestFirst.find((name) => name.startsWith(prefix))
      if (match !== undefined) return match
    }
    return undefined
  }

  return {
    uses,
    keys: () => [...entries.keys()],
    restore: async (folder, key, prefixes) => {
      const found = find(folder, key, prefixes)
      for (const [name, bytes] of entries.get(found ?? '')?.content ?? [])
        await files.write(posix.join(folder, name), bytes)
      uses.push({ kind: 'restore', folder, key, prefixes, result: found })
      return found
    },
    save: async (folder, key) => {
      const isNew = !entries.has(key)
      if (isNew) entries.set(key, { folder, content: await readFolder(files, folder) })
      uses.push({ kind: 'save', folder, key, prefixes: [], result: isNew })
      return isNew
    },
  }
}

async function readFolder(files: Files, folder: string, below = ''): Promise<Map<string, Uint8Array>> {
  const content = new Map<string, Uint8Array>()
  for (const name of await files.list(posix.join(folder, below))) {
    const path = posix.join(below, name)
    const bytes = await files.read(posix.join(folder, path))
    if (bytes !== undefined) content.set(path, bytes)
    else
      for (const [inner, innerBytes] of await readFolder(files, folder, path)) content.set(inner, innerBytes)
  }
  return content
}
