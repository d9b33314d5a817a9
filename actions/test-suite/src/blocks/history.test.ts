import type { Block, HistoryRun } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyBlocks, mostRuns } from './history.ts'

function run(facts: Partial<HistoryRun>): HistoryRun {
  return {
    ...{ run: '1', attempt: 1, sha: 'a'.repeat(40), branch: 'main', time: 0, digest: '', weight: 0 },
    ...{ tests: 10, failures: 0, flaky: 0, skipped: 0, ...facts },
  }
}

/** Of the last run in front. */
function blocksOf(now: Partial<HistoryRun>, ...before: readonly Partial<HistoryRun>[]): readonly Block[] {
  const blocks = historyBlocks(run(now), { branch: 'main', runs: before.map(run) })
  return blocks.flatMap((block) => (block.kind === 'details' ? block.blocks : []))
}

function lines(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
}

function charts(blocks: readonly Block[]) {
  return blocks.flatMap((block) => (block.kind === 'chart' ? [block] : []))
}

describe('historyBlocks', () => {
  it('is nothing without earlier runs, or of a run that is not remembered', () => {
    expect(blocksOf({ seconds: 1 })).toEqual([])
    expect(historyBlocks(undefined, { branch: 'main', runs: [run({})] })).toEqual([])
  })

  it('compares two runs in words', () => {
    const blocks = blocksOf({ seconds: 41 }, { seconds: 38, failures: 1 })
    expect(lines(blocks)).toEqual([
      'Time: 41 s now; 38 s in the run before.',
      'Pass rate: 100 % now; 90 % in the run before.',
    ])
    expect(charts(blocks)).toEqual([])
  })

  it('draws what moves, oldest first', () => {
    const blocks = blocksOf(
      { seconds: 41 },
      { seconds: 38, time: Date.UTC(2026, 10, 3), sha: 'b'.repeat(40) },
      { seconds: 30, time: Date.UTC(2026, 10, 2) },
      { seconds: 52, time: Date.UTC(2026, 10, 1), sha: '' },
    )
    expect(lines(blocks)).toEqual([
      'Time: 41 s now; 38 s in the median of the last 3 runs, from 30 s to 52 s.',
      'Pass rate: 100 % now; 100 % in each of the last 3 runs.',
    ])
    expect(charts(blocks)).toEqual([
      {
        kind: 'chart',
        title: 'Time',
        unit: 'seconds',
        points: [
          { label: '2026-11-01', value: 52 },
          { label: '2026-11-02 aaaaaaa', value: 30 },
          { label: '2026-11-03 bbbbbbb', value: 38 },
          { label: 'this run', value: 41 },
        ],
      },
    ])
  })

  it('takes the time of all tests where results were only read', () => {
    const [line] = lines(blocksOf({ values: { duration: 4 } }, { seconds: 9, values: { duration: 5 } }))
    expect(line).toBe('Time of all tests together: 4 s now; 5 s in the run before.')
  })

  it('shows coverage where it is known, and leaves out runs without', () => {
    const values = (coverage: number) => ({ values: { coverage } })
    const blocks = blocksOf(values(80), values(81), {}, values(82))
    expect(lines(blocks).at(-1)).toBe(
      'Coverage: 80 % now; 82 % in the median of the last 2 runs, from 81 % to 82 %.',
    )
    expect(charts(blocks).map(({ points }) => points.map(({ value }) => value))).toEqual([[82, 81, 80]])
  })

  it('has no more points than that, whatever the history says', () => {
    const anyRun = fc.record({
      time: fc.maxSafeNat(),
      sha: fc.string(),
      tests: fc.nat(9),
      skipped: fc.nat(9),
      failures: fc.nat(9),
      seconds: fc.constantFrom(0, 1, 1e300),
    })
    fc.assert(
      fc.property(anyRun, fc.array(anyRun, { maxLength: 200 }), (now, before) => {
        for (const { points } of charts(blocksOf(now, ...before))) {
          expect(points.length).toBeLessThanOrEqual(mostRuns + 1)
          expect(points.every(({ value }) => Number.isFinite(value))).toBe(true)
        }
      }),
    )
  })
})
