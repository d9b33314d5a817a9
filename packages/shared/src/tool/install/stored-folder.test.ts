import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Cache } from '../../host/ports.ts'
import type { RecordingHost } from '../../host/recording/index.ts'
import {
  memoryCache,
  nodeClock,
  nodeFiles,
  recordingClock,
  recordingHost,
} from '../../host/recording/index.ts'
import { temporaryFolder } from '../test/stage.ts'
import { builtFolder } from './built-folder.ts'
import { openInstallContext } from './context.ts'
import { storeMade } from './stored-folder.ts'

const key = 'ab'.repeat(32)

interface World {
  readonly cache: Cache & { keys(): readonly string[] }
  readonly cacheFolder: string
  readonly host: RecordingHost
  /** How often the folder was made. */
  builds: number
  /** As the next job on a hosted runner: a fresh machine, with the same paths and the same cache. */
  nextMachine(): Promise<void>
  run(change?: {
    stored?: boolean
    locked?: boolean
    offline?: boolean
    suspects?: string[]
  }): Promise<string>
}

async function openWorld(): Promise<World> {
  const cacheFolder = join(await temporaryFolder(), 'cache')
  const cache = memoryCache(nodeFiles)
  const clock = { ...nodeClock, now: recordingClock(Date.UTC(2026, 0, 5)).now }
  const host = recordingHost({ facts: { cacheFolder }, files: nodeFiles, cache, clock })
  const world: World = {
    cache,
    cacheFolder,
    host,
    builds: 0,
    nextMachine: () => rm(cacheFolder, { recursive: true, force: true }),
    run: async ({ stored = true, locked = true, offline = false, suspects = [] } = {}) => {
      const context = openInstallContext({ host, offline, lockedOnly: false, stored })
      const folder = await builtFolder(context, {
        kind: 'tools',
        key,
        locked,
        build: async (target) => {
          world.builds += 1
          await host.files.write(join(target, 'program'), 'works')
        },
        intact: async (target) => (await host.files.readText(join(target, 'program'))) === 'works',
      })
      await storeMade(
        context,
        suspects.map((name) => join(folder, name)),
      )
      return folder
    },
  }
  return world
}

describe('a folder that was made', () => {
  test('is stored once, and restored on another machine instead of being made', async () => {
    const world = await openWorld()
    const folder = await world.run()
    await world.run()
    expect(world.builds).toBe(1)
    expect(world.cache.keys()).toEqual([`ci-actions-tools-1-linux-x64-tools-${key}-1`])
    await world.nextMachine()
    expect(await world.run()).toBe(folder)
    expect(await world.run()).toBe(folder)
    expect(world.builds).toBe(1)
    expect(world.cache.keys()).toHaveLength(1)
  })

  test('stays on the machine where storing is off', async () => {
    const world = await openWorld()
    await world.run({ stored: false })
    await world.nextMachine()
    await world.run({ stored: false })
    expect(world.builds).toBe(2)
    expect(world.cache.keys()).toEqual([])
  })

  test('is not stored after a cancellation, nor where its program failed', async () => {
    const world = await openWorld()
    await world.run({ suspects: ['program'] })
    expect(world.cache.keys()).toEqual([])
    await world.nextMachine()
    world.host.cancel()
    await world.run()
    expect(world.cache.keys()).toEqual([])
  })

  test('is stored under a key of the week where its own key does not say all that is in it', async () => {
    const world = await openWorld()
    await world.run({ locked: false })
    expect(world.cache.keys()[0]).toMatch(new RegExp(`-tools-${key}-week\\d+-1$`))
  })

  test('is not stored while another run has made the same', async () => {
    const world = await openWorld()
    await mkdir(join(world.cacheFolder, 'tools', key.slice(0, 16), '00000000'), { recursive: true })
    await world.run()
    expect(world.cache.keys()).toEqual([])
  })
})

describe('an entry that cannot be used is a miss', () => {
  async function damagedBy(damage: (folder: string) => Promise<void>): Promise<World> {
    const world = await openWorld()
    const folder = await world.run({ stored: false })
    await damage(folder)
    await world.cache.save(
      join(world.cacheFolder, 'tools', key.slice(0, 16)),
      `ci-actions-tools-1-linux-x64-tools-${key}-1`,
    )
    await world.nextMachine()
    world.builds = 0
    return world
  }

  test.each<[string, (folder: string) => Promise<void>]>([
    ['damaged', (folder) => nodeFiles.write(join(folder, 'program'), 'wor')],
    ['half-made', (folder) => rm(join(folder, 'complete.json'))],
    [
      'another folder',
      (folder) => nodeFiles.write(join(folder, 'complete.json'), `{"key":"${'cd'.repeat(32)}","made":1}`),
    ],
    ['under a name that we do not give', (folder) => rename(folder, `${folder}x`)],
  ])(
    'where it is %s; what is made instead is stored beside it, and found by the next run',
    async (_, damage) => {
      const world = await damagedBy(damage)
      const folder = await world.run()
      expect(await nodeFiles.readText(join(folder, 'program'))).toBe('works')
      expect(world.builds).toBe(1)
      expect(world.cache.keys()).toHaveLength(2)
      await world.nextMachine()
      expect(await world.run()).toBe(folder)
      expect(world.builds).toBe(1)
    },
  )

  test('where unpacking broke off', async () => {
    const world = await openWorld()
    const half: Cache = {
      restore: async (folder) => {
        await nodeFiles.write(join(folder, '0a0a0a0a', 'program'), 'wo')
        return undefined
      },
      save: async () => true,
    }
    Object.assign(world.host, { cache: half })
    expect(await nodeFiles.readText(join(await world.run(), 'program'))).toBe('works')
  })
})

test('what another run is unpacking is not unpacked over it, but made apart', async () => {
  const world = await openWorld()
  await world.run()
  await world.nextMachine()
  const parent = join(world.cacheFolder, 'tools')
  await nodeFiles.write(join(parent, `${key.slice(0, 16)}.restoring`), '')
  await world.run()
  expect(world.builds).toBe(2)
  // The claim is the other run's.
  expect(await nodeFiles.list(parent)).toContain(`${key.slice(0, 16)}.restoring`)
})
