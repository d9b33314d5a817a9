import { describe, expect, it } from 'vitest'
import { GithubError, UnavailableError } from '../action/errors.ts'
import type { GithubEvent } from '../host/ports.ts'
import { explainRefusal } from './permissions.ts'

function pullRequest(from: string, actor = 'ada'): GithubEvent {
  const sha = 'a'.repeat(40)
  const pull = {
    number: 7,
    head: { sha, repo: { full_name: from } },
    base: { sha, ref: 'main', repo: { full_name: 'o/r' } },
  }
  return {
    name: 'pull_request',
    payload: { pull_request: pull },
    repository: 'o/r',
    serverUrl: 'https://github.com',
    sha,
    ref: 'refs/pull/7/merge',
    runId: '1',
    runAttempt: 1,
    workflow: 'ci',
    job: 'lint',
    action: 'gate',
    matrix: '',
    actor,
  }
}

const forbidden = new GithubError(403, 'Resource not accessible by integration')

describe('explainRefusal', () => {
  it.each([
    [
      'names the permission',
      forbidden,
      pullRequest('o/r'),
      'the `token` has no `checks: write`; add it under `permissions:` of the job',
    ],
    [
      'names the fork',
      forbidden,
      pullRequest('mallory/r'),
      'the token of a pull request from a fork may only read, and this needs `checks: write`',
    ],
    [
      'names Dependabot',
      forbidden,
      pullRequest('o/r', 'dependabot[bot]'),
      'the token of a run for Dependabot may only read, and this needs `checks: write`',
    ],
    [
      'knows limits',
      new GithubError(403, 'API rate limit exceeded for installation'),
      pullRequest('o/r'),
      'the `token` has used up its requests to GitHub; a later run will do it',
    ],
    [
      'knows bad tokens',
      new GithubError(401, 'Bad credentials'),
      undefined,
      'GitHub does not accept the `token`; it is wrong or has expired',
    ],
    [
      'passes other refusals on',
      new GithubError(422, 'Validation Failed'),
      undefined,
      'GitHub refused it (422: Validation Failed)',
    ],
    ['passes other errors on', new UnavailableError('GitHub', 'no answer'), undefined, 'GitHub: no answer'],
  ])('%s', (_, error, event, expected) => {
    expect(explainRefusal('check run', error, event)).toBe(expected)
  })
})
