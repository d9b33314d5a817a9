/** Who gets whose database, with the real client of the Actions cache against a fake service. */
import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FakeCache } from '../../../../../test/bundle/fake-cache.ts'
import { startFakeCache } from '../../../../../test/bundle/fake-cache.ts'
import { temporaryFolder } from '../test/stage.ts'

const dayMs = 24 * 60 * 60 * 1000
const main = 'refs/heads/main'
const proposal = 'refs/pull/7/merge'
const script = join(import.meta.dirname, 'test/database-job.ts')

let service: FakeCache
let folder: string
let jobs = 0
beforeEach(async () => {
  service = await startFakeCache()
  folder = await temporaryFolder()
})
afterEach(() => service.close())

/** A job on a machine that has nothing yet: what it restored. `news`: what it downloads. */
async function job(refs: readonly string[], day: number, ...news: readonly string[]): Promise<string> {
  const cacheFolder = join(folder, 'cache')
  await rm(cacheFolder, { recursive: true, force: true })
  jobs += 1
  const time = Date.UTC(2026, 0, 5) + day * dayMs + jobs
  const result = join(folder, 'result')
  const places = { RUNNER_TEMP: folder, GITHUB_WORKSPACE: folder }
  const env = { ...process.env, ...service.environment(...refs), ...places }
  const args = ['--conditions=source', script, cacheFolder, String(time), result, ...news]
  await promisify(execFile)(process.execPath, args, { env, cwd: folder })
  return readFile(result, 'utf8')
}

test('a pull request uses what the default branch has downloaded, and nobody what a pull request has', async () => {
  expect(await job([main], 0, 'of main')).toBe('')
  expect(await job([proposal, main], 0, 'of the pull request')).toBe('of main')
  expect(await job([proposal, main], 0)).toBe('of the pull request')
  expect(await job([main], 0)).toBe('of main')
  expect(await job(['refs/pull/8/merge', main], 0)).toBe('of main')
})

test('what the default branch has of today comes before what a pull request has of yesterday', async () => {
  await job([proposal, main], 0, 'of the pull request, yesterday')
  await job([main], 1, 'of main, today')
  expect(await job([proposal, main], 1)).toBe('of main, today')
})
