/**
 * Quarantine: tests whose failures are known, reported, and do not count for a while. The list stands in the policy
 * file; docs/quarantine.md describes it. Pure: whoever calls says what day it is.
 */
import { closest, isRecord } from '@ci-actions/shared'
import { fitsPattern } from './test-pattern.ts'

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

const keys = ['test', 'reason', 'owner', 'expires'] as const

/** Reads `quarantine` of the policy file's section, as plain data; undefined where there is none. */
export function readQuarantine(policy: unknown, dates: QuarantineDates): ReadQuarantine {
  if (policy === undefined || policy === null) return { entries: [], problems: [] }
  if (!Array.isArray(policy)) {
    const problem = `\`quarantine\` in the policy file must be a list of entries with ${listOf(keys)}.`
    return { entries: [], problems: [problem] }
  }
  const items: readonly unknown[] = policy
  const read = items.map((item, index) => readEntry(item, `\`quarantine\`, entry ${index + 1}`, dates))
  const entries = read.flatMap(({ entry }) => entry ?? [])
  const tests = entries.map(({ test }) => test)
  const twice = new Set(tests.filter((test, index) => tests.indexOf(test) !== index))
  return {
    entries,
    problems: [
      ...read.flatMap(({ problems }) => problems),
      ...[...twice].map((test) => `\`quarantine\`: \`${test}\` is there more than once.`),
    ],
  }
}

interface ReadEntry {
  readonly entry?: QuarantineEntry
  readonly problems: readonly string[]
}

function readEntry(item: unknown, where: string, dates: QuarantineDates): ReadEntry {
  if (!isRecord(item)) return { problems: [`${where}: must have ${listOf(keys)}.`] }
  const [test, reason, owner, expires] = keys.map((key) => textAt(item, key))
  const missing = keys.filter((key) => textAt(item, key) === undefined)
  const problems = Object.keys(item).flatMap((key) => unknownKey(key) ?? [])
  if (missing.length > 0) problems.push(`needs ${listOf(missing)}; all four are required`)
  if (test !== undefined && !/[^*\s]/.test(test)) problems.push(`\`test: ${test}\` names no test`)
  const late = expires === undefined ? undefined : dateProblem(expires, dates)
  if (late !== undefined) problems.push(late)
  if (problems.length > 0 || test === undefined || reason === undefined) return told(where, test, problems)
  if (owner === undefined || expires === undefined) return told(where, test, problems)
  return { entry: { test, reason, owner, expires }, problems: [] }
}

function told(where: string, test: string | undefined, problems: readonly string[]): ReadEntry {
  const about = test === undefined ? where : `${where} (\`${test}\`)`
  return { problems: problems.map((problem) => `${about}: ${problem}.`) }
}

function textAt(item: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = Object.hasOwn(item, key) ? item[key] : undefined
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function unknownKey(key: string): string | undefined {
  if (keys.some((known) => known === key)) return undefined
  const near = ['expiry', 'expire', 'until'].includes(key) ? 'expires' : closest(key, keys)
  return `there is no \`${key}\`${near === undefined ? '' : ` (did you mean \`${near}\`?)`}`
}

function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`
}

function dateProblem(expires: string, { today, longestDays }: QuarantineDates): string | undefined {
  if (!isDay(expires)) return `\`expires: ${expires}\` is no date; write it as \`${today}\``
  const latest = addDays(today, longestDays)
  if (expires <= latest) return undefined
  return `\`expires: ${expires}\` is more than ${longestDays} days away; today the latest is \`${latest}\``
}

/** Whether it is a day of the calendar, written `YYYY-MM-DD`; such days are in order as texts. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && dayOf(time) === text
}

/** `YYYY-MM-DD` in UTC of milliseconds since 1970. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function addDays(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000)
}

/** Whether an entry still holds: to the end of its last day. */
export function isExpired(entry: QuarantineEntry, today: string): boolean {
  return entry.expires < today
}

/** The first entry that still holds for a test. */
export function quarantineOf(
  id: string,
  entries: readonly QuarantineEntry[],
  today: string,
): QuarantineEntry | undefined {
  return entries.find((entry) => !isExpired(entry, today) && fitsPattern(entry.test, id))
}
