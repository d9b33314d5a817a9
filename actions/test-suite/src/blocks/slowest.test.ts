import { expect, it } from 'vitest'
import { createTally } from '../results/tally.ts'
import { slowestBlocks } from './slowest.ts'

function tableOf(usual: Readonly<Record<string, number>>) {
  const tally = createTally()
  for (const [id, seconds] of [
    ['slow', 3],
    ['quick', 0.01],
    ['new', 1],
  ] as const)
    tally.test({ id, name: id, status: 'passed', flaky: false, failures: [], suites: [], seconds })
  const blocks = slowestBlocks(tally.finish(), new Map(Object.entries(usual)))
  const inside = blocks.flatMap((block) => (block.kind === 'details' ? block.blocks : []))
  return inside.find((block) => block.kind === 'table')
}

it('lists the slowest tests that take a while', () => {
  expect(tableOf({ slow: 2 })).toMatchObject({
    columns: [{ title: 'test' }, { title: 'time' }],
    rows: [
      ['`slow`', '3 s'],
      ['`new`', '1 s'],
    ],
  })
})

it('says how long a test took before that is much slower now', () => {
  expect(tableOf({ slow: 1.4, quick: 0 })?.rows).toEqual([
    ['`slow`', '3 s', '1.4 s'],
    ['`new`', '1 s', ''],
  ])
})
