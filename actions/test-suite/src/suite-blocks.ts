/** The sections of the report, in order. Pure. */
import type { Block, HistoryRun } from '@ci-actions/shared'
import { coverageBlocks } from './blocks/coverage.ts'
import { failureBlocks } from './blocks/failures.ts'
import { flakinessBlocks } from './blocks/flakiness.ts'
import { flakyBlocks } from './blocks/flaky.ts'
import { historyBlocks } from './blocks/history.ts'
import { kindBlocks } from './blocks/kinds.ts'
import { legBlocks } from './blocks/legs.ts'
import { orderBlocks } from './blocks/order.ts'
import { quarantinedBlocks } from './blocks/quarantined.ts'
import { slowestBlocks } from './blocks/slowest.ts'
import type { TestPlaces } from './failed-tests.ts'
import { describeFailure } from './failure-history.ts'
import type { GatheredTests } from './gathered.ts'
import type { JudgedTests } from './judged-tests.ts'
import { withoutQuarantined } from './labels/labelled-metrics.ts'
import type { SuiteChange } from './suite-change.ts'
import type { ComparedFailures } from './suite-history.ts'

/** What the sections are about. */
export interface SuiteFacts {
  readonly gathered: GatheredTests
  readonly quarantine: JudgedTests
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
  readonly places: TestPlaces
  readonly change: SuiteChange
  readonly before: ComparedFailures
  /** As later runs see it; undefined for one that they are not compared with. */
  readonly run: HistoryRun | undefined
}

export function suiteBlocks(facts: SuiteFacts): readonly Block[] {
  const { gathered, quarantine, today, places, change, before, run } = facts
  const history = (id: string) => describeFailure(before.failures.failures.get(id), before.seen.get(id))
  const labelled = withoutQuarantined(gathered.tally.labelled, quarantine.quarantined)
  const { linkTemplate } = places
  const failedBefore = (id: string) => before.failures.failures.get(id)?.state === 'before'
  const known = before.failures.base !== undefined
  const view = { places, linkTemplate, history, ...(known && { failedBefore }) }
  return [
    ...failureBlocks(quarantine.counted, view, gathered.tally.moreFailed),
    ...legBlocks(labelled, quarantine.counted, quarantine.flaky),
    ...flakyBlocks(quarantine.flaky, view),
    ...orderBlocks([...quarantine.counted, ...quarantine.flaky]),
    ...quarantinedBlocks(quarantine, today),
    ...flakinessBlocks(before.seen),
    ...kindBlocks(labelled, gathered.tally.tests),
    ...slowestBlocks(gathered.tally, before.usual),
    ...coverageBlocks({ coverage: gathered.coverage, ...change, linkTemplate }),
    ...historyBlocks(run, before.line),
  ]
}
