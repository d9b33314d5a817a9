/**
 * Folders that are made once and used by many runs, by the digest of what is in them. A folder gets a name of its
 * own, a mark in it that is written last says that it is complete, and a small file beside it says which one to
 * use: what is half-made is never used, and two runs that make the same at the same time do not meet. It is not
 * renamed when it is complete, since scripts in Python environments hold their own path.
 */
import { join } from 'node:path'
import type { Host } from '../../host/ports.ts'
import { removeUnused } from './built-folder-age.ts'
import type { BuiltFolder, BuiltPlace } from './built-folder-marks.ts'
import { completedMs, markComplete, point, readPointer } from './built-folder-marks.ts'
import type { InstallContext } from './context.ts'
import { restoreStored } from './stored-folder.ts'

const dayMs = 24 * 60 * 60 * 1000
/** So long a folder is used whose content is what the index had on the day it was made. */
const weekMs = 7 * dayMs

/** Absolute path of the folder: known, or from the host's cache, or made. */
export async function builtFolder(context: InstallContext, wanted: BuiltFolder): Promise<string> {
  const { host } = context
  const parent = join(host.facts.cacheFolder, wanted.kind)
  const entry = join(parent, wanted.key.slice(0, 16))
  const place = { parent, entry, pointer: join(parent, `${wanted.key}.json`) }
  const known = await knownFolder(context, wanted, place)
  if (known !== undefined) return known
  const restored = await restoreStored(context, wanted, place)
  if (restored !== undefined) {
    await point(host, place, restored)
    return join(entry, restored)
  }
  return makeFolder(context, wanted, place)
}

async function knownFolder(
  context: InstallContext,
  wanted: BuiltFolder,
  place: BuiltPlace,
): Promise<string | undefined> {
  const { host } = context
  const name = await readPointer(host, place.pointer)
  if (name === undefined) return undefined
  const folder = join(place.entry, name)
  const made = await completedMs(host, wanted, folder)
  if (made === undefined || !(await wanted.intact(folder))) {
    host.runner.log(`${folder} is damaged and is made again.`)
    return undefined
  }
  if (!wanted.locked && !context.offline && host.clock.now() - made > weekMs) {
    host.runner.debug(`${folder} is older than a week and not locked; it is made again.`)
    return undefined
  }
  await markUsed(host, place, name)
  return folder
}

async function makeFolder(context: InstallContext, wanted: BuiltFolder, place: BuiltPlace): Promise<string> {
  const { host } = context
  const name = host.clock.random(4)
  const folder = join(place.entry, name)
  await host.files.makeFolder(folder)
  try {
    await wanted.build(folder)
    await markComplete(host, wanted, folder)
  } catch (error) {
    await host.files.remove(folder).catch(() => undefined)
    throw error
  }
  await point(host, place, name)
  context.made.push({ wanted, place, name })
  await removeUnused(host, place.parent)
  return folder
}

/** The pointer's time is that of the last use, to the day. */
async function markUsed(host: Host, place: BuiltPlace, folder: string): Promise<void> {
  const status = await host.files.status(place.pointer)
  if (status !== undefined && host.clock.now() - status.modifiedMs < dayMs) return
  await point(host, place, folder).catch(() => undefined)
}
