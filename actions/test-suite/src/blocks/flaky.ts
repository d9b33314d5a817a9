/** Tests that passed only when they were run again, with what went wrong before. Pure. */
import type { Block } from '@ci-actions/shared'
import { counted } from '@ci-actions/shared'
import type { TestResult } from '../results/test-result.ts'
import type { FailureView } from './failure.ts'
import { failureParts, failureTitle } from './failure.ts'

const mostShown = 10
const mostWhole = 100

export function flakyBlocks(flaky: readonly TestResult[], view: FailureView): readonly Block[] {
  if (flaky.length === 0) return []
  const blocks = flaky.map(
    (test, index): Block => ({
      kind: 'details',
      title: failureTitle(test, view),
      blocks: failureParts(test, view, index < mostWhole ? 'whole' : 'brief'),
    }),
  )
  const title = `Flaky: ${counted(flaky.length, 'test')} passed only when run again`
  return [{ kind: 'details', title, blocks, most: mostShown }]
}
