import type { Block } from '@ci-actions/shared'
import { confidenceFloor } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { flakinessBlocks } from './flakiness.ts'

function blocksOf(tests: Readonly<Record<string, readonly [flaky: number, runs: number]>>) {
  const seen = Object.entries(tests).map(([id, [flaky, runs]]) => {
    return [id, { id, runs, flaky, failures: flaky, flakiness: confidenceFloor(flaky, runs) }] as const
  })
  return flakinessBlocks(new Map(seen))
}

function tableOf(blocks: readonly Block[]) {
  const inside = blocks.flatMap((block) => (block.kind === 'details' ? block.blocks : []))
  return inside.find((block) => block.kind === 'table')
}

it('ranks by what is proven, not by the share', () => {
  const blocks = blocksOf({ 'a`b': [2, 3], often: [40, 50], rare: [2, 50] })
  expect(tableOf(blocks)?.rows.map(([id, runs]) => [id, runs])).toEqual([
    ['`often`', '40 of 50'],
    ["`a'b`", '2 of 3'],
    ['`rare`', '2 of 50'],
  ])
})

it('leaves out what one flaky run does not prove', () => {
  expect(blocksOf({ steady: [0, 50], once: [1, 50], five: [1, 5] })).toEqual([])
  expect(tableOf(blocksOf({ four: [1, 4] }))?.rows).toHaveLength(1)
})

it('shows ten, and counts the others', () => {
  const tests = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`t${n}`, [3, 9] as const]))
  expect(tableOf(blocksOf(tests))).toMatchObject({ more: 15, rows: { length: 10 } })
})
