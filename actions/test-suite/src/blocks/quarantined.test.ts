import { expect, test } from 'vitest'
import { quarantinedBlocks } from './quarantined.ts'
import { failing, flat, titlesOf } from './test/failing.ts'

const entry = (name: string, expires: string) => ({
  test: name,
  reason: 'ORD-1: slow',
  owner: '@ada',
  expires,
})

test('lists why failures do not count, whose they are and how long that holds', () => {
  const quarantined = [
    { test: failing('t.py::a[1]', { message: 'timed out' }), entry: entry('t.py::a*', '2026-02-10') },
    { test: failing('t.py::b', { message: '\u001b[31mno\u001b[0m' }), entry: entry('t.py::b', '2026-02-01') },
  ]
  const passing = [entry('t.py::c', '2026-02-02')]
  const blocks = quarantinedBlocks({ quarantined, passing }, '2026-02-01')
  expect(titlesOf(blocks)).toEqual(['Quarantined: 2 failures do not count'])
  expect(flat(blocks)[1]).toMatchObject({
    rows: [
      ['`t.py::a[1]`', 'timed out', 'ORD-1: slow', '@ada', '2026-02-10 (9 days left)'],
      ['`t.py::b`', 'no', 'ORD-1: slow', '@ada', '2026-02-01 (the last day)'],
      ['`t.py::c`', 'passed: perhaps mended', 'ORD-1: slow', '@ada', '2026-02-02 (1 day left)'],
    ],
  })
  expect(titlesOf(quarantinedBlocks({ quarantined: [], passing }, '2026-02-01'))).toEqual([
    'Quarantined: none failed',
  ])
  expect(quarantinedBlocks({ quarantined: [], passing: [] }, '2026-02-01')).toEqual([])
})
