/** What came of each leg of a matrix, and which tests tell them apart. Pure. */
import type { Block } from '@ci-actions/shared'
import { formatValue } from '@ci-actions/shared'
import type { JoinedTest } from '../labels/across-legs.ts'
import { describeLegs } from '../labels/across-legs.ts'
import { compareLegs } from '../labels/leg-names.ts'
import type { LabelledCounts } from '../results/label-counts.ts'
import { code } from './prose.ts'

const mostLegs = 100
const mostDifferences = 8
const mostTests = 3

/**
 * `labelled`: of all tests. In sight at once stands what fails or is flaky in some legs alone; the table is there to open.
 * Nothing for one leg.
 */
export function legBlocks(
  labelled: readonly LabelledCounts[],
  failed: readonly JoinedTest[],
  flaky: readonly JoinedTest[],
): readonly Block[] {
  const legs = labelled.filter(({ labels }) => labels['leg'] !== undefined).toSorted(byName)
  if (legs.length < 2) return []
  const rows = legs
    .slice(0, mostLegs)
    .map((leg) => [
      code(leg.labels['leg'] ?? ''),
      ...[leg.tests, leg.failures, leg.errors, leg.flaky].map(String),
      formatValue(leg.seconds, 'seconds'),
    ])
  const numbers = ['tests', 'failures', 'errors', 'flaky', 'duration']
  const columns = [{ title: 'leg' }, ...numbers.map((title) => ({ title, align: 'right' as const }))]
  const table: Block = { kind: 'table', columns, rows, more: legs.length - rows.length }
  return [
    ...differenceBlocks(failed, flaky),
    { kind: 'details', title: `Legs: ${legs.length}`, blocks: [table] },
  ]
}

function byName(one: LabelledCounts, other: LabelledCounts): number {
  return compareLegs(one.labels['leg'] ?? '', other.labels['leg'] ?? '')
}

/** Tests that differ in the same way are one line. */
function differenceBlocks(failed: readonly JoinedTest[], flaky: readonly JoinedTest[]): readonly Block[] {
  const lines = [...linesOf(failed, ['fails', 'fail']), ...linesOf(flaky, ['is flaky', 'are flaky'])]
  if (lines.length === 0) return []
  const shown = lines.slice(0, mostDifferences)
  const more = lines.length - shown.length
  return [{ kind: 'list', items: [...shown, ...(more > 0 ? [`${more} more differences between legs`] : [])] }]
}

function linesOf(tests: readonly JoinedTest[], [one, several]: readonly [string, string]): readonly string[] {
  const different = tests.filter(({ legs }) => legs !== undefined && legs.names.length < legs.of)
  const groups = Map.groupBy(different, ({ legs }) => describeLegs(legs, code))
  return [...groups]
    .toSorted(([a, some], [b, others]) => others.length - some.length || compareLegs(a, b))
    .map(([where, group]) => {
      const ids = [...new Set(group.map(({ id }) => id))]
      const names = ids.slice(0, mostTests).map(code).join(', ')
      const more = ids.length > mostTests ? ` and ${ids.length - mostTests} more` : ''
      const subject = ids.length === 1 ? `1 test ${one}` : `${ids.length} tests ${several}`
      return `${subject} ${where}: ${names}${more}`
    })
}
