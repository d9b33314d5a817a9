import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTally } from './tally.ts'
import type { TestResult, TestStatus } from './test-result.ts'

function result(id: string, given: Partial<TestResult> = {}): TestResult {
  return { id, name: id, suites: [], status: 'passed', flaky: false, failures: [], ...given }
}

const failed = {
  status: 'failed',
  failures: [{ kind: 'failure', message: 'm', text: 't'.repeat(1000) }],
} as const

function tallied(...results: readonly TestResult[]): ReturnType<ReturnType<typeof createTally>['finish']> {
  const tally = createTally({ slowest: 2, failures: 2 })
  for (const each of results) tally.test(each)
  return tally.finish()
}

test('counts every status, seconds and flaky ones', () => {
  const tally = tallied(
    result('a', { seconds: 1 }),
    result('b', { flaky: true, seconds: 2 }),
    result('c', { ...failed, seconds: 4 }),
    result('d', { ...failed, status: 'error' }),
    result('e', { status: 'skipped' }),
  )
  expect(tally).toMatchObject({
    tests: 5,
    passed: 2,
    failures: 1,
    errors: 1,
    skipped: 1,
    flaky: 1,
    seconds: 7,
  })
  expect(tally.failed.map(({ id }) => id)).toEqual(['c', 'd'])
  expect(tally.flakyTests.map(({ id }) => id)).toEqual(['b'])
  expect(tally.slowest).toEqual([
    { id: 'c', seconds: 4 },
    { id: 'b', seconds: 2 },
  ])
})

test('adds up by file, or by class where there is none', () => {
  const { files } = tallied(
    result('1', { file: 'a.py', classname: 'x', seconds: 1 }),
    result('2', { classname: 'C', seconds: 5 }),
    result('3', { file: 'a.py', seconds: 2 }),
    result('4'),
  )
  expect(files).toEqual([
    { file: 'C', tests: 1, seconds: 5 },
    { file: 'a.py', tests: 2, seconds: 3 },
  ])
})

test('keeps the first failures whole, more in short, and counts the others', () => {
  const tally = tallied(...Array.from({ length: 100 }, (_, at) => result(`t${at}`, failed)))
  expect(tally.failed).toHaveLength(42)
  expect(tally.moreFailed).toBe(58)
  expect(tally.failed.map(({ failures }) => failures[0]?.text.length)).toEqual([
    1000,
    1000,
    ...Array(40).fill(0),
  ])
  expect(tally.failed.at(-1)?.failures[0]?.message).toBe('m')
})

test('names what came twice, once', () => {
  expect(tallied(result('a'), result('b'), result('a'), result('a')).duplicates).toEqual(['a'])
})

/** What is left after garbage is collected: the resident size of a process depends on what else the machine does. */
function keptBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

describe('ids', () => {
  const statuses: readonly TestStatus[] = ['passed', 'failed', 'error', 'skipped']
  const stored = fc.record({
    id: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constantFrom('a', 'b', 'ä', '')),
    status: fc.constantFrom(...statuses),
    seconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
  })

  test('come back as they were, and repeated ones are known', () => {
    fc.assert(
      fc.property(fc.array(stored, { maxLength: 200 }), (tests) => {
        const { ids, duplicates } = tallied(
          ...tests.map(({ id, status, seconds }) => result(id, { status, seconds })),
        )
        expect([...ids()]).toEqual(tests)
        const all = tests.map(({ id }) => id)
        expect(duplicates.toSorted()).toEqual(
          [...new Set(all.filter((id, at) => all.indexOf(id) !== at))].toSorted(),
        )
      }),
    )
  })

  test('of half a million tests take a few dozen megabytes', () => {
    const tally = createTally()
    const before = keptBytes()
    for (let at = 0; at < 500_000; at++)
      tally.test(result(`tests.unit.test_module_${at % 5000}.TestThings::test_number_${at}`))
    expect(keptBytes() - before).toBeLessThan(80_000_000)
    const { tests, duplicates, ids } = tally.finish()
    expect({ tests, duplicates }).toEqual({ tests: 500_000, duplicates: [] })
    expect(Iterator.from(ids()).drop(499_999).next().value?.id).toBe(
      'tests.unit.test_module_4999.TestThings::test_number_499999',
    )
  })
})
