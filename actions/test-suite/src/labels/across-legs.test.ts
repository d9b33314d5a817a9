import { describe, expect, test } from 'vitest'
import { createTally } from '../results/tally.ts'
import type { TestResult } from '../results/test-result.ts'
import { describeLegs, joinLegs } from './across-legs.ts'

type Given = readonly [id: string, leg: string, more?: Partial<TestResult>]
const failure = (message: string) => ({ kind: 'failure', message, text: `text of ${message}` }) as const
const failed = (message = 'm'): Partial<TestResult> => ({ status: 'failed', failures: [failure(message)] })

function joined(...given: readonly Given[]) {
  const tally = createTally()
  for (const [id, leg, more] of given)
    tally.test({ id, name: id, suites: [], status: 'passed', flaky: false, failures: [], leg, ...more })
  const { failed: kept, labelled, ids } = tally.finish()
  return joinLegs(kept, { legs: labelled.length, ids })
}

const where = (...given: readonly Given[]) => joined(...given).map(({ legs }) => describeLegs(legs))

describe('a test that failed', () => {
  test('in one leg and passed in the others, failed only there', () => {
    expect(where(['a', 'x', failed()], ['a', 'y'], ['a', 'z'])).toEqual(['only in x'])
  })

  test('in one leg, without having passed in all others, says so', () => {
    expect(where(['a', 'x', failed()], ['a', 'y', { status: 'skipped' }], ['b', 'z'])).toEqual([
      'in 1 of 3 legs (x; skipped in 1; absent from 1)',
    ])
  })

  test('everywhere failed in all legs', () => {
    expect(where(['a', 'x', failed()], ['a', 'y', failed()])).toEqual(['in all 2 legs'])
  })

  test('counts once in each', () => {
    const [one, ...others] = joined(['a', 'x', failed()], ['a', 'y', failed()], ['a', 'z'])
    expect(others).toEqual([])
    expect(one?.instances).toEqual([{ leg: 'x' }, { leg: 'y' }])
  })

  test('with another message in another leg has both', () => {
    const [one] = joined(['a', 'x', failed('m')], ['a', 'y', failed('n')], ['a', 'z', failed('m')])
    expect(one?.failures.map(({ message }) => message)).toEqual(['m', 'y: n'])
  })

  test('twice in one leg stays two', () => {
    expect(
      joined(['a', 'x', failed()], ['a', 'x', failed()], ['a', 'y']).map(({ instances }) => instances),
    ).toEqual([[{ leg: 'x' }], [{ leg: 'x' }]])
  })

  test('in one leg, and had an error in another, are two', () => {
    expect(where(['a', 'x', failed()], ['a', 'y', { status: 'error' }])).toEqual([
      'in 1 of 2 legs (x; failed otherwise in 1)',
      'in 1 of 2 legs (y; failed otherwise in 1)',
    ])
  })
})

test('one leg is not spoken of', () => {
  expect(where(['a', 'x', failed()])).toEqual([''])
})
