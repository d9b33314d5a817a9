import { posix } from 'node:path'

interface MemoryFile {
  readonly bytes: Uint8Array
  readonly modifiedMs: number
  readonly executable?: boolean | undefined
}

/** Folders and files by absolute path. A folder is there as soon as something is in it. */
export class MemoryTree {
  readonly files = new Map<string, MemoryFile>()
  readonly folders = new Set<string>(['/'])

  put(path: string, file: MemoryFile): void {
    const place = normalised(path)
    if (this.folders.has(place)) throw platformError('EISDIR', place)
    this.addFolder(posix.dirname(place))
    this.files.set(place, file)
  }

  addFolder(path: string): void {
    for (let folder = normalised(path); !this.folders.has(folder); folder = posix.dirname(folder)) {
      if (this.files.has(folder)) throw platformError('ENOTDIR', folder)
      this.folders.add(folder)
    }
  }

  remove(path: string): void {
    const place = normalised(path)
    for (const name of [...this.files.keys()]) if (isWithin(name, place)) this.files.delete(name)
    for (const name of [...this.folders]) if (name !== '/' && isWithin(name, place)) this.folders.delete(name)
  }

  copy(from: string, to: string): void {
    const source = normalised(from)
    const moved = (name: string) => normalised(to) + name.slice(source.length)
    if (!this.has(source)) throw platformError('ENOENT', source)
    for (const name of [...this.folders]) if (isWithin(name, source)) this.addFolder(moved(name))
    for (const [name, file] of [...this.files]) if (isWithin(name, source)) this.put(moved(name), file)
  }

  file(path: string): MemoryFile | undefined {
    return this.files.get(normalised(path))
  }

  hasFolder(path: string): boolean {
    return this.folders.has(normalised(path))
  }

  has(path: string): boolean {
    return this.file(path) !== undefined || this.hasFolder(path)
  }

  /** Names directly in a folder, sorted. */
  names(folder: string): string[] {
    const all = [...this.files.keys(), ...this.folders].filter((name) => name !== '/')
    const inside = all.filter((name) => posix.dirname(name) === normalised(folder))
    return inside.map((name) => posix.basename(name)).sort()
  }
}

export function normalised(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}

export function platformError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}
