import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { nodeFiles, recordingHost } from '../host/recording/index.ts'
import { temporaryFolder } from '../tool/test/stage.ts'
import { openFolderStore, readFolder } from './folder-store.ts'
import { historyLimits } from './history.ts'
import { sampleRun } from './test/sample-runs.ts'

const source = (name: string) => JSON.stringify(join(import.meta.dirname, name))
const event = { runId: '1', runAttempt: 1 }
const one = sampleRun({ run: '1', time: 1 }, { a: 1 })
const two = sampleRun({ run: '2', time: 2 }, { a: 'failed' })

describe('a history in a folder', () => {
  test('is read as it was written, from one file', async () => {
    const host = recordingHost()
    const store = openFolderStore(host, 's', false)
    expect(await store.read()).toEqual({ history: { runs: [] } })
    expect(await store.add(one)).toEqual({})
    expect(await store.add(two)).toEqual({})
    expect(await store.read()).toEqual({ history: { runs: [two, one] } })
    expect(Object.keys(host.recorded.files())).toHaveLength(1)
    expect((await openFolderStore(host, 'another', false).read()).history.runs).toEqual([])
  })

  test('of one project on a laptop is not that of another', async () => {
    const host = recordingHost()
    const storeOf = (workspace: string) =>
      openFolderStore({ ...host, facts: { ...host.facts, kind: 'local', workspace } }, 's', false)
    await storeOf('/home/me/shop').add(one)
    expect((await storeOf('/home/me/other').read()).history.runs).toEqual([])
    expect((await storeOf('/home/me/shop').read()).history.runs).toEqual([one])
  })

  test('does not count a run twice that is added twice', async () => {
    const host = recordingHost()
    await openFolderStore(host, 's', false).add(one)
    await openFolderStore(host, 's', false).add(one)
    expect((await openFolderStore(host, 's', false).read()).history.runs).toEqual([one])
  })

  test('stays within its limits', async () => {
    const store = openFolderStore(recordingHost(), 's', true)
    for (let time = 0; time < historyLimits.runs + 3; time += 1) {
      await store.add(sampleRun({ run: `${time}`, time }, { a: 1 }))
    }
    const { runs } = (await store.read()).history
    expect(runs).toHaveLength(historyLimits.runs)
    expect(runs.filter(({ details }) => details !== undefined)).toHaveLength(historyLimits.detailed)
    expect(runs.at(-1)?.time).toBe(3)
  })

  test('comes along in the cache, an entry for each attempt', async () => {
    const first = recordingHost({ event })
    await openFolderStore(first, 's', false).add(one)
    const cache = first.memoryCache
    if (cache === undefined) throw new Error('no cache')
    // Another machine: the same cache, no files.
    const files = recordingHost()
    const restored = {
      ...cache,
      restore: async (folder: string, key: string, prefixes: readonly string[]) => {
        for (const [path, content] of Object.entries(first.recorded.files()))
          await files.files.write(path, content)
        return cache.restore(folder, key, prefixes)
      },
    }
    const second = recordingHost({ event: { ...event, runAttempt: 2 }, cache: restored, files: files.files })
    const store = openFolderStore(second, 's', false)
    await store.add(two)
    expect((await store.read()).history.runs).toEqual([two, one])
    expect(cache.keys()).toHaveLength(2)
    expect(cache.uses.filter(({ kind }) => kind === 'restore')).toHaveLength(2)
  })

  test('touches no cache offline', async () => {
    const host = recordingHost({ event })
    await openFolderStore(host, 's', true).add(one)
    expect(host.memoryCache?.uses).toEqual([])
  })

  test('does without what is damaged or too large, and removes it', async () => {
    const host = recordingHost()
    const store = openFolderStore(host, 's', true)
    await store.add(one)
    const [path = ''] = Object.keys(host.recorded.files())
    await host.files.write(join(path, '../broken.jsonl'), '{"format":1')
    await host.files.write(join(path, '../notes.txt'), 'not ours')
    expect((await store.read()).history.runs).toEqual([one])
    await store.add(two)
    expect((await store.read()).history.runs).toEqual([two, one])
    expect(Object.keys(host.recorded.files()).filter((each) => each.includes('broken'))).toEqual([])
    expect(Object.keys(host.recorded.files()).filter((each) => each.includes('notes'))).toHaveLength(1)
  })

  test('that cannot be used is none, and says why', async () => {
    const host = recordingHost()
    const denied = () => Promise.reject(new Error('EACCES: permission denied'))
    const closed = { ...host, files: { ...host.files, list: denied, write: denied } }
    expect(await openFolderStore(closed, 's', true).read()).toEqual({
      history: { runs: [] },
      why: expect.stringContaining('EACCES'),
    })
    expect((await openFolderStore(closed, 's', true).add(one)).why).toContain('EACCES')
  })
})

test('processes that write at the same time lose nothing', async () => {
  const folder = await temporaryFolder()
  const [writers, each] = [4, 12]
  const script = (writer: number) => `
    import { nodeFiles } from ${source('../host/recording/index.ts')}
    import { addToFolder } from ${source('folder-store.ts')}
    import { recordRun } from ${source('history.ts')}
    for (let n = 0; n < ${each}; n += 1) {
      const facts = { run: '${writer}-' + n, attempt: 1, sha: '', branch: 'main', time: n }
      await addToFolder(nodeFiles, ${JSON.stringify(folder)}, recordRun(facts, [{ id: 'a', outcome: 'passed' }]))
    }`
  const said = Array.from({ length: writers }, (_, writer) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script(writer)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return text(child.stderr)
  })
  expect(await Promise.all(said)).toEqual(said.map(() => ''))
  const { history } = await readFolder(nodeFiles, folder)
  expect(new Set(history.runs.map(({ run }) => run)).size).toBe(writers * each)
})
