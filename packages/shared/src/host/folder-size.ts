import { join } from 'node:path'
import type { Files } from './ports.ts'

/** Bytes of all files below a folder; counting ends above `enough`. Links count with their own size. */
export async function folderBytes(files: Files, folder: string, enough: number): Promise<number> {
  const waiting = [folder]
  let bytes = 0
  for (let next = waiting.pop(); next !== undefined && bytes <= enough; next = waiting.pop()) {
    const status = await files.status(next)
    if (status?.kind !== 'folder') bytes += status?.bytes ?? 0
    else for (const name of await files.list(next)) waiting.push(join(next, name))
  }
  return bytes
}
