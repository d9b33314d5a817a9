import { expect, test } from 'vitest'
import { recordingHost } from '../recording/index.ts'
import type { CacheClient } from './cache.ts'
import { githubCache } from './cache.ts'

function open(client: Partial<CacheClient>) {
  const host = recordingHost()
  const cache = githubCache(host.runner, async () => ({
    isFeatureAvailable: () => true,
    restoreCache: async () => undefined,
    saveCache: async () => 1,
    ...client,
  }))
  return { cache, log: host.recorded.log }
}

test('restores by key and prefixes, of which the service takes nine, without commas', async () => {
  const asked: unknown[] = []
  const { cache } = open({
    restoreCache: async (...args) => {
      asked.push(args.slice(0, 3))
      return 'a-old'
    },
  })
  const prefixes = Array.from({ length: 12 }, (_, index) => `p,${index}`)
  expect(await cache.restore('/cache', 'a,b', prefixes)).toBe('a-old')
  expect(asked).toEqual([
    [['/cache'], 'a-b', ['p-0', 'p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6', 'p-7', 'p-8']],
  ])
})

test('a miss is logged', async () => {
  const { cache, log } = open({})
  expect(await cache.restore('/cache', 'key', ['prefix'])).toBeUndefined()
  expect(log()).toContain('Nothing in the cache under key or prefix.')
})

test('failures are misses, with the reason in the log', async () => {
  const broken = () => Promise.reject(new Error('no room'))
  const { cache, log } = open({ restoreCache: broken, saveCache: broken })
  expect(await cache.restore('/cache', 'key', [])).toBeUndefined()
  expect(await cache.save('/cache', 'key')).toBe(false)
  expect(log()).toContain('The cache could not be restored: no room')
  expect(log()).toContain('The cache could not be saved: no room')
})

test('is told apart: saved, and not saved because the key exists', async () => {
  expect(await open({}).cache.save('/cache', 'key')).toBe(true)
  expect(await open({ saveCache: async () => -1 }).cache.save('/cache', 'key')).toBe(false)
})

test('without a service nothing is asked', async () => {
  const never = () => {
    throw new Error('asked')
  }
  const { cache, log } = open({ isFeatureAvailable: () => false, restoreCache: never, saveCache: never })
  expect(await cache.restore('/cache', 'key', [])).toBeUndefined()
  expect(await cache.save('/cache', 'key')).toBe(false)
  expect(log()).toContain('not available')
})
