/** Which failures a change brings, and which the base had already. Pure. */
import type { History, HistoryRun, TestOutcome } from './history.ts'
import { countedRuns } from './statistics.ts'

export type FailureState =
  /** It did not fail on the base. */
  | 'new'
  /** It failed on the base too. */
  | 'before'
  /** The base does not have it. */
  | 'new-test'
  /** The base did not run it. */
  | 'was-skipped'
  /** There is no run of the base to compare with. */
  | 'unknown'

export interface FailureHistory {
  readonly state: FailureState
  /** For `before`: the first of the runs of the base in a row, up to its last one, in which it failed. */
  readonly since?: { readonly sha: string; readonly time: number } | undefined
}

export interface FailureComparison {
  readonly failures: ReadonlyMap<string, FailureHistory>
  /** The run of the base; undefined where there is none with details. */
  readonly base?: HistoryRun | undefined
  /** Whether that run is of the base commit itself, not only the last one of its branch. */
  readonly exact: boolean
}

export interface BaseOfChange {
  /** The base commit, where it is known. */
  readonly sha?: string | undefined
  /** The branch that the change goes to, or, on a push, the branch itself. */
  readonly branch?: string | undefined
  /** The run that is judged, which is no base of itself; an earlier attempt of it neither. */
  readonly run?: string | undefined
}

/** For each of the failed tests. A run of the base commit wins over the last one of the base's branch. */
export function compareFailures(
  failed: Iterable<string>,
  history: History,
  { sha, branch, run: own }: BaseOfChange,
): FailureComparison {
  const runs = countedRuns(history)
    .map(({ run }) => run)
    .filter(({ details, run }) => details !== undefined && run !== own)
  const ofCommit = sha ? runs.find((run) => run.sha === sha) : undefined
  const base = ofCommit ?? (branch ? runs.find((run) => run.branch === branch) : undefined)
  if (base === undefined) {
    return { failures: new Map([...failed].map((id) => [id, { state: 'unknown' }])), exact: false }
  }
  const line = runs
    .filter((run) => run === base || (run.branch === base.branch && run.time < base.time))
    .map((run) => ({ run, outcomes: new Map(run.details?.map(({ id, outcome }) => [id, outcome])) }))
  const failures = new Map([...failed].map((id) => [id, failureHistory(id, line)]))
  return { failures, base, exact: base === ofCommit }
}

interface Outcomes {
  readonly run: HistoryRun
  readonly outcomes: ReadonlyMap<string, TestOutcome>
}

/** `line`: runs of the base, newest first, the one that is compared with in front. */
function failureHistory(id: string, line: readonly Outcomes[]): FailureHistory {
  const outcome = line[0]?.outcomes.get(id)
  if (outcome === undefined) return { state: 'new-test' }
  if (outcome === 'skipped') return { state: 'was-skipped' }
  if (outcome !== 'failed') return { state: 'new' }
  const end = line.findIndex(({ outcomes }) => outcomes.get(id) !== 'failed')
  const first = line.at(end === -1 ? -1 : end - 1)
  return { state: 'before', ...(first && { since: { sha: first.run.sha, time: first.run.time } }) }
}
