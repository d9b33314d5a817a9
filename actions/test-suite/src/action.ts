/**
 * The test suite: runs the tests, or reads what other runners wrote, and gives one verdict that is never green
 * because something was missing. Read this file first; everything that it names is beside it.
 */
import { defineAction, reportPermissions } from '@ci-actions/shared'
import { gate } from './gate.ts'
import { withCoverageProblems } from './gathered.ts'
import { inputProblems } from './input-problems.ts'
import { suiteInputs } from './inputs.ts'
import { judgeSuite } from './judge.ts'
import { mergeMode } from './merge-mode.ts'
import { metrics } from './metrics.ts'
import { withNothingRan } from './nothing-ran.ts'
import { readReports } from './report-mode.ts'
import { runMode } from './run-mode.ts'
import { planMode } from './shard-mode.ts'
import { openSuite } from './suite.ts'
import { version } from './version.ts'

export const testSuite = defineAction({
  name: 'test-suite',
  title: 'Tests',
  version,
  description: 'Runs tests, reads results and coverage of any format, and never reports a false green.',
  branding: { icon: 'check-square', color: 'green' },
  permissions: [
    {
      permission: 'contents: read',
      reason: 'to read the repository and to fetch the base commit',
      required: true,
    },
    ...reportPermissions,
  ],
  contacts: [
    { host: 'the Python package index', reason: 'where `install` is given; or your mirror' },
    { host: 'the API of GitHub', reason: 'check run and comment, where they are on' },
  ],
  inputs: suiteInputs,
  metrics,
  outputs: { matrix: { description: '`mode: shard`: JSON for `strategy.matrix`.' } },
  gate,
  problems: inputProblems,
  async run(context) {
    const suite = await openSuite(context)
    if (suite.mode === 'shard') return planMode(suite)
    const gather = { run: runMode, report: readReports, merge: mergeMode }[suite.mode]
    const gathered = withCoverageProblems(await gather(suite))
    return judgeSuite(suite, withNothingRan(gathered, context.inputs['allow-empty']))
  },
})
