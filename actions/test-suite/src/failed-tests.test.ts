import { describe, expect, test } from 'vitest'
import { failing } from './blocks/test/failing.ts'
import type { TestPlaces } from './failed-tests.ts'
import { failedTest, flakyTest } from './failed-tests.ts'

const places: TestPlaces = {
  tool: 'pytest',
  top: '/shop',
  cwd: '/shop/api',
  files: new Set(['api/src/orders.py', 'api/tests/test_orders.py']),
}
const id = 'tests/test_orders.py::test_price[1]'
const at = { file: 'tests/test_orders.py', line: 5 }

describe('the place of a failed test', () => {
  test.each([
    [
      'the line that raised',
      'tests/test_orders.py:7: \nsrc/orders.py:41: ValueError',
      'api/src/orders.py',
      41,
    ],
    ['the assertion', 'tests/test_orders.py:7: \n/lib/x.py:3: AssertionError', 'api/tests/test_orders.py', 7],
    ['the test itself where nothing more is known', 'no traceback', 'api/tests/test_orders.py', 5],
  ])('is %s', (_, text, path, line) => {
    expect(failedTest(failing(id, { ...at, text }), places).location).toEqual({ path, line })
  })

  test('is none in a file that is not there', () => {
    const text = 'src/gone.py:7: ValueError'
    expect(failedTest(failing(id, { file: '/other/machine.py', line: 3, text }), places)).not.toHaveProperty(
      'location',
    )
  })
})

describe('the message of a failed test', () => {
  const message = (name: string, given: Parameters<typeof failing>[1]) =>
    failedTest(failing(name, given), places).message

  test('does not repeat what stands beside it: the file and the kind of exception', () => {
    const given = { ...at, type: 'builtins.ValueError', message: 'ValueError: negative' }
    expect(message(id, given)).toBe('test_price[1]: negative')
  })

  test('names the file of the test where the finding stands in another', () => {
    const text = 'src/orders.py:41: ValueError'
    expect(message(id, { message: 'negative', text })).toBe('tests/test_orders.py::test_price[1]: negative')
  })

  test('shows as code what Python compared, so that its quotes stay', () => {
    expect(message('adds', { message: "assert 'a' == 'b'" })).toBe("adds: `assert 'a' == 'b'`")
  })

  test('says the state where nothing else is said', () => {
    expect(message('adds', { message: '', status: 'error' })).toBe('adds error')
  })

  test('has no codes of terminals, no line breaks, and no endless names', () => {
    const odd = `t.py::t[${'x'.repeat(300)}]`
    const text = message(odd, { message: '\u001b[31mred\u001b[0m\n::error::no' })
    expect(text).toMatch(/^t\.py::t\[x+…: red ::error::no$/)
    expect(text.length).toBeLessThan(150)
  })

  test('is shared by the cases of one test', () => {
    const cases = ['1', 'a]::[b'].map((each) =>
      failedTest(failing(`t.py::t[${each}]`, { message: 'refused' }), places),
    )
    expect(cases.map(({ sharedMessage }) => sharedMessage)).toEqual(['t.py::t: refused', 't.py::t: refused'])
    expect(failedTest(failing('t.py::t'), places)).not.toHaveProperty('sharedMessage')
  })
})

test('a flaky test tells how its first try failed', () => {
  const finding = flakyTest(failing(id, { ...at, status: 'passed', message: 'answered 503' }), places)
  expect(finding).toMatchObject({
    level: 'warning',
    message: 'test_price[1] passed only when it was run again: answered 503',
  })
})
