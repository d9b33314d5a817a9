import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupByCause, normaliseCause } from './group-by-cause.ts'
import type { TestFailure, TestResult } from './test-result.ts'

function failing(id: string, message: string, type?: string): TestResult {
  const failure: TestFailure = { kind: 'failure', type, message, text: '' }
  return { id, name: id, suites: [], status: 'failed', flaky: false, failures: [failure] }
}

test('equal but for numbers, addresses and paths is one cause', () => {
  const groups = groupByCause([
    failing('a', 'assert 1 == 2'),
    failing('b', 'connection to localhost:5432 refused, pid 17', 'OperationalError'),
    failing('c', 'connection to localhost:5433 refused, pid 18', 'OperationalError'),
    failing('d', ''),
  ])
  expect(groups.map(({ cause, tests }) => [cause, tests.map(({ id }) => id)])).toEqual([
    ['OperationalError: connection to localhost:5432 refused, pid 17', ['b', 'c']],
    ['assert 1 == 2', ['a']],
    ['', ['d']],
  ])
})

test.for<[string, string]>([
  ['<Foo object at 0x7f3a>', '<Foo object at 0xdead12>'],
  ['no such file /tmp/pytest-1/x_0/a.db', 'no such file /var/lib/other.db'],
  ['no such file C:\\Users\\a\\b.txt', 'no such file D:\\x\\y\\c.txt'],
  ['request 2f1b0c3e-1111-4222-8333-944445555666 lost', 'request 00000000-1111-4222-8333-944445555667 lost'],
  ['took 1.5 s', 'took 12,75 s'],
  ['commit 3f2a1bc9 is gone', 'commit 99aa1bc9d is gone'],
])('%s is the cause of %s', ([one, other]) => {
  expect(normaliseCause(one)).toBe(normaliseCause(other))
})

test.for<[string, string]>([
  ['assert a == b', 'assert a == c'],
  ['connection refused', 'connection reset'],
  ['missing /health', 'missing /ready'],
])('%s is not the cause of %s', ([one, other]) => {
  expect(normaliseCause(one)).not.toBe(normaliseCause(other))
})

test('no test is lost or told twice', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 })), (messages) => {
      const tests = messages.map((message, at) => failing(`t${at}`, message))
      const grouped = groupByCause(tests).flatMap((group) => group.tests.map(({ id }) => id))
      expect(grouped.toSorted()).toEqual(tests.map(({ id }) => id).toSorted())
    }),
  )
})
