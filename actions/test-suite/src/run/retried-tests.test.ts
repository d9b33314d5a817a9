import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestResult, TestStatus } from '../results/test-result.ts'
import { retryTests } from './retried-tests.ts'

function result(id: string, status: TestStatus): TestResult {
  const failures = status === 'failed' ? [{ kind: 'failure' as const, message: 'no', text: '' }] : []
  return { id, name: id, suites: [], status, flaky: false, failures }
}

const status = fc.constantFrom<TestStatus>('passed', 'failed', 'error', 'skipped')
const tries = fc.record({
  accepted: fc.boolean(),
  statuses: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), status),
})

describe('retryTests', () => {
  it('hands on each test once; flaky is what failed and then passed in a try that counts, and nothing else', () => {
    fc.assert(
      fc.property(tries, fc.array(tries), (first, later) => {
        const given: TestResult[] = []
        const tests = retryTests({ test: (each) => given.push(each) })
        for (const [id, each] of Object.entries(first.statuses)) tests.first.test(result(id, each))
        for (const { accepted, statuses } of later) {
          const again = tests.again()
          for (const [id, each] of Object.entries(statuses)) again.sink.test(result(id, each))
          if (accepted) again.accept()
        }
        tests.finish()
        expect(given.map(({ id }) => id).sort()).toEqual(Object.keys(first.statuses).sort())
        for (const each of given) {
          const before = first.statuses[each.id]
          const broke = before === 'failed' || before === 'error'
          const mended = later.some(({ accepted, statuses }) => accepted && statuses[each.id] === 'passed')
          expect(each.flaky).toBe(broke && mended)
          expect(each.status).toBe(broke && mended ? 'passed' : before)
        }
      }),
    )
  })

  it('keeps a failure where two tests share an id, and one of them fails again', () => {
    const given: TestResult[] = []
    const tests = retryTests({ test: (each) => given.push(each) })
    tests.first.test(result('a', 'failed'))
    const again = tests.again()
    again.sink.test(result('a', 'passed'))
    again.sink.test(result('a', 'failed'))
    again.accept()
    tests.finish()
    expect(given.map(({ status: each }) => each)).toEqual(['failed'])
  })
})
