import { describe, expect, test } from 'vitest'
import { sortByCause } from './causes.ts'
import { failureBlocks } from './failures.ts'
import { codesOf, failing, flat, titlesOf, view } from './test/failing.ts'

const refused = (id: string) => failing(id, { message: 'connection refused to localhost:5432' })
const raisedAt = (line: number) => `src/orders.py:${line}: AssertionError`
const words = ['red', 'blue', 'green', 'brown', 'black', 'white', 'pink', 'grey', 'gold', 'lime']
/** Failures that have nothing in common. */
const different = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const name = [...String(index)].map((digit) => words[Number(digit)]).join(' ')
    return failing(`t.py::test_${index}`, { message: `${name} is wrong`, text: 'E   x\n'.repeat(100) })
  })

describe('sortByCause', () => {
  test('takes equal words for one cause, wherever they come from', () => {
    const { common, single } = sortByCause([refused('a'), failing('b'), refused('c')], view.places)
    expect(common.map(({ tests }) => tests.map(({ id }) => id))).toEqual([['a', 'c']])
    expect(single.map(({ id }) => id)).toEqual(['b'])
  })

  test('takes equal assertions for one cause only at one place', () => {
    const failed = [1, 1, 2].map((line, index) =>
      failing(`t${index}`, { message: `assert ${index} == 3`, text: raisedAt(line) }),
    )
    const { common, single } = sortByCause(failed, view.places)
    expect(common.map(({ tests }) => tests.map(({ id }) => id))).toEqual([['t0', 't1']])
    expect(single.map(({ id }) => id)).toEqual(['t2'])
  })

  test('takes silence for no cause', () => {
    const silent = [failing('a', { message: '' }), failing('b', { message: '' })]
    expect(sortByCause(silent, view.places)).toEqual({ common: [], single: silent })
  })
})

describe('failureBlocks', () => {
  test('shows one test of a common cause whole and names the others, before single failures', () => {
    const text = 'E   connection refused'
    const group = ['a', 'b', 'c'].map((id) => ({ ...refused(id), stdout: text }))
    const blocks = failureBlocks([...different(3), ...group], view)
    expect(titlesOf(blocks)).toEqual([
      'Failures: 6 tests, 3 by 1 common cause',
      '  3 tests: connection refused to localhost:5432',
      '    Captured output: 1 line',
      '    The others: 2',
      '  `test_0`: in `t.py`',
      '  `test_1`: in `t.py`',
      '  `test_2`: in `t.py`',
    ])
    expect(flat(blocks)).toContainEqual({ kind: 'list', items: ['`b`', '`c`'] })
  })

  test('needs no fold around a few', () => {
    expect(titlesOf(failureBlocks(different(2), view))).toEqual([
      '`test_0`: in `t.py`',
      '`test_1`: in `t.py`',
    ])
    expect(failureBlocks([], view)).toEqual([])
  })

  test('puts what the change broke first, and says what failed before', () => {
    const failedBefore = (id: string) => id === 't.py::test_0'
    const [title, ...others] = titlesOf(failureBlocks(different(4), { ...view, failedBefore }))
    expect(title).toBe('Failures: 4 tests, 1 of which failed before')
    expect(others.map((each) => each.trim())).toEqual([1, 2, 3, 0].map((n) => `\`test_${n}\`: in \`t.py\``))
  })

  test('counts what was not kept', () => {
    expect(titlesOf(failureBlocks(different(1), view, 41))).toEqual([
      'Failures: 42 tests',
      '  `test_0`: in `t.py`',
      '  More failures: 41 tests',
    ])
  })

  test('grows slower than thousands of failures', () => {
    const blocks = failureBlocks(different(9000), view)
    const [section] = blocks
    expect(section).toMatchObject({ title: 'Failures: 9,000 tests', most: 20 })
    const size = codesOf(blocks).reduce((sum, text) => sum + text.length, 0)
    expect(size).toBeLessThan(200 * 4100 + 800 * 1100)
    const table = flat(blocks).find((block) => block.kind === 'table')
    expect(table).toMatchObject({ more: 3000 })
  })
})
