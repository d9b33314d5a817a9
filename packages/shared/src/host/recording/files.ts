import { posix } from 'node:path'
import type { Files } from '../ports.ts'
import { MemoryTree, normalised, platformError } from './memory-tree.ts'

/** Files in memory, with POSIX paths and without links. */
export interface MemoryFiles extends Files {
  /** Everything, as text, by absolute path. */
  contents(): Readonly<Record<string, string>>
}

export function memoryFiles(
  initial: Readonly<Record<string, string | Uint8Array>> = {},
  now: () => number = () => 0,
): MemoryFiles {
  const tree = new MemoryTree()
  const put = (path: string, content: string | Uint8Array, executable = tree.file(path)?.executable) =>
    tree.put(path, { bytes: toBytes(content), modifiedMs: now(), executable })
  for (const [path, content] of Object.entries(initial)) put(path, content)
  return {
    status: async (path) => {
      const file = tree.file(path)
      if (file !== undefined) {
        const { bytes, modifiedMs, executable = false } = file
        return { kind: 'file', bytes: bytes.length, modifiedMs, executable }
      }
      return tree.hasFolder(path) ? { kind: 'folder', bytes: 0, modifiedMs: 0 } : undefined
    },
    read: async (path) => tree.file(path)?.bytes.slice(),
    readText: async (path) => toText(tree.file(path)?.bytes),
    stream: async function* (path) {
      const file = tree.file(path)
      if (file === undefined) throw platformError('ENOENT', path)
      yield file.bytes
    },
    write: async (path, content, options) => {
      const whole = typeof content === 'string' || content instanceof Uint8Array
      put(path, whole ? content : [...content].join(''), options?.executable || undefined)
    },
    create: async (path, content) => {
      if (tree.has(path)) return false
      put(path, content)
      return true
    },
    append: async (path, content) => {
      if (!tree.hasFolder(posix.dirname(path))) throw platformError('ENOENT', path)
      put(path, Buffer.concat([tree.file(path)?.bytes ?? new Uint8Array(), toBytes(content)]))
    },
    list: async (path) => tree.names(path),
    makeFolder: async (path) => tree.addFolder(path),
    remove: async (path) => tree.remove(path),
    rename: async (from, to) => {
      tree.copy(from, to)
      tree.remove(from)
    },
    copy: async (from, to) => tree.copy(from, to),
    realPath: async (path) => (tree.has(path) ? normalised(path) : undefined),
    contents: () =>
      Object.fromEntries([...tree.files].map(([path, { bytes }]) => [path, toText(bytes) ?? ''])),
  }
}

function toText(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content.slice()
}
