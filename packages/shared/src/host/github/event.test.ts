import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEvent } from './event.ts'
import { prepareFolders } from './folders.ts'
import { matrixDigest } from './matrix.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function environment(changes: Record<string, string> = {}): Record<string, string> {
  return {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REPOSITORY: 'octo/orders',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    ...changes,
  }
}

describe('the event', () => {
  test('is what the environment and the payload say', async () => {
    await writeFile(join(folder, 'event.json'), '{"number": 7}')
    const env = environment({
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_SERVER_URL: 'https://ghe.example/',
      GITHUB_JOB: 'lint',
      GITHUB_SHA: 'abc',
    })
    const { event, problem } = await readEvent(env)
    expect(problem).toBeUndefined()
    expect(event).toMatchObject({
      name: 'pull_request',
      payload: { number: 7 },
      repository: 'octo/orders',
      runAttempt: 2,
      serverUrl: 'https://ghe.example',
      job: 'lint',
      sha: 'abc',
      matrix: '',
    })
  })

  test.each([
    ['no JSON', '{"number":', 'could not be read'],
    ['a list', '[1]', 'no JSON object'],
  ])('survives a payload that is %s', async (_, content, expected) => {
    await writeFile(join(folder, 'event.json'), content)
    const { event, problem } = await readEvent(environment())
    expect(event?.payload).toEqual({})
    expect(problem).toContain(expected)
  })

  test('survives a payload that is missing or too large to read', async () => {
    expect((await readEvent(environment())).problem).toContain('could not be read')
    await writeFile(join(folder, 'event.json'), '{}')
    await truncate(join(folder, 'event.json'), 40 * 1024 * 1024)
    expect((await readEvent(environment())).problem).toContain('too large')
  })

  test('is absent where nothing started us', async () => {
    expect(await readEvent({})).toEqual({ event: undefined })
  })
})

describe('matrixDigest', () => {
  test.each([undefined, '', 'null', '{}', '{\n}', ' '])('of %j is empty', (given) => {
    expect(matrixDigest({ INPUT_MATRIX: given })).toBe('')
  })

  test('depends on the values and not on their order', () => {
    const one = matrixDigest({ INPUT_MATRIX: '{"os": "linux", "python": {"a": 1, "b": [1, 2]}}' })
    expect(one).toMatch(/^[0-9a-f]{12}$/)
    expect(matrixDigest({ INPUT_MATRIX: '{\n  "python": {"b": [1, 2], "a": 1},\n  "os": "linux"}' })).toBe(
      one,
    )
    expect(matrixDigest({ INPUT_MATRIX: '{"os": "linux", "python": {"a": 1, "b": [2, 1]}}' })).not.toBe(one)
  })

  test('takes the variable where the input knows nothing', () => {
    const variable = matrixDigest({ INPUT_MATRIX: 'null', CI_ACTIONS_MATRIX: 'linux-3.14' })
    expect(variable).toMatch(/^[0-9a-f]{12}$/)
    expect(matrixDigest({ INPUT_MATRIX: '{"os": 1}', CI_ACTIONS_MATRIX: 'linux-3.14' })).not.toBe(variable)
  })
})

describe('folders', () => {
  async function cacheFolder(name: string, changes: Record<string, string>): Promise<string> {
    const env = environment({
      GITHUB_EVENT_NAME: name,
      RUNNER_TEMP: join(folder, 'temp'),
      RUNNER_TOOL_CACHE: join(folder, 'tools'),
      ...changes,
    })
    const { event } = await readEvent(env)
    return (await prepareFolders(env, event)).cacheFolder
  }

  test('on a hosted runner the cache has one path, else what a pull request writes is apart', async () => {
    const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' }
    expect(await cacheFolder('push', hosted)).toBe(await cacheFolder('pull_request', hosted))
    const own = { RUNNER_ENVIRONMENT: 'self-hosted' }
    expect(await cacheFolder('push', own)).toBe(await cacheFolder('schedule', own))
    expect(await cacheFolder('pull_request', own)).not.toBe(await cacheFolder('push', own))
    expect(await cacheFolder('pull_request_target', own)).toBe(await cacheFolder('pull_request', own))
    expect(await cacheFolder('push', { ...own, GITHUB_REPOSITORY: 'octo/other' })).not.toBe(
      await cacheFolder('push', own),
    )
  })

  test('the cache falls back to the temporary folder', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await cacheFolder('push', { RUNNER_TOOL_CACHE: join(folder, 'file') })).toContain(
      join(folder, 'temp'),
    )
  })

  test('the temporary folder is new each time, and nobody else may read it', async () => {
    const env = { RUNNER_TEMP: folder, GITHUB_WORKSPACE: folder }
    const [one, two] = [await prepareFolders(env, undefined), await prepareFolders(env, undefined)]
    expect(one.temporary).not.toBe(two.temporary)
    const { mode } = await stat(one.temporary)
    expect(process.platform === 'win32' || (mode & 0o077) === 0).toBe(true)
  })
})
