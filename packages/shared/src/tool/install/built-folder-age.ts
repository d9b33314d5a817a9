/** What of the built folders is removed: whatever nobody has used for long, or ever will. */
import { join } from 'node:path'
import type { Host } from '../../host/ports.ts'
import { folderName, readPointer } from './built-folder-marks.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Not used for so long, it goes. */
const keepMs = 30 * dayMs

/**
 * Removes folders not used for long, and those that nothing points at, once they cannot be in the making or in use
 * by a run any more.
 */
export async function removeUnused(host: Host, parent: string): Promise<void> {
  const names = await host.files.list(parent)
  const used = new Set<string>()
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const pointer = join(parent, name)
    if ((await ageOf(host, pointer)) > keepMs) await remove(host, pointer)
    else used.add(join(parent, name.slice(0, 16), (await readPointer(host, pointer)) ?? ''))
  }
  for (const name of names.filter((each) => each.endsWith('.restoring')))
    if ((await ageOf(host, join(parent, name))) > dayMs) await remove(host, join(parent, name))
  for (const entry of names.filter((each) => /^[0-9a-f]{16}$/.test(each))) {
    for (const name of await host.files.list(join(parent, entry))) {
      const folder = join(parent, entry, name)
      if (!folderName.test(name) || used.has(folder)) continue
      if ((await ageOf(host, folder)) > dayMs) await remove(host, folder)
    }
  }
}

async function ageOf(host: Host, path: string): Promise<number> {
  const now = host.clock.now()
  return now - ((await host.files.status(path))?.modifiedMs ?? now)
}

async function remove(host: Host, path: string): Promise<void> {
  await host.files.remove(path).catch(() => undefined)
}
