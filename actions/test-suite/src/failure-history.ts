/** What earlier runs say about a failed test, in words. Pure. */
import type { FailureComparison, FailureHistory, HistoryRun, TestStatistics } from '@ci-actions/shared'
import { code } from './blocks/prose.ts'

/**
 * Such as `newly failing; was flaky in 4 of 50 runs`; empty where nothing is known. `seen` is what all remembered runs
 * say about the test, whatever their branch.
 */
export function describeFailure(history: FailureHistory | undefined, seen?: TestStatistics): string {
  const flaky = seen === undefined || seen.flaky === 0 ? '' : describeFlaky(seen)
  return [history === undefined ? '' : describeState(history), flaky].filter((each) => each !== '').join('; ')
}

function describeState({ state, since }: FailureHistory): string {
  switch (state) {
    case 'new':
      return 'newly failing'
    case 'before':
      return since === undefined ? 'failing before' : `failing since ${describeRun(since)}`
    case 'new-test':
      return 'new test'
    case 'was-skipped':
      return 'skipped before'
    case 'unknown':
      return ''
  }
}

function describeFlaky({ flaky, runs }: TestStatistics): string {
  return `was flaky in ${flaky} of ${runs} ${runs === 1 ? 'run' : 'runs'}`
}

/** Which run the failures were compared with, and what came of it; undefined where there is nothing to say. */
export function describeComparison(
  { base, exact, failures }: FailureComparison,
  failed: readonly string[],
  branch: string | undefined,
): string | undefined {
  if (base === undefined) {
    if (failed.length === 0) return undefined
    // A laptop's runs are of working trees, which are of no branch.
    if (!branch) return 'No run of the base is remembered: which failures are new is not known.'
    return `No earlier run of ${code(branch)} is remembered: which failures are new is not known yet.`
  }
  const states = [...new Set(failed)].map((id) => failures.get(id)?.state)
  const before = states.filter((state) => state === 'before').length
  return `Compared with ${describeBase(base, exact)}: ${describeCounts(states.length - before, before)}.`
}

/** `the run of main at 4f2c1d9, 2026-11-02`: of the base commit itself, or else the last one of its branch. */
function describeBase(base: HistoryRun, exact: boolean): string {
  const of = base.branch === '' ? '' : ` of ${code(base.branch)}`
  return `${exact ? 'the run' : 'the last run'}${of} at ${describeRun(base)}`
}

function describeCounts(fresh: number, before: number): string {
  if (fresh === 0 && before === 0) return 'no test fails'
  const verb = (count: number) => (count === 1 ? 'test fails' : 'tests fail')
  if (before === 0) return `${fresh} ${verb(fresh)} newly`
  if (fresh === 0) return `no test fails newly, ${before} failed before`
  return `${fresh} ${verb(fresh)} newly, ${before} failed before`
}

/** Commit and day; a run of a working tree that was no commit has its day alone. */
function describeRun({ sha, time }: Pick<HistoryRun, 'sha' | 'time'>): string {
  const commit = shortCommit(sha)
  return commit === '' ? dayOfRun(time) : `\`${commit}\`, ${dayOfRun(time)}`
}

export function shortCommit(sha: string): string {
  return /^[0-9a-f]{7,64}$/.test(sha) ? sha.slice(0, 7) : ''
}

/** `2026-11-02` in UTC, of milliseconds since 1970; whatever a damaged history says. */
export function dayOfRun(time: number): string {
  const latest = Date.UTC(9999, 11, 31)
  return new Date(Math.min(Math.max(0, time), latest)).toISOString().slice(0, 10)
}
