/** Databases of scanners over days and machines. What GitHub's cache does with branches is in database-branches.test.ts. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { savesOnlyWhereTrusted } from '../../host/github/trust.ts'
import type { MemoryCache } from '../../host/recording/index.ts'
import { memoryCache, nodeClock, nodeFiles, recordingHost } from '../../host/recording/index.ts'
import { scannerWithDatabase } from '../test/scanner.ts'
import { temporaryFolder } from '../test/stage.ts'
import type { KeptDatabase } from '../tool.ts'
import type { InstallOptions } from './context.ts'
import { openInstallContext } from './context.ts'
import { databaseOf, storeDatabases } from './databases.ts'

const hourMs = 60 * 60 * 1000
const monday = Date.UTC(2026, 0, 5, 12)

interface Job extends Partial<Pick<InstallOptions, 'stored' | 'offline'>> {
  readonly now?: number
  /** What the scanner downloads, by the parts of its database; it says the time of each. */
  readonly downloads?: Readonly<Record<string, string>>
  readonly failed?: boolean
  readonly cancelled?: boolean
  /** The event that started it. */
  readonly event?: string
}

let cacheFolder: string
let cache: MemoryCache
beforeEach(async () => {
  cacheFolder = join(await temporaryFolder(), 'cache')
  cache = memoryCache(nodeFiles)
})

const nextMachine = () => rm(cacheFolder, { recursive: true, force: true })
const place = (...path: readonly string[]) => join(cacheFolder, 'databases/scanner-2', ...path)

/** What the scanner got, with the texts that were in its folder. */
async function run({ now = monday, downloads = {}, stored = true, ...job }: Job = {}) {
  const clock = { ...nodeClock, now: () => now }
  const event = { name: job.event ?? 'push', ref: 'refs/heads/main' }
  const host = recordingHost({ facts: { cacheFolder }, files: nodeFiles, clock, cache, event })
  const trusted = savesOnlyWhereTrusted(cache, host.facts.event, host.runner)
  const context = openInstallContext({
    ...{ host: { ...host, cache: trusted }, lockedOnly: false, stored, offline: job.offline ?? false },
  })
  const database = await databaseOf(context, scannerWithDatabase, {})
  if (database === undefined) throw new Error('no database')
  const kept = database.kept()
  const texts = await Promise.all(
    (await nodeFiles.list(kept.folder)).map((name) => nodeFiles.readText(join(kept.folder, name))),
  )
  for (const [part, text] of Object.entries(downloads)) await nodeFiles.write(join(kept.folder, part), text)
  await database.note(Object.fromEntries(Object.keys(downloads).map((part) => [part, now])))
  if (job.cancelled) host.cancel()
  await storeDatabases(context, new Set(job.failed ? ['scanner'] : []))
  return { ...kept, texts, log: host.recorded.log }
}

const known = ({ refreshed }: KeptDatabase) => refreshed

test('stands apart from what is remembered, by scanner and schema', async () => {
  expect((await run()).folder).toBe(place('content'))
})

test('a tool that uses none has none', async () => {
  const context = openInstallContext({ host: recordingHost(), offline: false, lockedOnly: false })
  expect(await databaseOf(context, { ...scannerWithDatabase, database: () => undefined }, {})).toBeUndefined()
})

describe('a day', () => {
  test('has one download: the next machine restores it, and stores nothing', async () => {
    await run({ downloads: { all: 'of Monday' } })
    await nextMachine()
    const second = await run({ now: monday + hourMs })
    expect(second.texts).toEqual(['of Monday'])
    expect(known(second)).toEqual({ all: monday })
    expect(cache.keys()).toEqual(['ci-actions-databases-1-scanner-2-2026-01-05-1'])
  })

  test('begins with what the day before has left', async () => {
    await run({ downloads: { all: 'of Monday' } })
    await nextMachine()
    const tuesday = monday + 24 * hourMs
    expect((await run({ now: tuesday })).texts).toEqual(['of Monday'])
    expect(cache.keys()).toHaveLength(1)
    await nextMachine()
    await run({ now: tuesday, downloads: { all: 'of Tuesday' } })
    await nextMachine()
    expect((await run({ now: tuesday + hourMs })).texts).toEqual(['of Tuesday'])
    expect(cache.keys()[1]).toBe('ci-actions-databases-1-scanner-2-2026-01-06-1')
  })

  test('may see more than one, of which the last counts', async () => {
    await run({ downloads: { a: 'a' } })
    await nextMachine()
    await run({ now: monday + hourMs, downloads: { b: 'b' } })
    await nextMachine()
    const third = await run({ now: monday + 2 * hourMs })
    expect(third.texts).toEqual(['a', 'b'])
    expect(known(third)).toEqual({ a: monday, b: monday + hourMs })
    expect(cache.keys().map((key) => key.slice(-2))).toEqual(['-1', '-2'])
  })
})

describe('nothing is stored', () => {
  test.each<[string, Job]>([
    ['where the scanner failed', { failed: true }],
    ['after a cancellation', { cancelled: true }],
    ['offline, or with `cache: off`', { stored: false }],
    ['by a run on the default branch with the code of somebody else', { event: 'pull_request_target' }],
    ['where nothing was downloaded', { downloads: {} }],
  ])('%s', async (_, job) => {
    await run({ downloads: { all: 'new' }, ...job })
    expect(cache.keys()).toEqual([])
  })
})

test('offline, or with `cache: off`, nothing is restored, and what the machine has is used', async () => {
  await run({ downloads: { all: 'kept' } })
  const uses = cache.uses.length
  expect((await run({ stored: false })).texts).toEqual(['kept'])
  await nextMachine()
  expect((await run({ stored: false })).texts).toEqual([])
  expect(cache.uses.length).toBe(uses)
})

test('what the machine has is used before what the cache has', async () => {
  await run({ downloads: { all: 'older' } })
  await run({ now: monday + hourMs, stored: false, downloads: { all: 'newer' } })
  expect((await run({ now: monday + 2 * hourMs })).texts).toEqual(['newer'])
})

describe('a database that is not as it was left', () => {
  test('is taken away where it comes from the cache, and what is downloaded then takes its place', async () => {
    await run({ downloads: { all: 'whole' } })
    // As an archive that was cut off: the key stays taken.
    await nodeFiles.write(place('content', 'all'), 'half')
    cache = memoryCache(nodeFiles)
    await cache.save(place(), 'ci-actions-databases-1-scanner-2-2026-01-05-1')
    await nextMachine()
    const damaged = await run({ downloads: { all: 'again' } })
    expect([damaged.texts, known(damaged)]).toEqual([[], {}])
    expect(damaged.log()).toContain(
      'What the cache holds under ci-actions-databases-1-scanner-2-2026-01-05-1 is damaged; it is downloaded again.',
    )
    await nextMachine()
    expect((await run()).texts).toEqual(['again'])
  })

  test('stays where the machine has kept it, and nobody believes its age', async () => {
    await run({ downloads: { all: 'whole' } })
    await nodeFiles.write(place('content', 'all'), 'half')
    const second = await run()
    expect([second.texts, known(second)]).toEqual([['half'], {}])
  })

  test.each(['', '{', '[]', 'null', '{"refreshed":7,"bytes":5}', '{"refreshed":{"all":"x"},"bytes":5}'])(
    'with the state %j has no age',
    async (state) => {
      await run({ downloads: { all: 'whole' } })
      await nodeFiles.write(place('state.json'), state)
      expect(known(await run())).toEqual({})
    },
  )

  test('is not younger than now', async () => {
    await run({ now: monday + 2 * hourMs, downloads: { all: 'of a clock that was wrong' } })
    expect(known(await run())).toEqual({})
  })
})

test('its users take turns, and each sees what the one before has downloaded', async () => {
  const host = recordingHost({ facts: { cacheFolder }, files: nodeFiles })
  const context = openInstallContext({ host, offline: false, lockedOnly: false })
  const seen: string[] = []
  const use = async (name: string) => {
    const database = await databaseOf(context, scannerWithDatabase, {})
    await database?.inTurn(async () => {
      seen.push(`${name} begins with ${Object.keys(database.kept().refreshed).join(' ')}`)
      await nodeClock.sleep(5)
      await database.note({ [name]: 0 })
      seen.push(`${name} ends`)
      if (name === 'a') throw new Error('and fails')
    })
  }
  await Promise.allSettled(['a', 'b', 'c'].map(use))
  expect(seen).toEqual([
    ...['a begins with ', 'a ends', 'b begins with a', 'b ends', 'c begins with a b', 'c ends'],
  ])
})
