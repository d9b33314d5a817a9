/** What earlier runs say: what is new, what was before, and how long tests take. Remembering is no part of the verdict. */
import type {
  BaseReport,
  FailureComparison,
  History,
  HistoryRun,
  HistoryStore,
  MetricValue,
  RememberedTest,
  TestStatistics,
} from '@ci-actions/shared'
import {
  baseBranchOf,
  compareFailures,
  countedRuns,
  durationsOf,
  historySeries,
  openHistoryStore,
  parseHistoryPlace,
  recordRun,
  runIdentity,
  testStatistics,
} from '@ci-actions/shared'
import { valuesToKeep } from './base-values.ts'
import type { RunHistory } from './blocks/history.ts'
import { describeComparison } from './failure-history.ts'
import type { GatheredTests } from './gathered.ts'
import type { Suite } from './suite.ts'
import type { ChangedTests } from './suite-metrics.ts'

export interface ComparedFailures {
  /** For each failed test; see `describeFailure`. */
  readonly failures: FailureComparison
  /** By test, over all remembered runs before this one. */
  readonly seen: ReadonlyMap<string, TestStatistics>
  /** Of the base's branch. */
  readonly line: RunHistory
  /** Seconds of tests, as earlier runs have shown. */
  readonly usual: ReadonlyMap<string, number>
  /** The run that failures were compared with; undefined where there is none. */
  readonly base?: BaseReport
  /** Why nothing is remembered, as a clause; undefined where a first run is the only reason that there can be. */
  readonly why?: string
  /** Undefined without a run to compare with, and where not all tests ran. */
  readonly changed?: ChangedTests
  readonly notices: readonly string[]
}

export function openHistory({ context, repository, mode }: Suite): HistoryStore {
  const { host, inputs } = context
  const place = parseHistoryPlace(inputs.history)
  const event = host.facts.event
  // The jobs that plan, run and merge shards are about one suite.
  const { job, matrix } =
    mode === 'shard' || mode === 'merge' ? {} : { job: event?.job, matrix: event?.matrix }
  const series = historySeries({
    action: 'test-suite',
    id: inputs.id,
    workflow: event?.workflow,
    job,
    matrix,
  })
  return openHistoryStore(host, {
    place: 'problem' in place ? { kind: 'off' } : place,
    series,
    repository,
    offline: inputs.offline,
  })
}

/** Of the failed tests, which failed before on the base. `sha` is that of the base commit, where it is known. */
export async function compareWithHistory(
  suite: Suite,
  gathered: GatheredTests,
  sha: string | undefined,
): Promise<ComparedFailures> {
  const { history, why } = await openHistory(suite).read()
  const { host, inputs } = suite.context
  const { event } = host.facts
  const own = runIdentity(event, 'now')
  const branch = (event && baseBranchOf(event)) ?? own.branch
  const failed = gathered.tally.failed.map(({ id }) => id)
  const failures = compareFailures(failed, history, { sha, branch, run: own.run })
  const changed = changedTests(gathered, failures)
  return {
    failures,
    seen: testStatistics(history),
    line: { branch, runs: runsOf(history, branch, own.run) },
    usual: durationsOf(history),
    ...(changed !== undefined && { changed }),
    ...told(failures, describeComparison(failures, failed, branch)),
    ...(inputs.history === 'off' && { why: '`history` is `off`', notices: [] }),
    ...(why !== undefined && { why, notices: [`The history is not used: ${why}.`] }),
  }
}

/** A run to compare with is the report's base; that there is none is news only where something failed. */
function told(
  { base }: FailureComparison,
  message: string | undefined,
): Pick<ComparedFailures, 'base' | 'notices'> {
  if (message === undefined) return { notices: [] }
  if (base === undefined) return { notices: [message] }
  return { base: { message, sha: base.sha, ref: base.branch }, notices: [] }
}

/** Of one branch, newest first, without the run that is judged. */
function runsOf(history: History, branch: string, own: string): readonly HistoryRun[] {
  return countedRuns(history)
    .map(({ run }) => run)
    .filter((run) => run.branch === branch && run.run !== own)
}

function changedTests(
  { tally, complete, problems }: GatheredTests,
  { base }: FailureComparison,
): ChangedTests | undefined {
  if (base?.details === undefined || !complete || problems.length > 0) return undefined
  const gone = new Set(base.details.map(({ id }) => id))
  const known = new Set(gone)
  let added = 0
  for (const { id } of tally.ids()) {
    if (!known.has(id)) added += 1
    known.add(id)
    gone.delete(id)
  }
  return { added, removed: gone.size }
}

/**
 * This run as later ones see it. Undefined where it is none to compare with: one that broke off, since what did not run
 * would look removed, and a part, since of shards the merge remembers the whole.
 */
export function recordOf(
  { context }: Suite,
  gathered: GatheredTests,
  values: readonly MetricValue[],
): HistoryRun | undefined {
  const { host, inputs } = context
  if (gathered.problems.length > 0 || gathered.partial || inputs.history === 'off') return undefined
  const flaky = new Set(gathered.tally.flakyTests.map(({ id }) => id))
  const facts = {
    ...runIdentity(host.facts.event, host.clock.random(8)),
    sha: host.facts.event?.sha ?? '',
    time: host.clock.now(),
    // 0 where results were only read.
    ...(gathered.seconds > 0 && { seconds: gathered.seconds }),
    values: valuesToKeep(values, inputs.gate),
  }
  return recordRun(facts, remembered(gathered, flaky))
}

/** Says where it could not be kept. */
export async function rememberRun(suite: Suite, run: HistoryRun | undefined): Promise<readonly string[]> {
  if (run === undefined) return []
  const { why } = await openHistory(suite).add(run)
  return why === undefined ? [] : [`This run is not kept in the history: ${why}.`]
}

function* remembered({ tally }: GatheredTests, flaky: ReadonlySet<string>): Generator<RememberedTest> {
  for (const { id, status, seconds } of tally.ids()) {
    const failed = status === 'failed' || status === 'error'
    const outcome = failed ? 'failed' : status === 'skipped' ? 'skipped' : flaky.has(id) ? 'flaky' : 'passed'
    yield { id, outcome, ...(seconds !== undefined && { seconds }) }
  }
}
