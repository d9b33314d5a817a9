/** What earlier runs say: which failures are new, and how long tests take. Remembering is no part of the verdict. */
import type { FailureComparison, HistoryStore, RememberedTest } from '@ci-actions/shared'
import {
  baseBranchOf,
  compareFailures,
  emptyHistory,
  historySeries,
  openHistoryStore,
  parseHistoryPlace,
  recordRun,
  runIdentity,
} from '@ci-actions/shared'
import type { GatheredTests } from './gathered.ts'
import type { Suite } from './suite.ts'
import type { ChangedTests } from './suite-metrics.ts'

export interface ComparedFailures {
  readonly failures: FailureComparison
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
  const { event } = suite.context.host.facts
  const { run, branch } = runIdentity(event, 'now')
  const failed = gathered.tally.failed.map(({ id }) => id)
  const failures = compareFailures(failed, history ?? emptyHistory, {
    sha,
    branch: (event && baseBranchOf(event)) ?? branch,
    run,
  })
  const changed = changedTests(gathered, failures)
  return {
    failures,
    ...(changed !== undefined && { changed }),
    notices: why === undefined ? [] : [`The history is not used: ${why}.`],
  }
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

/** Keeps this run for later ones, unless it broke off: what did not run would look removed. */
export async function rememberRun(
  suite: Suite,
  gathered: GatheredTests,
  coverage: number | undefined,
): Promise<readonly string[]> {
  // A part is no run to compare with; of shards the merge remembers the whole.
  if (gathered.problems.length > 0 || gathered.partial) return []
  const { host } = suite.context
  const flaky = new Set(gathered.tally.flakyTests.map(({ id }) => id))
  const facts = {
    ...runIdentity(host.facts.event, host.clock.random(8)),
    sha: host.facts.event?.sha ?? '',
    time: host.clock.now(),
    seconds: gathered.seconds,
    ...(coverage !== undefined && { coverage }),
  }
  const { why } = await openHistory(suite).add(recordRun(facts, remembered(gathered, flaky)))
  return why === undefined ? [] : [`This run is not kept in the history: ${why}.`]
}

function* remembered({ tally }: GatheredTests, flaky: ReadonlySet<string>): Generator<RememberedTest> {
  for (const { id, status, seconds } of tally.ids()) {
    const failed = status === 'failed' || status === 'error'
    const outcome = failed ? 'failed' : status === 'skipped' ? 'skipped' : flaky.has(id) ? 'flaky' : 'passed'
    yield { id, outcome, ...(seconds !== undefined && { seconds }) }
  }
}
