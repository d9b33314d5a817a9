/** The tests that take longest. Pure. */
import type { Block } from '@ci-actions/shared'
import { formatValue } from '@ci-actions/shared'
import type { TestTally } from '../results/tally.ts'
import { code } from './prose.ts'

/** Of a test that took that much longer than usual, the usual time is shown. */
const muchSlower = 2

/** `usual`: seconds of tests in earlier runs. */
export function slowestBlocks(tally: TestTally, usual: ReadonlyMap<string, number>): readonly Block[] {
  const slow = tally.slowest.filter(({ seconds }) => seconds >= 0.1).slice(0, 10)
  if (slow.length === 0) return []
  const cells = slow.map(({ id, seconds }) => {
    const before = usual.get(id)
    const slower = before !== undefined && seconds > muchSlower * before
    return [code(id), formatValue(seconds, 'seconds'), slower ? formatValue(before, 'seconds') : '']
  })
  const width = cells.some(([, , before]) => before !== '') ? 3 : 2
  const right = { align: 'right' as const }
  const columns = [{ title: 'test' }, { title: 'time', ...right }, { title: 'usually', ...right }]
  const rows = cells.map((row) => row.slice(0, width))
  return [
    {
      kind: 'details',
      title: `Slowest tests: up to ${formatValue(slow[0]?.seconds ?? 0, 'seconds')}`,
      blocks: [{ kind: 'table', columns: columns.slice(0, width), rows }],
    },
  ]
}
