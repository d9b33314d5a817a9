import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeHistories } from './history.ts'
import { parseHistory, renderHistory } from './history-text.ts'
import { anyHistory, sampleRun } from './test/sample-runs.ts'

const history = mergeHistories([
  {
    runs: [
      sampleRun({ run: '1', time: 1 }, { a: 1, b: 'failed', c: 'skipped' }),
      sampleRun({ run: '2', time: 2 }, { a: 2, c: 'flaky', d: 0.5 }),
    ],
  },
])

describe('the text of a history', () => {
  test('gives back any history', () => {
    fc.assert(
      fc.property(anyHistory, (any) => {
        const merged = mergeHistories([any])
        expect(parseHistory(renderHistory(merged))).toEqual(merged)
      }),
    )
  })

  test('names each test once, whatever the number of runs', () => {
    const runs = Array.from({ length: 40 }, (_, time) =>
      sampleRun({ time }, { 'tests/test_orders.py::test': 1 }),
    )
    expect(renderHistory({ runs }).match(/test_orders/g)).toHaveLength(1)
  })

  test('reads the coverage of lines of the first versions', () => {
    const text = renderHistory(history).replace('"digest"', '"coverage":81.25,"digest"')
    expect(parseHistory(text).runs.map(({ values }) => values)).toEqual([{ coverage: 81.25 }, undefined])
  })

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello\n{"run":"1"}\n'],
    ['a page', '<!doctype html>\n'],
    ['another format', renderHistory(history).replace('"format":1', '"format":2')],
    ['a list', '[1]\n'],
    ['a list of tests that is none', '{"format":1,"tests":{"length":1e9}}\n'],
  ])('that is %s is the empty history, or one without details', (_, text) => {
    expect(parseHistory(text).runs.filter(({ details }) => details !== undefined)).toEqual([])
  })

  test('loses a damaged line alone', () => {
    const [header, newest, oldest] = renderHistory(history).split('\n')
    const text = [header, newest?.slice(0, -20), oldest].join('\n')
    expect(parseHistory(text).runs.map(({ run }) => run)).toEqual(['1'])
  })

  test.each([
    ['an outcome', '"failed":[1]', '"failed":[]'],
    ['a time', '"ms":[1000,', '"ms":[2000,'],
    ['a name', '"tests":["a"', '"tests":["z"'],
    ['a row beyond the list', '"rows":[0,3]', '"rows":[0,3000000000]'],
    ['rows that overlap', '"rows":[0,3]', '"rows":[0,2,1,1]'],
    ['a negative row', '"rows":[0,3]', '"rows":[-1,3]'],
    ['too few times', '"ms":[1000,', '"ms":['],
    ['places that are none', '"skipped":1,', '"skipped":1,"left":"x",'],
  ])('keeps the numbers of a run with damaged details: %s', (_, good, bad) => {
    const text = renderHistory(history)
    expect(text).toContain(good)
    const read = parseHistory(text.replaceAll(good, bad)).runs.find(({ run }) => run === '1')
    expect(read).toMatchObject({ tests: 3, failures: 1 })
    if (bad.includes('left')) expect(read?.details).toEqual(history.runs[1]?.details)
    else expect(read?.details).toBeUndefined()
  })

  test('never throws, whatever is cut out of it or put into it', () => {
    const text = renderHistory(history)
    const place = fc.nat(text.length)
    fc.assert(
      fc.property(place, place, fc.string(), (from, to, more) => {
        const parsed = parseHistory(text.slice(0, from) + more + text.slice(to))
        expect(parsed.runs.every(({ tests }) => Number.isSafeInteger(tests))).toBe(true)
      }),
    )
  })
})
