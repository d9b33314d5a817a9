/** Tests that earlier runs have shown to be flaky. Pure. */
import type { Block, TestStatistics } from '@ci-actions/shared'
import { formatValue } from '@ci-actions/shared'
import { code } from './prose.ts'

const mostTests = 10
/** One flaky run alone is shown only where it proves as much: of at most four runs. */
const fewestRuns = 2
const leastFlakiness = 0.05

/** Those whose share of flaky runs is proven to be highest, first. */
export function flakinessBlocks(seen: ReadonlyMap<string, TestStatistics>): readonly Block[] {
  const flaky = [...seen.values()]
    .filter((test) => test.flaky >= fewestRuns || test.flakiness >= leastFlakiness)
    .sort((a, b) => b.flakiness - a.flakiness || (a.id < b.id ? -1 : 1))
  if (flaky.length === 0) return []
  const shown = flaky.slice(0, mostTests)
  const rows = shown.map(({ id, flaky: found, runs, flakiness }) => [
    code(id),
    `${found} of ${runs}`,
    formatValue(flakiness * 100, 'percent'),
  ])
  const columns = [
    { title: 'test' },
    { title: 'flaky runs', align: 'right' as const },
    { title: 'share, at least', align: 'right' as const },
  ]
  return [
    {
      kind: 'details',
      title: `Flaky in earlier runs: ${flaky.length}`,
      blocks: [
        {
          kind: 'paragraph',
          text: 'They failed and passed on the same code. The last column is the share of flaky runs that these runs prove with 95 % confidence.',
        },
        { kind: 'table', columns, rows, more: flaky.length - shown.length },
      ],
    },
  ]
}
