/**
 * Runs of a test suite as they are remembered: a set of records that never change, so that two histories are merged
 * by union. Merging is commutative, associative and idempotent, bounds included: whoever merges what, in whatever
 * order and however often, ends with the same history. Pure.
 */
import { createHash } from 'node:crypto'
import { recordOf } from '../parse/json.ts'

/** `flaky`: passed after it had failed in the same run. `failed` covers errors. */
export type TestOutcome = 'passed' | 'flaky' | 'failed' | 'skipped'

/** One test in one run. */
export interface RememberedTest {
  readonly id: string
  readonly outcome: TestOutcome
  /** Whole milliseconds. */
  readonly seconds?: number | undefined
}

/** What identifies a run, and what is known about it as a whole. */
export interface RunFacts {
  /** The same for all attempts: `GITHUB_RUN_ID`. */
  readonly run: string
  /** 1 is the first; a re-run counts up. */
  readonly attempt: number
  /** Empty where it is not known, or where the working tree was another one. */
  readonly sha: string
  /** Such as `main` or `pull/7/merge`: what was tested, so a fork's `main` is not ours. */
  readonly branch: string
  /** End of the run, in milliseconds since 1970. */
  readonly time: number
  /** Of the whole run by the clock, where it is known. */
  readonly seconds?: number | undefined
  /** Totals of metrics that later runs are compared with, by name, such as `coverage`; see {@link storableValues}. */
  readonly values?: Readonly<Record<string, number>> | undefined
}

/** One attempt of one run, for good. */
export interface HistoryRun extends RunFacts {
  readonly tests: number
  readonly failures: number
  readonly flaky: number
  readonly skipped: number
  /** Bytes of the details, also where they are no longer there: the bound on all of them counts it. */
  readonly weight: number
  /** Of the details, so that damaged ones are noticed. */
  readonly digest: string
  /** Every test, sorted by id; kept for the newest runs. */
  readonly details?: readonly RememberedTest[] | undefined
}

export interface History {
  /** Newest first. */
  readonly runs: readonly HistoryRun[]
}

export interface HistoryLimits {
  readonly runs: number
  /** Runs that keep their details. */
  readonly detailed: number
  /** Bound on the `weight` of all runs with details; the first run that does not fit ends it. */
  readonly bytes: number
}

export const historyLimits: HistoryLimits = { runs: 200, detailed: 50, bytes: 64 * 1024 * 1024 }

export const emptyHistory: History = { runs: [] }

/** Longer ones are no names; they are counted but not remembered. */
const longestId = 1000

/** The record of a run. Of a test that is there more than once the worst outcome stays, with all its seconds. */
export function recordRun(facts: RunFacts, tests: Iterable<RememberedTest>): HistoryRun {
  const all = new Map<string, RememberedTest>()
  let unnamed = 0
  for (const test of tests) {
    if (test.id.length > longestId) unnamed += 1
    else all.set(test.id, together(all.get(test.id), test))
  }
  const details = [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const count = (outcome: TestOutcome) => details.filter((test) => test.outcome === outcome).length
  const { values, ...others } = facts
  return {
    ...others,
    ...storableValues(values),
    tests: details.length + unnamed,
    failures: count('failed'),
    flaky: count('flaky'),
    skipped: count('skipped'),
    ...fingerprintOf(details),
    details,
  }
}

/** More than any suite has metrics and its gate has rules. */
const mostValues = 200
const longestName = 300

/** What of it can be kept: finite numbers that are not negative, by name. Absent where nothing is left. */
export function storableValues(values: unknown): Pick<RunFacts, 'values'> {
  const kept = Object.entries(recordOf(values))
    .flatMap(([name, value]) => {
      const usable = name.length <= longestName && typeof value === 'number' && Number.isFinite(value)
      // Adding 0 makes 0 of −0, which JSON cannot tell apart.
      return usable && value >= 0 ? [[name, value + 0] as const] : []
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, mostValues)
  return kept.length === 0 ? {} : { values: Object.fromEntries(kept) }
}

const worst: readonly TestOutcome[] = ['failed', 'flaky', 'passed', 'skipped']

function together(known: RememberedTest | undefined, test: RememberedTest): RememberedTest {
  const seconds = addSeconds(known?.seconds, test.seconds)
  const outcomes = [known?.outcome, test.outcome]
  const outcome = worst.find((each) => outcomes.includes(each)) ?? test.outcome
  return { id: test.id, outcome, ...(seconds !== undefined && { seconds }) }
}

function addSeconds(known: number | undefined, more: number | undefined): number | undefined {
  const usable = [known, more].filter((each) => each !== undefined && Number.isFinite(each) && each >= 0)
  if (usable.length === 0) return undefined
  return Math.round(usable.reduce<number>((sum, each) => sum + (each ?? 0), 0) * 1000) / 1000
}

/** `weight` and `digest` of details. */
export function fingerprintOf(details: readonly RememberedTest[]): Pick<HistoryRun, 'weight' | 'digest'> {
  const text = JSON.stringify(details.map(({ id, outcome, seconds }) => [id, outcome, seconds ?? null]))
  return {
    weight: Buffer.byteLength(text),
    digest: createHash('sha256').update(text).digest('hex').slice(0, 16),
  }
}

/** All runs that any of them has, within the limits. */
export function mergeHistories(histories: readonly History[], limits = historyLimits): History {
  const runs = new Map<string, HistoryRun>()
  for (const run of histories.flatMap((history) => history.runs)) {
    const key = keyOf(run)
    if (runs.get(key)?.details === undefined) runs.set(key, run)
  }
  const ordered = [...runs]
    .sort(([a, { time: left }], [b, { time: right }]) => right - left || (a < b ? 1 : -1))
    .slice(0, limits.runs)
  let bytes = 0
  return {
    runs: ordered.map(([, run], index) => {
      bytes += run.weight
      return index < limits.detailed && bytes <= limits.bytes ? run : withoutDetails(run)
    }),
  }
}

export function withoutDetails(run: HistoryRun): HistoryRun {
  if (run.details === undefined) return run
  const { details: _, ...summary } = run
  return summary
}

/** Everything but the details, which `digest` stands for: two runs with the same key are the same. */
function keyOf(run: HistoryRun): string {
  return JSON.stringify([
    ...[
      run.run,
      run.attempt,
      run.sha,
      run.branch,
      run.time,
      run.seconds ?? null,
      Object.entries(run.values ?? {}),
    ],
    ...[run.tests, run.failures, run.flaky, run.skipped, run.weight, run.digest],
  ])
}
