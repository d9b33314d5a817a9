import { expect, test } from 'vitest'
import { recordingHost } from '../host/recording/index.ts'
import { openHistoryStore } from './store.ts'
import { sampleRun } from './test/sample-runs.ts'

const rest = { series: 's', repository: undefined, offline: false }

test('a history that is switched off is empty, without a word', async () => {
  const store = openHistoryStore(recordingHost(), { ...rest, place: { kind: 'off' } })
  expect(await store.add(sampleRun({}, {}))).toEqual({})
  expect(await store.read()).toEqual({ history: { runs: [] } })
})

test('a branch says why it is not used', async () => {
  const place = { kind: 'branch', branch: 'ci-history' } as const
  const { read, add } = openHistoryStore(recordingHost(), { ...rest, place })
  expect((await read()).why).toContain('git repository')
  expect((await add(sampleRun({}, {}))).why).toContain('git repository')
})

test('the folder is what is used by default', async () => {
  const host = recordingHost()
  await openHistoryStore(host, { ...rest, place: { kind: 'cache' } }).add(sampleRun({}, { a: 1 }))
  expect(Object.keys(host.recorded.files())).toHaveLength(1)
})
