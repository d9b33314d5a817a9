/**
 * Quarantine: tests whose failures are known, reported, and do not count for a while. The list stands in the policy
 * file; docs/quarantine.md describes it. Pure: whoever calls says what day it is.
 */
import type { DecisionList } from '@ci-actions/shared'
import { isExpired, readDecisions } from '@ci-actions/shared'
import { fitsPattern } from './test-pattern.ts'

export { dayOf, isExpired } from '@ci-actions/shared'

export interface QuarantineEntry {
  /** Id of a test, or a pattern in which `*` stands for anything. */
  readonly test: string
  readonly reason: string
  readonly owner: string
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string
}

export interface ReadQuarantine {
  readonly entries: readonly QuarantineEntry[]
  /** Sentences; each is an input error. */
  readonly problems: readonly string[]
}

export interface QuarantineDates {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
  /** How many days from today an entry may hold. */
  readonly longestDays: number
}

export const longestQuarantineDays = 90

/** Reads `quarantine` of the policy file's section, as plain data; undefined where there is none. */
export function readQuarantine(policy: unknown, { today, longestDays }: QuarantineDates): ReadQuarantine {
  const list: DecisionList = {
    name: '`quarantine`',
    place: ' in the policy file',
    subject: 'test',
    optional: [],
    longestDays,
    problemsOf: (test) =>
      test === undefined || /[^*\s]/.test(test) ? [] : [`\`test: ${test}\` names no test`],
  }
  const { decisions, problems } = readDecisions(policy, list, today)
  const entries = decisions.map(({ subject, reason, owner, expires }) => ({
    test: subject,
    reason,
    owner,
    expires,
  }))
  return { entries, problems }
}

/** The first entry that still holds for a test. */
export function quarantineOf(
  id: string,
  entries: readonly QuarantineEntry[],
  today: string,
): QuarantineEntry | undefined {
  return entries.find((entry) => !isExpired(entry, today) && fitsPattern(entry.test, id))
}
