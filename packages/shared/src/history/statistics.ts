/** What a history says about tests: how long they take, how flaky they are, since when they fail. Pure. */
import type { History, HistoryRun, RememberedTest } from './history.ts'

/** A run as it counts: its last attempt, and what earlier attempts add. */
export interface CountedRun {
  readonly run: HistoryRun
  /** Tests that failed in an earlier attempt of the same run. */
  readonly failedBefore: ReadonlySet<string>
}

/** One for all attempts of a run, so that a re-run does not count twice. Newest first. */
export function countedRuns(history: History): readonly CountedRun[] {
  const attempts = Map.groupBy(history.runs, ({ run }) => run)
  return [...attempts.values()]
    .flatMap((runs) => {
      // The runs come newest first and the sort is stable: of equal attempts the newest stays in front.
      const [last, ...earlier] = runs.toSorted((a, b) => b.attempt - a.attempt)
      const failed = earlier.filter(({ attempt }) => attempt !== last?.attempt).flatMap(failedTests)
      return last === undefined ? [] : [{ run: last, failedBefore: new Set(failed) }]
    })
    .sort((a, b) => b.run.time - a.run.time)
}

function failedTests(run: HistoryRun): readonly string[] {
  return (run.details ?? []).filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
}

/** Runs whose durations count. */
const lastDurations = 10

/**
 * Seconds by test: the median of its last ten runs, of two middle ones the longer. Skipped tests took no time that
 * says anything; runs that failed count only for tests that never passed, since they often end early or wait long.
 */
export function durationsOf(history: History): ReadonlyMap<string, number> {
  const passed = new Map<string, number[]>()
  const failed = new Map<string, number[]>()
  for (const { run } of countedRuns(history)) {
    for (const { id, outcome, seconds } of run.details ?? []) {
      if (seconds === undefined || outcome === 'skipped') continue
      const known = outcome === 'failed' ? failed : passed
      const list = known.get(id) ?? []
      if (list.length < lastDurations) list.push(seconds)
      known.set(id, list)
    }
  }
  return new Map([...failed, ...passed].map(([id, list]) => [id, median(list)]))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

export interface TestStatistics {
  readonly id: string
  /** Counted runs in which it was not skipped. */
  readonly runs: number
  readonly failures: number
  /** Runs that show that it is flaky; see {@link testStatistics}. */
  readonly flaky: number
  /** The share of flaky runs is at least that, with a confidence of 95 %; from 0 to 1. */
  readonly flakiness: number
}

/**
 * Numbers by test. A run shows that a test is flaky if the test passed after it had failed: in a retry, in an earlier
 * attempt of the same run, or, on the same commit, in another run. A failure alone shows nothing: the code may be wrong.
 */
export function testStatistics(history: History): ReadonlyMap<string, TestStatistics> {
  const runs = countedRuns(history)
  const passedOn = passesBesideFailures(runs.map(({ run }) => run))
  const counts = new Map<string, { runs: number; failures: number; flaky: number }>()
  for (const { run, failedBefore } of runs) {
    for (const test of run.details ?? []) {
      if (test.outcome === 'skipped') continue
      const count = counts.get(test.id) ?? { runs: 0, failures: 0, flaky: 0 }
      const again = passes(test) && (test.outcome === 'flaky' || failedBefore.has(test.id))
      const elsewhere = test.outcome === 'failed' && run.sha !== '' && passedOn.has(onCommit(run, test.id))
      count.runs += 1
      count.failures += test.outcome === 'failed' ? 1 : 0
      count.flaky += again || elsewhere ? 1 : 0
      counts.set(test.id, count)
    }
  }
  return new Map(
    [...counts].map(([id, count]) => [
      id,
      { id, ...count, flakiness: confidenceFloor(count.flaky, count.runs) },
    ]),
  )
}

/** Where tests passed that failed somewhere, on commits with several runs: of the others nobody needs to know. */
function passesBesideFailures(runs: readonly HistoryRun[]): ReadonlySet<string> {
  const failed = new Set(runs.flatMap(failedTests))
  const repeated = [...Map.groupBy(runs, ({ sha }) => sha).values()].filter(({ length }) => length > 1)
  const passed = new Set<string>()
  for (const run of repeated.flat()) {
    for (const test of run.details ?? []) {
      if (failed.has(test.id) && passes(test)) passed.add(onCommit(run, test.id))
    }
  }
  return passed
}

function passes({ outcome }: RememberedTest): boolean {
  return outcome === 'passed' || outcome === 'flaky'
}

function onCommit(run: HistoryRun, id: string): string {
  return `${run.sha} ${id}`
}

/** Quantile of the normal distribution for 95 % on one side. */
const z = 1.6449

/**
 * Lower bound of Wilson's score interval: the share that `found` of `all` proves with 95 % confidence. One of one
 * proves 27 %, one of a hundred 0.2 %. https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval
 */
export function confidenceFloor(found: number, all: number): number {
  if (all === 0 || found === 0) return 0
  const share = Math.min(1, found / all)
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z / (2 * all)) ** 2)
  return Math.max(0, (share + z ** 2 / (2 * all) - spread) / (1 + z ** 2 / all))
}
