import { expect, it } from 'vitest'
import type { GithubEvent } from '../host/ports.ts'
import { codeScanningTarget } from './code-scanning-target.ts'

const [head, base, merge, other] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40))

const common = {
  repository: 'o/r',
  serverUrl: 'https://github.com',
  runId: '1',
  runAttempt: 1,
  workflow: 'w',
  job: 'j',
  action: 'a',
  matrix: '',
  actor: 'ada',
}
const payload = {
  pull_request: {
    number: 7,
    merge_commit_sha: merge,
    head: { sha: head, repo: { full_name: 'o/r' } },
    base: { sha: base, ref: 'main', repo: { full_name: 'o/r' } },
  },
}
const push: GithubEvent = { ...common, name: 'push', payload: {}, sha: base ?? '', ref: 'refs/heads/main' }
const pull: GithubEvent = {
  ...common,
  name: 'pull_request',
  payload,
  sha: merge ?? '',
  ref: 'refs/pull/7/merge',
}
const target: GithubEvent = { ...push, name: 'pull_request_target', payload }

it.each([
  ['a push', push, base, { sha: base, ref: 'refs/heads/main' }],
  ['a push without git', push, undefined, { sha: base, ref: 'refs/heads/main' }],
  ['a tag', { ...push, ref: 'refs/tags/v1' }, base, { sha: base, ref: 'refs/tags/v1' }],
  ['the merge of a pull request', pull, merge, { sha: merge, ref: 'refs/pull/7/merge' }],
  ['the head of a pull request', pull, head, { sha: head, ref: 'refs/pull/7/head' }],
  // Its event is about the base branch, whose alerts these are not.
  ['the head of a pull request, by its target', target, head, { sha: head, ref: 'refs/pull/7/head' }],
  ['the base of a pull request, by its target', target, base, { sha: base, ref: 'refs/heads/main' }],
])('%s', (_, event, checkedOut, expected) => {
  expect(codeScanningTarget(event, checkedOut)).toEqual(expected)
})

it.each([
  ['another commit', push, other, 'the scanned commit ddddddd is not that of the event, bbbbbbb'],
  ['another commit of a pull request', pull, other, 'upload `results.sarif` in a step of its own'],
  [
    'no branch',
    { ...push, name: 'page_build', ref: '' },
    base,
    'the event `page_build` belongs to no branch',
  ],
])('%s has no place', (_, event, checkedOut, expected) => {
  expect(codeScanningTarget(event, checkedOut)).toContain(expected)
})
