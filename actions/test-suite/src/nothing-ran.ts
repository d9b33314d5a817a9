/** A suite in which every test was skipped has shown nothing. Pure. */
import type { GatheredTests } from './gathered.ts'
import { count, problem } from './run/problem.ts'

/**
 * Tests that skip themselves where a service or a module is missing are how a suite goes green on its way to
 * testing nothing. A part of the tests may well be skipped tests alone: who has all of them judges that.
 */
export function withNothingRan(gathered: GatheredTests, allowEmpty: boolean): GatheredTests {
  const { tally, problems, partial } = gathered
  if (tally.tests === 0 || tally.skipped < tally.tests || partial || problems.length > 0) return gathered
  const said = `No test ran: ${tally.tests === 1 ? 'the only one was' : `all ${count(tally.tests, 'test')} were`} skipped.`
  if (allowEmpty) return { ...gathered, notices: [...gathered.notices, said] }
  const advice = 'Look at the reasons, or set `allow-empty: true` where that may be.'
  return { ...gathered, problems: [problem('no-tests', `${said} ${advice}`)] }
}
