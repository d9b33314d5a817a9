/**
 * The Actions cache. Its client is 2.5 MB, so this module is imported only by the main file of an action that caches,
 * and given to `githubHost`.
 */
import { performance } from 'node:perf_hooks'
import type * as actionsCache from '@actions/cache'
import { messageOf } from '../../action/errors.ts'
import type { Cache, Runner } from '../ports.ts'

/** What is used of `@actions/cache`. */
export type CacheClient = Pick<typeof actionsCache, 'isFeatureAvailable' | 'restoreCache' | 'saveCache'>

type LoadClient = () => Promise<CacheClient | undefined>

/** The client costs 60 ms before it does anything, so it is loaded where there is a service to ask. */
const loadClient: LoadClient = async () =>
  // The variables that `isFeatureAvailable` of the client looks at. Without the mode ncc would make a second file.
  process.env['ACTIONS_RESULTS_URL'] || process.env['ACTIONS_CACHE_URL']
    ? await import(/* webpackMode: "eager" */ '@actions/cache')
    : undefined

/** The service takes ten keys: one and nine prefixes. */
const mostPrefixes = 9
const patienceMs = 120_000
/** No miss takes that long: the client has retried for nothing, and would for every entry. */
const slowMs = 10_000
const download = { timeoutInMs: 30_000, segmentTimeoutInMs: 60_000 }

/**
 * The service finds an entry only under the path that it was saved from, so `folder` must be the same in every
 * run. Where there is no service (act, an Enterprise server without it), everything is a miss.
 */
export function githubCache(runner: Runner, load: LoadClient = loadClient): Cache {
  let given: 'up' | 'missing' | 'down' = 'up'
  const giveUp = (why: 'missing' | 'down', line: string) => {
    if (given !== why) runner.log(line)
    given = why
    return undefined
  }
  return {
    restore: async (folder, key, prefixes) => {
      if (given === 'down') return undefined
      const client = await load()
      if (!client?.isFeatureAvailable())
        return giveUp('missing', 'The Actions cache is not available here; nothing was restored.')
      const started = performance.now()
      const wanted = prefixes.slice(0, mostPrefixes).map(asKey)
      const found = await attempt(runner, 'restored', () =>
        client.restoreCache([folder], asKey(key), wanted, download),
      )
      if (found === undefined && performance.now() - started > slowMs)
        return giveUp('down', 'The Actions cache does not answer; it is not used any more in this run.')
      if (found === undefined)
        runner.log(
          `Nothing in the cache under ${key}${prefixes.length > 0 ? ` or ${prefixes.join(', ')}` : ''}.`,
        )
      return found
    },
    save: async (folder, key) => {
      if (given === 'down') return false
      const client = await load()
      if (!client?.isFeatureAvailable()) return false
      const id = await attempt(runner, 'saved', () => client.saveCache([folder], asKey(key)))
      return id !== undefined && id !== -1
    },
  }
}

/** The client retries for long, and a cache that is slower than the work is none. */
async function attempt<T>(runner: Runner, done: string, body: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} seconds`)), patienceMs)
  })
  try {
    return await Promise.race([body(), late])
  } catch (error) {
    runner.log(`The cache could not be ${done}: ${messageOf(error)}`)
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** The service refuses commas. */
function asKey(key: string): string {
  return key.replaceAll(',', '-')
}
