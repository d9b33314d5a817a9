import { expect, test } from 'vitest'
import type { GithubEvent } from '../ports.ts'
import { recordingHost } from '../recording/index.ts'
import { savesOnlyWhereTrusted } from './trust.ts'

test.each<[string, string, boolean]>([
  ['push', 'refs/heads/topic', true],
  ['schedule', 'refs/heads/main', true],
  ['merge_group', 'refs/heads/gh-readonly-queue/main/pr-7', true],
  ['pull_request', 'refs/pull/7/merge', true],
  ['pull_request_review', 'refs/pull/7/merge', true],
  ['pull_request_target', 'refs/heads/main', false],
  ['workflow_run', 'refs/heads/main', false],
  ['issue_comment', 'refs/heads/main', false],
])('%s on %s may save what others restore: %s', async (name, ref, saves) => {
  const host = recordingHost({ event: { name, ref }, files: { '/cache/a': 'a' } })
  // Parts of the event suffice; the recording host filled in the rest.
  const event: GithubEvent | undefined = host.facts.event
  const cache = savesOnlyWhereTrusted(host.cache, event, host.runner)
  expect(await cache.save('/cache', 'key')).toBe(saves)
  expect(host.memoryCache?.keys()).toEqual(saves ? ['key'] : [])
  await host.cache.save('/cache', 'of main')
  expect(await cache.restore('/cache', 'of main', [])).toBe('of main')
})
