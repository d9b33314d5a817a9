import { describe, expect, test } from 'vitest'
import { event } from '../git/test/scratch.ts'
import { historySeries, parseHistoryPlace, runIdentity } from './place.ts'

describe('parseHistoryPlace', () => {
  test('knows three places', () => {
    expect(parseHistoryPlace('cache')).toEqual({ kind: 'cache' })
    expect(parseHistoryPlace('off')).toEqual({ kind: 'off' })
    expect(parseHistoryPlace('branch:ci/history-2.0')).toEqual({ kind: 'branch', branch: 'ci/history-2.0' })
  })

  test.each([
    '',
    'Cache',
    'branch',
    'branch:',
    'branch:-f',
    'branch:a..b',
    'branch:a b',
    'branch:a:b',
    'branch:/a',
  ])('refuses %j', (text) => {
    expect(parseHistoryPlace(text)).toHaveProperty('problem')
  })
  test.each([
    'branch:a/',
    'branch:.a',
    'branch:a.lock',
    'branch:a.',
    'branch:a\n',
    'branch:+a',
    'branch:a@{1}',
  ])('refuses %j', (text) => {
    expect(parseHistoryPlace(text)).toHaveProperty('problem')
  })
})

describe('historySeries', () => {
  test('differs by every part, and is the name of a file', () => {
    const all = [
      historySeries({ action: 'test-suite', id: 'unit' }),
      historySeries({ action: 'test-suite', id: 'e2e' }),
      historySeries({ action: 'test-suite', id: 'unit', workflow: 'ci' }),
      historySeries({ action: 'test-suite', id: 'unit', workflow: 'ci', job: 'test' }),
      historySeries({ action: 'test-suite', id: 'unit', workflow: 'ci', job: 'test', matrix: 'ab' }),
      historySeries({ action: 'test-suite', id: '../../../etc/passwd', workflow: 'a/b' }),
    ]
    expect(new Set(all).size).toBe(all.length)
    for (const name of all) expect(name).toMatch(/^[\w.-]+$/)
    expect(all[0]).toMatch(/^test-suite-unit-[0-9a-f]{12}$/)
  })
})

describe('runIdentity', () => {
  test('takes what was tested for the branch, so that a fork cannot speak for ours', () => {
    expect(runIdentity(event('push', { runId: '9', runAttempt: 2 }), 'x')).toEqual({
      run: '9',
      attempt: 2,
      branch: 'main',
    })
    expect(runIdentity(event('pull_request', { ref: 'refs/pull/7/merge' }), 'x').branch).toBe('pull/7/merge')
    expect(runIdentity(event('push', { ref: 'refs/tags/v1' }), 'x').branch).toBe('tags/v1')
    expect(runIdentity(undefined, 'ab')).toEqual({ run: 'local-ab', attempt: 1, branch: '' })
  })
})
