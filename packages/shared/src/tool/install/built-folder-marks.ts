/** What a built folder is, and the marks that say which one is complete and in use. */
import { join } from 'node:path'
import type { Host } from '../../host/ports.ts'

export interface BuiltFolder {
  /** Where such folders are kept: `environments`, `npm`, … below the cache folder. */
  readonly kind: string
  /** Hex digest of all that decides what is in it. */
  readonly key: string
  /** Whether the key decides everything. Otherwise, as with `requests>=2`, it is made again every week. */
  readonly locked: boolean
  /** Fills the folder, which exists and is empty. */
  build(folder: string): Promise<void>
  /** Whether a complete folder is still as it was; must not throw. */
  intact(folder: string): Promise<boolean>
}

/** Absolute paths of a folder's surroundings. */
export interface BuiltPlace {
  readonly parent: string
  /** Holds the folder, under a name that only one run gave; it is what is stored in the host's cache. */
  readonly entry: string
  /** Says which folder in `entry` to use. */
  readonly pointer: string
}

/** A folder that this run made. */
export interface MadeFolder {
  readonly wanted: BuiltFolder
  readonly place: BuiltPlace
  /** In `place.entry`. */
  readonly name: string
}

/** Written last into a folder. */
const markName = 'complete.json'

export async function markComplete(host: Host, { key }: BuiltFolder, folder: string): Promise<void> {
  await host.files.write(join(folder, markName), JSON.stringify({ key, made: host.clock.now() }))
}

/** When the folder was completed; undefined for one that is half-made, or is another one. */
export async function completedMs(
  host: Host,
  { key: wanted }: BuiltFolder,
  folder: string,
): Promise<number | undefined> {
  try {
    const mark: unknown = JSON.parse((await host.files.readText(join(folder, markName))) ?? '')
    const isMark = mark instanceof Object && 'key' in mark && 'made' in mark
    return isMark && mark.key === wanted ? Number(mark.made) : undefined
  } catch {
    return undefined
  }
}

/** Given by chance. */
export const folderName = /^[0-9a-f]{8}$/

/** From now on runs use that folder. */
export async function point(host: Host, { pointer }: BuiltPlace, folder: string): Promise<void> {
  await host.files.write(pointer, JSON.stringify({ folder }))
}

/** Name of the folder in use; undefined where there is none. */
export async function readPointer(host: Host, pointer: string): Promise<string | undefined> {
  try {
    const data: unknown = JSON.parse((await host.files.readText(pointer)) ?? '')
    const folder = data instanceof Object && 'folder' in data ? String(data.folder) : ''
    return folderName.test(folder) ? folder : undefined
  } catch {
    return undefined
  }
}
