/** Runs the tests of the project, with what is installed for them. */
import { environmentOf } from '@ci-actions/shared'
import type { Affected } from './affected.ts'
import { findAffected } from './affected.ts'
import type { GatheredTests } from './gathered.ts'
import { keepResults, keptResultsName } from './kept-results.ts'
import { readyServices } from './ready-services.ts'
import { readResults } from './results/read-results.ts'
import { createTally } from './results/tally.ts'
import type { RunInputs, RunPlan } from './run/run-plan.ts'
import { planRun } from './run/run-plan.ts'
import type { TestRun } from './run/run-tests.ts'
import { runTests } from './run/run-tests.ts'
import type { ShardOfRun } from './shard-of-run.ts'
import { manifestOf, shardOfRun } from './shard-of-run.ts'
import type { Suite, SuiteValues } from './suite.ts'
import { readCoverage } from './suite-coverage.ts'
import { suiteLabels, unusedKinds } from './suite-labels.ts'

export async function runMode(suite: Suite): Promise<GatheredTests> {
  const { context, project } = suite
  const { inputs } = context
  const affected = await findAffected(suite)
  const plan = withoutFiles(planRun(runInputs(inputs), project), affected.leftOut)
  if (affected.none) return nothingToRun(suite, affected)
  const shard = await shardOfRun(suite)
  const selected = affected.leftOut.length > 0
  const partial = shard !== undefined || selected
  const { run, tally, kept, notices } = await runPlan(suite, plan, shard)
  const covered = run.coverage.map((path) => ({ path, shown: 'the coverage of this run' }))
  const runner = runnerOf(plan, run)
  return {
    runner,
    tally: tally.finish(),
    problems: run.problems,
    notices: [...notices, ...affected.notices],
    ...{ commands: run.commands, tries: run.tries, files: run.reports.length, seconds: run.seconds },
    complete: !partial && isComplete(plan),
    ...{ partial, nothingToRun: false, orderKnown: run.order?.complete },
    ...(await readCoverage(suite, covered)),
    // A part of the tests covers a part of the code; who runs all of them judges that.
    ...(partial && { coverageWanted: false, coverage: undefined }),
    evidence: {
      [keptResultsName]: context.host.runner.redact(kept.text(run.problems)),
      ...manifestOf(suite, shard, { runner, selected }),
    },
  }
}

async function runPlan(suite: Suite, plan: RunPlan, shard: ShardOfRun | undefined) {
  const { context, project } = suite
  const { host, inputs, reportFolder } = context
  const { install, offline, python } = inputs
  const environment = await environmentOf({ host, project, install, offline, python })
  const tally = createTally()
  const kept = keepResults(tally)
  const labels = suiteLabels(suite)
  const run = await runTests({
    ...{ host, plan, environment, readResults, reportFolder, sink: labels.sink(kept) },
    ready: () => readyServices(suite),
    only: shard?.ids,
  })
  const seed = run.seed === undefined ? [] : [`Random order with the seed \`${run.seed}\`.`]
  // A part of the tests need not have a test of each glob.
  const unused = shard === undefined && isComplete(plan) ? unusedKinds(labels) : []
  return { run, tally, kept, notices: [environment.message, ...run.notices, ...seed, ...unused] }
}

/** pytest passes over them wherever it collects. */
function withoutFiles(plan: RunPlan, files: readonly string[]): RunPlan {
  if (plan.kind !== 'pytest') return plan
  return { ...plan, args: [...plan.args, ...files.map((file) => `--ignore=${file}`)] }
}

/** With what a merge wants of it: a leg in which nothing had to run is not one that did not arrive. */
function nothingToRun(suite: Suite, { notices }: Affected): GatheredTests {
  const runner = { id: 'pytest', name: 'pytest' }
  const tally = createTally()
  return {
    runner,
    tally: tally.finish(),
    problems: [],
    notices: [...notices, 'No test can see the change, so none was run.'],
    ...{ commands: [], tries: 0, files: 0, seconds: 0 },
    ...{ complete: false, partial: true, nothingToRun: true },
    ...{ coverageWanted: false, coverageNotices: [] },
    evidence: {
      [keptResultsName]: keepResults(tally).text([]),
      ...manifestOf(suite, undefined, { runner, selected: true }),
    },
  }
}

function runnerOf(plan: RunPlan, { pytest }: TestRun): GatheredTests['runner'] {
  if (plan.kind === 'pytest') return { id: 'pytest', name: 'pytest', version: pytest }
  return { id: 'command', name: plan.command[0] ?? 'command' }
}

/** Whether every test of the project was asked for. */
function isComplete(plan: RunPlan): boolean {
  if (plan.kind !== 'pytest') return false
  return plan.paths.length === 0 && plan.markers === undefined && plan.keywords === undefined
}

export function runInputs(inputs: SuiteValues): RunInputs {
  const { setup, teardown, command, reports, paths, markers, keywords, args, timeout, retries } = inputs
  const order = inputs['random-order']
  return {
    ...{ setup, teardown, command, reports, paths, markers, keywords, args, timeout, retries },
    retryCommand: inputs['retry-command'],
    allowEmpty: inputs['allow-empty'],
    workers: inputs.workers === 'auto' ? 'auto' : Number(inputs.workers),
    testTimeout: inputs['test-timeout'],
    ...(inputs.coverage && { coverage: inputs['coverage-source'] }),
    randomOrder: order === 'true' || order === 'false' ? order === 'true' : Number(order),
    env: Object.fromEntries(Object.entries(inputs.env).map(([name, values]) => [name, values.at(-1) ?? ''])),
  }
}
