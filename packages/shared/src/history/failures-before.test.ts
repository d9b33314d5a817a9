import { describe, expect, test } from 'vitest'
import { compareFailures } from './failures-before.ts'
import { withoutDetails } from './history.ts'
import type { Outcomes } from './test/sample-runs.ts'
import { sampleRun } from './test/sample-runs.ts'

function run(time: number, outcomes: Outcomes, branch = 'main') {
  return sampleRun({ run: `${time}`, sha: `sha${time}`, time, branch }, outcomes)
}

const runs = [
  run(5, { a: 'passed' }, 'pull/7/merge'),
  run(4, { a: 'passed', b: 'failed', c: 'skipped', d: 'failed' }),
  run(3, { a: 'failed', b: 'failed', d: 'passed' }),
  run(2, { b: 'failed' }),
  run(1, { b: 'passed' }),
]

function states(base: Parameters<typeof compareFailures>[2], ids = ['a', 'b', 'c', 'd', 'e']) {
  const { failures, ...rest } = compareFailures(ids, { runs }, base)
  return { ...rest, states: Object.fromEntries([...failures].map(([id, { state }]) => [id, state])) }
}

describe('compareFailures', () => {
  test('compares with the last run of the branch', () => {
    expect(states({ branch: 'main' })).toMatchObject({
      states: { a: 'new', b: 'before', c: 'was-skipped', d: 'before', e: 'new-test' },
      base: { run: '4' },
      exact: false,
    })
  })

  test('prefers a run of the base commit', () => {
    expect(states({ sha: 'sha3', branch: 'main' })).toMatchObject({
      states: { a: 'before', d: 'new' },
      base: { run: '3' },
      exact: true,
    })
  })

  test('says since when a test fails', () => {
    const since = (id: string, base: Parameters<typeof compareFailures>[2]) =>
      compareFailures([id], { runs }, base).failures.get(id)?.since
    expect(since('b', { branch: 'main' })).toEqual({ sha: 'sha2', time: 2 })
    expect(since('d', { branch: 'main' })).toEqual({ sha: 'sha4', time: 4 })
    expect(since('a', { sha: 'sha3' })).toEqual({ sha: 'sha3', time: 3 })
    expect(since('a', { branch: 'main' })).toBeUndefined()
  })

  test('is unknown without such a run, or without its details', () => {
    expect(states({})).toMatchObject({ states: { a: 'unknown' }, exact: false })
    expect(states({ branch: 'release' })).toMatchObject({ states: { b: 'unknown' } })
    const bare = { runs: runs.map(withoutDetails) }
    expect(compareFailures(['b'], bare, { branch: 'main' }).failures.get('b')).toEqual({ state: 'unknown' })
  })

  test('does not compare a run with itself or with an earlier attempt of it', () => {
    expect(states({ branch: 'main', run: '4' })).toMatchObject({ base: { run: '3' } })
  })
})
