import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GithubEvent } from '../host/ports.ts'
import {
  checkedShaOf,
  defaultBranchOf,
  hasReadOnlyToken,
  mergeGroupOf,
  pullRequestNumberOf,
  pullRequestOf,
  pushOf,
} from './event.ts'

const [head, base, merge, run] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
]

function event(
  name: string,
  payload: Readonly<Record<string, unknown>>,
  fields: Partial<GithubEvent> = {},
): GithubEvent {
  return {
    name,
    payload,
    repository: 'o/r',
    serverUrl: 'https://github.com',
    sha: merge,
    ref: 'refs/pull/7/merge',
    runId: '1',
    runAttempt: 1,
    workflow: 'ci',
    job: 'lint',
    action: 'gate',
    matrix: '',
    actor: 'ada',
    ...fields,
  }
}

function pull(from: unknown): Readonly<Record<string, unknown>> {
  return {
    pull_request: {
      number: 7,
      merge_commit_sha: null,
      head: { sha: head, repo: from },
      base: { sha: base, ref: 'release/1.x', repo: { full_name: 'O/r' } },
    },
  }
}

describe('pullRequestOf', () => {
  it.each([
    ['the same repository', { full_name: 'o/R' }, false],
    ['a fork', { full_name: 'mallory/r' }, true],
    ['a fork that is gone', null, true],
  ])('reads a pull request from %s', (_, from, fork) => {
    expect(pullRequestOf(event('pull_request', pull(from)))).toEqual({
      number: 7,
      headSha: head,
      baseRef: 'release/1.x',
      baseSha: base,
      mergeSha: undefined,
      fork,
    })
  })

  it.each([
    '-x',
    '--upload-pack=evil',
    'a b',
    'a..b',
    'a:b',
    'a~1',
    'a^',
    'a@{1}',
    'x.lock',
    'a\u0000',
    '',
    7,
  ])('does not take %j for a branch', (ref) => {
    const payload = { pull_request: { number: 7, head: { sha: head }, base: { sha: base, ref } } }
    expect(pullRequestOf(event('pull_request', payload))).toBeUndefined()
  })

  it('takes nothing that is not what it should be', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('pull_request', 'merge_group', 'repository', 'workflow_run', 'issue', 'before'),
          fc.jsonValue(),
        ),
        (payload) => {
          const given = event('push', payload)
          expect(pullRequestOf(given)).toBeUndefined()
          expect(mergeGroupOf(given)).toBeUndefined()
          expect(checkedShaOf(given)).toBe(merge)
          expect(defaultBranchOf(given) ?? 'main').toMatch(/^\S+$/)
        },
      ),
    )
  })
})

describe('pushOf', () => {
  it('reads what was there before', () => {
    const push = event('push', { before: base, forced: true }, { ref: 'refs/heads/topic/x' })
    expect(pushOf(push)).toEqual({ before: base, branch: 'topic/x' })
  })

  it('reads a new branch, a tag, and another event', () => {
    const zeros = { before: '0'.repeat(40) }
    expect(pushOf(event('push', zeros, { ref: 'refs/heads/new' }))).toEqual({
      before: undefined,
      branch: 'new',
    })
    expect(pushOf(event('push', zeros, { ref: 'refs/tags/v1' }))?.branch).toBeUndefined()
    expect(pushOf(event('pull_request', { before: base }))).toBeUndefined()
  })
})

describe('where results belong', () => {
  const cases: readonly [string, GithubEvent, string, number | undefined][] = [
    ['pull_request', event('pull_request', pull({ full_name: 'o/r' })), head, 7],
    ['pull_request_target', event('pull_request_target', pull(null)), head, 7],
    ['push', event('push', { before: base }), merge, undefined],
    [
      'merge_group',
      event('merge_group', { merge_group: { base_sha: base, head_sha: head, base_ref: 'refs/heads/main' } }),
      head,
      undefined,
    ],
    [
      'workflow_run',
      event('workflow_run', { workflow_run: { head_sha: run, pull_requests: [{ number: 9 }] } }),
      run,
      9,
    ],
    [
      'workflow_run of a fork',
      event('workflow_run', { workflow_run: { head_sha: run, pull_requests: [] } }),
      run,
      undefined,
    ],
    [
      'a comment on a pull request',
      event('issue_comment', { issue: { number: 8, pull_request: {} } }),
      merge,
      8,
    ],
    ['a comment on an issue', event('issue_comment', { issue: { number: 8 } }), merge, undefined],
  ]

  it.each(cases)('%s', (_, given, sha, number) => {
    expect(checkedShaOf(given)).toBe(sha)
    expect(pullRequestNumberOf(given)).toBe(number)
  })
})

describe('hasReadOnlyToken', () => {
  it('knows forks, Dependabot and the event that has a full token', () => {
    expect(hasReadOnlyToken(event('pull_request', pull({ full_name: 'mallory/r' })))).toBe(true)
    expect(hasReadOnlyToken(event('pull_request', pull({ full_name: 'o/r' })))).toBe(false)
    expect(hasReadOnlyToken(event('pull_request_target', pull({ full_name: 'mallory/r' })))).toBe(false)
    expect(hasReadOnlyToken(event('push', {}, { actor: 'dependabot[bot]' }))).toBe(true)
  })
})
