import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UnavailableError } from '../../action/errors.ts'
import type { Files, ProcessRequest } from '../ports.ts'
import { memoryFiles, nodeFiles, nodeProcesses, recordingHost } from './index.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const request: ProcessRequest = {
  command: 'ruff',
  args: ['check'],
  cwd: '/workspace',
  env: {},
  timeoutMs: 1000,
  maxBytes: 100,
}

describe('processes', () => {
  test('are recorded and answered by the script, as the real ones would', async () => {
    const host = recordingHost({
      processes: ({ command }) => (command === 'ruff' ? { exitCode: 1, stdout: 'x'.repeat(150) } : undefined),
    })
    expect(await host.processes.run(request)).toMatchObject({
      ended: 'exited',
      exitCode: 1,
      stdout: 'x'.repeat(100),
      truncated: true,
    })
    expect(await host.processes.run({ ...request, stdoutFile: '/temporary/out' })).toMatchObject({
      stdout: '',
      truncated: true,
    })
    expect(host.recorded.files()['/temporary/out']).toBe('x'.repeat(100))
    expect(await host.processes.run({ ...request, command: 'other' })).toMatchObject({ ended: 'not-started' })
    expect(host.recorded.processes.map(({ command }) => command)).toEqual(['ruff', 'ruff', 'other'])
    expect(await host.processes.find('ruff', {})).toBe('/usr/bin/ruff')
  })

  test('may be real, and are recorded all the same', async () => {
    const host = recordingHost({ processes: nodeProcesses(new AbortController().signal), files: nodeFiles })
    const result = await host.processes.run({
      ...request,
      command: process.execPath,
      args: ['-p', '6 * 7'],
      cwd: folder,
      timeoutMs: 20_000,
    })
    expect(result.stdout).toBe('42\n')
    expect(host.recorded.processes).toHaveLength(1)
  })

  test('without a script there are none', async () => {
    const host = recordingHost()
    expect(await host.processes.find('ruff', {})).toBeUndefined()
    expect(await host.processes.run(request)).toMatchObject({ ended: 'not-started' })
  })
})

describe('services', () => {
  test('are recorded; what the script does not know is not reached', async () => {
    const host = recordingHost({ http: ({ url }) => (url.includes('known') ? { body: 'hello' } : undefined) })
    const get = (url: string) => host.http.request({ method: 'GET', url, timeoutMs: 1, maxBytes: 1 })
    expect(new TextDecoder().decode((await get('https://known.example/')).body)).toBe('hello')
    await expect(get('https://other.example/')).rejects.toThrow(UnavailableError)
    expect(host.recorded.http).toHaveLength(2)
  })

  test('of GitHub are scripted, or refuse, or are not there', async () => {
    const host = recordingHost({ github: ({ path }) => ({ path, gone: undefined }) })
    expect(await host.github?.request('POST', '/a', { b: 1 })).toEqual({ path: '/a' })
    expect(host.recorded.github).toEqual([{ method: 'POST', path: '/a', body: { b: 1 } }])
    await expect(recordingHost().github?.request('GET', '/a')).rejects.toMatchObject({ status: 404 })
    expect(recordingHost({ github: false }).github).toBeUndefined()
  })
})

test('the cache keeps folders by path and key, newest first by prefix, and never replaces', async () => {
  const host = recordingHost({ files: { '/cache/a/x': 'one' } })
  const { cache, files } = host
  expect(await cache.save('/cache', 'k-1')).toBe(true)
  await files.write('/cache/a/x', 'two')
  expect(await cache.save('/cache', 'k-2')).toBe(true)
  expect(await cache.save('/cache', 'k-1')).toBe(false)
  await files.remove('/cache')
  expect(await cache.restore('/elsewhere', 'k-1', [])).toBeUndefined()
  expect(await cache.restore('/cache', 'k-3', ['k-'])).toBe('k-2')
  expect(await files.readText('/cache/a/x')).toBe('two')
  expect(await cache.restore('/cache', 'k-1', ['k-'])).toBe('k-1')
  expect(await files.readText('/cache/a/x')).toBe('one')
  expect(host.memoryCache?.uses.map(({ kind, result }) => [kind, result])).toEqual([
    ['save', true],
    ['save', true],
    ['save', false],
    ['restore', undefined],
    ['restore', 'k-2'],
    ['restore', 'k-1'],
  ])
})

test('the clock stands still, and chance repeats itself', async () => {
  const [one, two] = [recordingHost(), recordingHost()]
  await one.clock.sleep(1500)
  expect(one.clock.now() - two.clock.now()).toBe(1500)
  expect(one.clock.random(4)).toBe(two.clock.random(4))
  expect(one.clock.random(4)).not.toBe(one.clock.random(4))
})

test('facts and event can be set in part', () => {
  const host = recordingHost({ facts: { cores: 8 }, event: { name: 'pull_request' } })
  expect(host.facts).toMatchObject({
    cores: 8,
    workspace: '/workspace',
    event: { name: 'pull_request', repository: 'octo/orders' },
  })
  expect(recordingHost().facts.event).toBeUndefined()
})

test('what is said is recorded, redacted', async () => {
  const host = recordingHost({ summary: 100 })
  host.runner.mask('s3cr3t')
  host.runner.log('a s3cr3t')
  await host.runner.appendSummary('ä s3cr3t')
  expect(host.recorded.log()).toBe('a ***')
  expect(host.recorded.summary()).toBe('ä ***')
  expect(await host.runner.summaryBytes()).toBe(106)
  host.cancel()
  expect(host.cancelled.aborted).toBe(true)
})

/** The memory has to behave like the disk, or tests would prove nothing. */
describe.each<[string, () => { files: Files; root: string }]>([
  ['files in memory', () => ({ files: memoryFiles({ '/root/here': '' }), root: '/root' })],
  ['files on disk', () => ({ files: nodeFiles, root: join(folder, 'root') })],
])('%s', (_, open) => {
  test('do what the port promises', async () => {
    const { files, root } = open()
    await files.write(`${root}/a/b/file`, 'text')
    await files.append(`${root}/a/b/file`, ' more')
    await files.makeFolder(`${root}/a/empty`)
    expect(await files.readText(`${root}/a/b/file`)).toBe('text more')
    expect(await files.list(`${root}/a`)).toEqual(['b', 'empty'])
    expect(await files.status(`${root}/a/b`)).toMatchObject({ kind: 'folder' })
    expect(await files.status(`${root}/a/b/file`)).toMatchObject({ kind: 'file', bytes: 9 })
    await files.copy(`${root}/a`, `${root}/copy`)
    await files.rename(`${root}/copy/b`, `${root}/moved`)
    expect(await files.list(`${root}/copy`)).toEqual(['empty'])
    expect(await files.readText(`${root}/moved/file`)).toBe('text more')
    await files.remove(`${root}/a`)
    expect(await files.status(`${root}/a/b/file`)).toBeUndefined()
    expect(await files.readText(`${root}/moved`)).toBeUndefined()
    expect(await files.realPath(`${root}/nothing`)).toBeUndefined()
    await expect(files.append(`${root}/no/folder`, 'x')).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(files.write(`${root}/moved`, 'x')).rejects.toThrow()
  })
})
