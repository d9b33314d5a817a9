import { expect, test } from 'vitest'
import { flakyBlocks } from './flaky.ts'
import { codesOf, failing, titlesOf, view } from './test/failing.ts'

test('shows what went wrong in the first try of a test that passed later', () => {
  const text = 'E   assert 503 == 200\n\ntests/test_orders.py:8: AssertionError'
  const id = 'tests/test_orders.py::test_pay'
  const flaky = failing(id, { status: 'passed', flaky: true, message: 'gateway answered 503', text })
  const known = { ...view, history: () => 'was flaky in 4 of 50 runs' }
  const blocks = flakyBlocks([flaky], known)
  expect(titlesOf(blocks)).toEqual([
    'Flaky: 1 test passed only when run again',
    '  `test_pay`: in `tests/test_orders.py` · was flaky in 4 of 50 runs',
  ])
  expect(codesOf(blocks)).toEqual([text, `pytest ${id} -x`])
  expect(flakyBlocks([], view)).toEqual([])
})
