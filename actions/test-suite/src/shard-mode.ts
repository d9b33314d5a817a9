/** Shares the tests out over shards, and gives the matrix for the jobs that run them. */
import type { ActionOutcome } from '@ci-actions/shared'
import { durationsOf, environmentOf, UserError } from '@ci-actions/shared'
import { collectTests } from './run/collect-tests.ts'
import { planRun } from './run/run-plan.ts'
import { runInputs } from './run-mode.ts'
import { planFileName, renderPlan } from './shard/plan-file.ts'
import { shardMatrix } from './shard/shard-matrix.ts'
import type { ShardPlan } from './shard/shard-plan.ts'
import { describePlan, planShards } from './shard/shard-plan.ts'
import type { Suite } from './suite.ts'
import { openHistory } from './suite-history.ts'

export async function planMode(suite: Suite): Promise<ActionOutcome> {
  const { context, project } = suite
  const { host, inputs } = context
  const { install, offline, python } = inputs
  const plan = planRun(runInputs(inputs), project)
  if (plan.kind !== 'pytest')
    throw new UserError('`mode: shard` plans the tests of pytest; `command` has no list of them.')
  const environment = await environmentOf({ host, project, install, offline, python })
  const ids = await collectTests(host, plan, environment)
  const { history } = await openHistory(suite).read()
  const seconds = durationsOf(history)
  const tests = ids.map((id) => ({ id, file: id.split('::', 1)[0] ?? id, seconds: seconds.get(id) }))
  const shards = planShards(tests, inputs.shards ?? 1, { split: inputs.split })
  return {
    outputs: { matrix: shardMatrix(shards) },
    files: { [planFileName]: renderPlan(shards) },
    report: { ...nothingJudged, ...describe(shards), notices: [environment.message] },
  }
}

const nothingJudged = {
  verdict: 'incomplete',
  rules: [],
  metrics: [],
  tools: [],
  findings: [],
  loosened: [],
  degraded: [],
  scope: 'all',
  laptop: '',
} as const

function describe(plan: ShardPlan): Pick<ActionOutcome['report'], 'reasons' | 'blocks'> {
  const right = 'right' as const
  const columns = [
    { title: 'shard', align: right },
    { title: 'tests', align: right },
    { title: 'expected', align: right },
  ]
  const rows = plan.shards.map(({ number, ids, seconds }) => [
    String(number),
    String(ids.length),
    `${seconds.toFixed(1)} s`,
  ])
  return {
    reasons: [{ code: 'shards-planned', message: describePlan(plan) }],
    blocks: [{ kind: 'table', columns, rows }],
  }
}
