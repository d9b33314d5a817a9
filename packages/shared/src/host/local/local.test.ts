import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localCache } from './cache.ts'
import { findWorkspace, userCacheFolder } from './folders.ts'
import { localHost } from './index.ts'
import { localRunner } from './runner.ts'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'local-')))
  await mkdir(join(folder, 'repo/src/deep'), { recursive: true })
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the workspace', () => {
  test('is the working tree around the folder, also of a worktree, where .git is a file', async () => {
    await writeFile(join(folder, 'repo/.git'), 'gitdir: elsewhere')
    expect(await findWorkspace(join(folder, 'repo/src/deep'))).toBe(join(folder, 'repo'))
    expect(await findWorkspace(join(folder, 'repo'))).toBe(join(folder, 'repo'))
  })

  test('is the folder itself where there is no git', async () => {
    expect(await findWorkspace(join(folder, 'repo/src'))).toBe(join(folder, 'repo/src'))
  })
})

test.each([
  ['linux', {}, '/home/u/.cache/ci-actions'],
  ['linux', { XDG_CACHE_HOME: '/x' }, '/x/ci-actions'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/u/.cache/ci-actions'],
  ['darwin', {}, '/home/u/Library/Caches/ci-actions'],
])('the cache folder on %s with %j', (platform, env, expected) => {
  expect(userCacheFolder(env, platform, '/home/u')).toBe(expected)
})

describe('the runner', () => {
  function start(inputs: Record<string, string> = {}, debug = false) {
    const lines: string[] = []
    return { lines, runner: localRunner({ inputs, debug, print: (line) => lines.push(line) }) }
  }

  test('prints line by line, debug lines only when asked, and nothing secret', async () => {
    const { runner, lines } = start()
    runner.mask('s3cr3t')
    runner.log('one s3cr3t\ntwo\n')
    runner.debug('hidden')
    await runner.group('Black', async () => runner.raw('three\r\nfour'))
    expect(lines).toEqual(['one ***', 'two', 'Black', 'three', 'four'])
    const loud = start({}, true)
    loud.runner.debug('shown')
    expect(loud.lines).toEqual(['shown'])
  })

  test('lets no text control the terminal', () => {
    const { runner, lines } = start()
    runner.raw('\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J gone\rback\ttab')
    expect(lines).toEqual(['red ]0;title 2J goneback\ttab'])
  })

  test('keeps annotations and outputs, and has no summary', async () => {
    const { runner, lines } = start()
    runner.annotate({ level: 'error', title: 't', message: 'm' })
    runner.output('verdict', 'failed')
    expect(await runner.appendSummary('x')).toBe(false)
    expect(runner.annotations).toHaveLength(1)
    expect(runner.outputs.get('verdict')).toBe('failed')
    expect(lines).toEqual([])
  })

  test('takes inputs from the options, and an empty one as not given', () => {
    const { runner } = start({ gate: ' score > 80 ', empty: '' })
    expect(runner.input('gate')).toBe('score > 80')
    expect(runner.input('empty')).toBeUndefined()
    expect(runner.input('toString')).toBeUndefined()
    expect(runner.inputNames()).toEqual(['gate', 'empty'])
  })
})

test('the cache is the folder itself', async () => {
  expect(await localCache.restore(join(folder, 'none'), 'key', [])).toBeUndefined()
  expect(await localCache.restore(folder, 'key', [])).toBe('key')
  expect(await localCache.save(folder, 'key')).toBe(true)
})

test('localHost runs in the working tree, with a temporary folder of its own', async () => {
  await mkdir(join(folder, 'repo/.git'))
  const lines: string[] = []
  const host = await localHost({
    cwd: join(folder, 'repo/src'),
    inputs: {},
    debug: false,
    progress: (line) => lines.push(line),
  })
  host.runner.log('hello')
  expect(host.facts).toMatchObject({ kind: 'local', workspace: join(folder, 'repo') })
  expect(host.facts.event).toBeUndefined()
  expect(host.github).toBeUndefined()
  expect(await host.files.status(host.facts.temporary)).toMatchObject({ kind: 'folder' })
  expect(lines).toEqual(['hello'])
})
