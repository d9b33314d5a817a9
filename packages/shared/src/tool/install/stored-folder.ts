/**
 * Built folders in the host's cache, which on GitHub outlives the machine. One entry a folder, found by the digest
 * of what is in it, so an entry never grows and a run fetches what it needs and nothing else. What is not there, or
 * is damaged, is made as if there were no cache.
 */

import { join } from 'node:path'
import { folderBytes } from '../../host/folder-size.ts'
import { inParallel } from '../../in-parallel.ts'
import type { BuiltFolder, BuiltPlace, MadeFolder } from './built-folder-marks.ts'
import { completedMs, folderName } from './built-folder-marks.ts'
import type { InstallContext } from './context.ts'

/** Raised when the layout of a folder changes. */
const layout = 1
const weekMs = 7 * 24 * 60 * 60 * 1000
/** Of one folder, unpacked: a repository has 10 GB for all of its caches. */
const largestStoredBytes = 2_000_000_000
const storesAtATime = 4

/** Name of the complete, undamaged folder that now stands in the entry; undefined for a miss. */
export async function restoreStored(
  context: InstallContext,
  wanted: BuiltFolder,
  place: BuiltPlace,
): Promise<string | undefined> {
  const { host } = context
  if (!context.stored) return undefined
  // Unpacking writes over what is there, and another run on this machine may be using that, or unpacking it too.
  const claim = `${place.entry}.restoring`
  if ((await host.files.list(place.entry)).length > 0 || !(await host.files.create(claim, '')))
    return undefined
  try {
    const prefix = await storedKey(context, wanted)
    const found = await host.cache.restore(place.entry, prefix, [])
    if (found === undefined) return undefined
    for (const name of await host.files.list(place.entry)) {
      const folder = join(place.entry, name)
      const complete = folderName.test(name) && (await completedMs(host, wanted, folder)) !== undefined
      if (complete && (await wanted.intact(folder))) return name
      await host.files.remove(folder)
    }
    host.runner.log(`What the cache holds under ${found} is damaged; it is made again.`)
    context.damaged.set(wanted.key, generationOf(found))
    return undefined
  } finally {
    await host.files.remove(claim).catch(() => undefined)
  }
}

/**
 * Stores what this run made. `suspects` are programs that failed: the folders they stand in are left out, since a
 * broken one would be restored for weeks. Nothing after a cancellation. Never throws.
 */
export async function storeMade(context: InstallContext, suspects: readonly string[]): Promise<void> {
  const { host, made, stored } = context
  if (!stored || host.cancelled.aborted) return
  const waiting = made.filter(
    ({ place, name }) => !suspects.some((program) => program.startsWith(join(place.entry, name))),
  )
  await inParallel(waiting, storesAtATime, (each) =>
    storeFolder(context, each).catch((error) => host.runner.log(`Not stored: ${String(error)}`)),
  )
}

async function storeFolder(context: InstallContext, { wanted, place, name }: MadeFolder): Promise<void> {
  const { host } = context
  const names = await host.files.list(place.entry)
  // Another run on this machine made the same, or is about to.
  if (names.length !== 1 || names[0] !== name) return
  if ((await folderBytes(host.files, place.entry, largestStoredBytes)) > largestStoredBytes) {
    const limit = largestStoredBytes / 1_000_000_000
    host.runner.log(`${place.entry} is larger than ${limit} GB and is not stored in the cache.`)
    return
  }
  const generation = (context.damaged.get(wanted.key) ?? 0) + 1
  await host.cache.save(place.entry, `${await storedKey(context, wanted)}${generation}`)
}

/** With a `-` at the end; what follows is a number, since an entry cannot be replaced and a damaged one stays. */
async function storedKey({ host, once }: InstallContext, wanted: BuiltFolder): Promise<string> {
  const { platform, arch } = host.facts
  // Programs for glibc do not run where there is only musl, in a container of the same platform.
  const musl = await once('musl', async () =>
    (await host.files.list('/lib').catch(() => [])).some((name) => name.startsWith('ld-musl-')),
  )
  const week = wanted.locked ? [] : [`week${Math.floor(host.clock.now() / weekMs)}`]
  const machine = [platform, arch, ...(musl ? ['musl'] : [])]
  return [
    'ci-actions-tools',
    layout,
    ...machine,
    wanted.kind.replaceAll('/', '-'),
    wanted.key,
    ...week,
    '',
  ].join('-')
}

function generationOf(key: string): number {
  return Number(/-(\d+)$/.exec(key)?.[1] ?? 0)
}
