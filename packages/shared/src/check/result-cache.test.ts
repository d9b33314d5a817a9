import { expect, test } from 'vitest'
import type { GithubEvent } from '../host/ports.ts'
import { memoryCache, memoryFiles, recordingHost } from '../host/recording/index.ts'
import { openInstallContext } from '../tool/install/context.ts'
import type { CheckValues } from './definition.ts'
import { keepResults, restoreCache } from './result-cache.ts'

const commit = (letter: string) => ({ sha: letter.repeat(40) })

interface Run {
  readonly event?: Partial<GithubEvent>
  readonly inputs?: Partial<Pick<CheckValues, 'cache' | 'offline'>>
  /** Whether something new is remembered; default true. */
  readonly news?: boolean
  readonly cancelled?: boolean
}

/** Jobs that share the Actions cache, each on a machine that has nothing yet. */
function openCache() {
  const files = memoryFiles()
  const cache = memoryCache(files)
  return {
    cache,
    files,
    /** What was restored, then remembers `note`. */
    run: async (note: string, { event = {}, inputs = {}, news = true, cancelled = false }: Run = {}) => {
      const host = recordingHost({ event, files, cache })
      const values = { id: 'default', cache: 'file', offline: false, ...inputs } as const
      const place = await restoreCache(host, 'quality-gate', values)
      const found = await files.readText(`${place.remembered}/note`)
      await files.write(`${place.remembered}/note`, note)
      if (cancelled) host.cancel()
      const { stored } = place
      await keepResults(host, place, {
        repository: undefined,
        outcomes: [],
        plan: { packages: [], settings: {} },
        installs: openInstallContext({ host, offline: values.offline, lockedOnly: false, stored }),
        remembered: news,
      })
      await files.remove(host.facts.cacheFolder)
      return found
    },
  }
}

test('a run finds the newest results of its commit, else those before', async () => {
  const { run } = openCache()
  expect(await run('first', { event: commit('a') })).toBeUndefined()
  expect(await run('second', { event: commit('b') })).toBe('first')
  expect(await run('again', { event: { ...commit('a'), runAttempt: 2 } })).toBe('first')
  expect(await run('', { event: { ...commit('a'), runAttempt: 3 } })).toBe('again')
})

test('a leg of a matrix finds its own results before those of another leg', async () => {
  const { run } = openCache()
  await run('of 3.11', { event: { ...commit('a'), matrix: '1' } })
  expect(await run('of 3.12', { event: { ...commit('a'), matrix: '2' } })).toBe('of 3.11')
  expect(await run('', { event: { ...commit('b'), matrix: '1' } })).toBe('of 3.11')
  expect(await run('', { event: { ...commit('b'), matrix: '2' } })).toBe('of 3.12')
})

test.each<[string, Run]>([
  ['nothing new was remembered', { news: false }],
  ['the run was cancelled', { cancelled: true }],
  ['`offline` allows no network', { inputs: { offline: true } }],
  ['`cache` is off', { inputs: { cache: 'off' } }],
])('nothing is saved where %s', async (_, change) => {
  const { run, cache } = openCache()
  await run('note', change)
  expect(cache.keys()).toEqual([])
})

test('`offline` and `cache: off` restore nothing', async () => {
  const { run } = openCache()
  await run('note')
  expect(await run('', { inputs: { offline: true } })).toBeUndefined()
  expect(await run('', { inputs: { cache: 'off' } })).toBeUndefined()
})

test('what a machine has kept is not replaced by what the cache has', async () => {
  const { run, files } = openCache()
  await run('older')
  await files.write('/cache/results/quality-gate-default/remembered/note', 'newer')
  expect(await run('')).toBe('newer')
})
