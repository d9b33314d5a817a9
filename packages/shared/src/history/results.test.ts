import { describe, expect, test } from 'vitest'
import { recordingHost } from '../host/recording/index.ts'
import type { StoredResult } from './results.ts'
import { readResults, writeResults } from './results.ts'

const sha = 'a'.repeat(40)
const result: StoredResult = { tool: 'mypy', package: '', key: 'k', findings: [], measurements: [] }

async function stored(change: (text: string) => string) {
  const host = recordingHost()
  await writeResults(host, '/cache', sha, [result])
  const [path = '', text = ''] = Object.entries(host.recorded.files())[0] ?? []
  await host.files.write(path, change(text))
  return readResults(host, '/cache', sha)
}

describe('stored results', () => {
  test('come back as they were', async () => {
    expect(await stored((text) => text)).toEqual([result])
    expect(await readResults(recordingHost(), '/cache', sha)).toBeUndefined()
  })

  test('hold no secret', async () => {
    const host = recordingHost()
    host.runner.hide('hunter2"hunter2')
    const measurements = [{ metric: 'lint-errors', value: 1, path: 'a hunter2"hunter2.py' }]
    await writeResults(host, '/cache', sha, [{ ...result, measurements }])
    expect(Object.values(host.recorded.files()).join()).not.toContain('hunter2')
    const [read] = (await readResults(host, '/cache', sha)) ?? []
    expect(read?.measurements).toEqual([{ metric: 'lint-errors', value: 1, path: 'a ***.py' }])
  })

  test.each([
    ['nothing', () => ''],
    ['half a file', (text: string) => text.slice(0, text.length / 2)],
    ['another format', (text: string) => text.replace('"format":"1/', '"format":"0/')],
    ['an entry that is none', (text: string) => text.replace('"results":[', '"results":[null,')],
    ['an entry without findings', (text: string) => text.replace('"findings":[]', '"findings":{}')],
    ['no list', () => 'null'],
  ])('that are damaged (%s) are none', async (_, change) => {
    expect(await stored(change)).toBeUndefined()
  })

  test('that cannot be read or written are none, without an error', async () => {
    const denied = () => Promise.reject(new Error('EACCES: permission denied'))
    const host = recordingHost()
    const closed = { ...host, files: { ...host.files, readText: denied, write: denied } }
    await writeResults(closed, '/cache', sha, [result])
    expect(host.recorded.log()).toMatch(/could not be stored in \/cache: EACCES/)
    expect(await readResults(closed, '/cache', sha)).toBeUndefined()
  })

  test('of the last ten commits are kept', async () => {
    const host = recordingHost()
    const shas = Array.from({ length: 12 }, (_, index) => index.toString(16).repeat(40))
    for (const each of shas) {
      await writeResults(host, '/cache', each, [result])
      await host.clock.sleep(1000)
    }
    expect(Object.keys(host.recorded.files())).toHaveLength(10)
    expect(await readResults(host, '/cache', shas.at(-1) ?? '')).toEqual([result])
    expect(await readResults(host, '/cache', shas[0] ?? '')).toBeUndefined()
  })
})
