/** The tests that are worth a word: those that failed and count, those in quarantine, flaky ones; each once for all legs. */
import type { GatheredTests } from './gathered.ts'
import type { JoinedTest } from './labels/across-legs.ts'
import { joinLegs } from './labels/across-legs.ts'
import type { QuarantineJudgement } from './quarantine-judgement.ts'
import { judgeQuarantine } from './quarantine-judgement.ts'
import type { TestResult } from './results/test-result.ts'
import type { Suite } from './suite.ts'

export interface JudgedTests extends QuarantineJudgement<JoinedTest> {
  readonly flaky: readonly JoinedTest[]
}

export function judgeTests(
  { today, quarantine }: Pick<Suite, 'today' | 'quarantine'>,
  { tally, complete }: Pick<GatheredTests, 'tally' | 'complete'>,
): JudgedTests {
  const legs = tally.labelled.filter(({ labels }) => labels['leg'] !== undefined).length
  const join = (tests: readonly TestResult[]) => joinLegs(tests, { legs, ids: () => tally.ids() })
  const failed = judgeQuarantine(quarantine, join(tally.failed), { today, complete: false })
  const flaky = join(tally.flakyTests)
  if (quarantine.length === 0) return { ...failed, flaky }
  // Whether an entry is still of use, all tests know; the failed ones alone have their texts.
  const { stale, passing } = judgeQuarantine(quarantine, tally.ids(), { today, complete })
  return { ...failed, flaky, stale, passing }
}

/** How many results they stand for. */
export function resultsOf(tests: readonly JoinedTest[]): number {
  return tests.reduce((sum, { instances }) => sum + (instances?.length ?? 1), 0)
}
