/** What the quarantine makes of the tests of a run: which failures count, and which entries have to go. Pure. */
import { closest } from '@ci-actions/shared'
import type { QuarantineEntry } from './quarantine.ts'
import { isExpired, quarantineOf } from './quarantine.ts'
import type { TestStatus } from './results/test-result.ts'
import { fitsPattern } from './test-pattern.ts'

/** What is looked at of a test. */
export interface JudgedTest {
  readonly id: string
  readonly status: TestStatus
}

export interface QuarantinedTest<T extends JudgedTest> {
  readonly test: T
  readonly entry: QuarantineEntry
}

/** An entry that fails the run. */
export interface StaleEntry {
  readonly entry: QuarantineEntry
  readonly why: 'expired' | 'unused'
  /** One sentence: what is wrong and what to do. */
  readonly message: string
}

export interface QuarantineJudgement<T extends JudgedTest> {
  /** Failed tests that count. */
  readonly counted: readonly T[]
  /** Failed tests that do not count. */
  readonly quarantined: readonly QuarantinedTest<T>[]
  readonly stale: readonly StaleEntry[]
  /** Entries that hold, and whose tests all passed: perhaps mended. A flaky test passes too, so it does not fail. */
  readonly passing: readonly QuarantineEntry[]
}

export interface QuarantineSituation {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
  /**
   * Whether all tests were run. A shard, a selection or a run of some paths does not have every test, so no entry
   * is called unused for it.
   */
  readonly complete: boolean
}

/** `tests` are all tests of the run, the failed ones among them. */
export function judgeQuarantine<T extends JudgedTest>(
  entries: readonly QuarantineEntry[],
  tests: Iterable<T>,
  { today, complete }: QuarantineSituation,
): QuarantineJudgement<T> {
  const counted: T[] = []
  const quarantined: QuarantinedTest<T>[] = []
  const used = new Map<QuarantineEntry, 'seen' | 'passed' | 'failed'>()
  const ids = new Set<string>()
  for (const test of tests) {
    if (entries.length > 0) ids.add(test.id)
    for (const entry of entries) {
      if (fitsPattern(entry.test, test.id)) used.set(entry, together(used.get(entry), test.status))
    }
    if (!isFailed(test.status)) continue
    const entry = quarantineOf(test.id, entries, today)
    if (entry === undefined) counted.push(test)
    else quarantined.push({ test, entry })
  }
  return {
    counted,
    quarantined,
    stale: entries.flatMap((entry) => staleEntry(entry, used.has(entry) || !complete, today, ids) ?? []),
    passing: entries.filter((entry) => used.get(entry) === 'passed' && !isExpired(entry, today)),
  }
}

function isFailed(status: TestStatus): boolean {
  return status === 'failed' || status === 'error'
}

/** One failure makes it `failed`; skipped tests say nothing. */
function together(known: 'seen' | 'passed' | 'failed' | undefined, status: TestStatus) {
  if (known === 'failed' || isFailed(status)) return 'failed'
  return known === 'passed' || status === 'passed' ? 'passed' : 'seen'
}

function staleEntry(
  entry: QuarantineEntry,
  used: boolean,
  today: string,
  ids: ReadonlySet<string>,
): StaleEntry | undefined {
  const name = `The quarantine of \`${entry.test}\` (${entry.owner})`
  if (isExpired(entry, today)) {
    const message = `${name} ended on ${entry.expires}: mend the test and remove the entry, or decide anew.`
    return { entry, why: 'expired', message }
  }
  if (used) return undefined
  const near = nearestId(entry.test, ids)
  const hint = near === undefined ? 'remove the entry' : `did you mean \`${near}\`?`
  return { entry, why: 'unused', message: `${name} fits no test: ${hint}${near === undefined ? '.' : ''}` }
}

/** A misspelling, or the same test in another file or class. */
function nearestId(pattern: string, ids: ReadonlySet<string>): string | undefined {
  const name = lastPart(pattern)
  const moved = pattern.includes('*') ? undefined : [...ids].find((id) => lastPart(id) === name)
  return moved ?? closest(pattern, ids) ?? nearestName(pattern, name, ids)
}

/** Ids are often longer than what `closest` compares, so the names are compared of tests in the same file. */
function nearestName(pattern: string, name: string, ids: ReadonlySet<string>): string | undefined {
  const before = pattern.slice(0, pattern.length - name.length)
  const beside = new Map([...ids].filter((id) => id.startsWith(before)).map((id) => [lastPart(id), id]))
  return beside.get(closest(name, beside.keys()) ?? '')
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('::') + 1).replace(/^:/, '')
}
