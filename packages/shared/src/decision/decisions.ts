/**
 * Lists of decisions that hold for a while: somebody says of something why it does not count, answers for it, and until
 * when. Such lists are written by hand, in the policy file or a file of their own. Pure: whoever calls says what day it is.
 */
import { closest } from '../parse/closest.ts'
import { isRecord } from '../parse/json.ts'
import { proseCode } from '../report/prose.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import { addDays, isDay } from './day.ts'

export interface Decision {
  /** What it is about. */
  readonly subject: string
  readonly reason: string
  readonly owner: string
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string
  /** What else it may say, by key. */
  readonly more: Readonly<Record<string, string>>
  /** 1-based, in its list. */
  readonly number: number
}

/** What is particular to one kind of list. */
export interface DecisionList {
  /** As sentences begin: `` `quarantine` ``. */
  readonly name: string
  /** Where that is, behind the name: ` in the policy file`. */
  readonly place: string
  /** Key of {@link Decision.subject}. */
  readonly subject: string
  /** Keys that may be there. */
  readonly optional: readonly string[]
  /** How many days from today an entry may hold. */
  readonly longestDays: number
  /** What is wrong with a complete entry beside its dates, such as `` `test: **` names no test ``. */
  problemsOf(subject: string | undefined, more: Readonly<Record<string, string>>): readonly string[]
}

export interface ReadDecisions {
  readonly decisions: readonly Decision[]
  /** Sentences; each is an input error. */
  readonly problems: readonly string[]
}

/** Reads plain data; there is no list where it is undefined or null. */
export function readDecisions(data: unknown, list: DecisionList, today: string): ReadDecisions {
  if (data === undefined || data === null) return { decisions: [], problems: [] }
  const needed = namesOf(requiredOf(list))
  if (!Array.isArray(data)) {
    const problem = `${list.name}${list.place} must be a list of entries with ${needed}.`
    return { decisions: [], problems: [problem] }
  }
  const items: readonly unknown[] = data
  const read = items.map((item, index) => readEntry(item, index + 1, list, today))
  const decisions = read.flatMap(({ decision }) => decision ?? [])
  return {
    decisions,
    problems: [
      ...read.flatMap(({ problems }) => problems),
      ...repeated(decisions).map(
        (subject) => `${list.name}: ${shownSubject(subject)} is there more than once.`,
      ),
    ],
  }
}

/** What more than one decision is about. */
export function repeated(decisions: readonly Decision[]): readonly string[] {
  const alike = Map.groupBy(decisions, ({ subject }) => subject)
  return [...alike].flatMap(([subject, { length }]) => (length > 1 ? [subject] : []))
}

/** It holds to the end of its last day. */
export function isExpired({ expires }: Pick<Decision, 'expires'>, today: string): boolean {
  return expires < today
}

function requiredOf({ subject }: DecisionList): readonly string[] {
  return [subject, 'reason', 'owner', 'expires']
}

interface ReadEntry {
  readonly decision?: Decision
  readonly problems: readonly string[]
}

function readEntry(item: unknown, number: number, list: DecisionList, today: string): ReadEntry {
  const where = `${list.name}, entry ${number}`
  const required = requiredOf(list)
  if (!isRecord(item)) return { problems: [`${where}: must have ${namesOf(required)}.`] }
  const [subject, reason, owner, expires] = required.map((key) => textAt(item, key))
  const missing = required.filter((key) => textAt(item, key) === undefined)
  const more = Object.fromEntries(
    list.optional.flatMap((key) => {
      const value = textAt(item, key)
      return value === undefined ? [] : [[key, value]]
    }),
  )
  const problems = [
    ...Object.keys(item).flatMap((key) => unknownKey(key, [...required, ...list.optional]) ?? []),
    ...(missing.length > 0 ? [`needs ${namesOf(missing)}; all four are required`] : []),
    ...list.optional
      .filter((key) => Object.hasOwn(item, key) && textAt(item, key) === undefined)
      .map((key) => `\`${key}\` must be a text`),
    ...list.problemsOf(subject, more),
    ...(expires === undefined ? [] : dateProblems(expires, today, list.longestDays)),
  ]
  const about = subject === undefined ? where : `${where} (${shownSubject(subject)})`
  if (problems.length > 0) return { problems: problems.map((problem) => `${about}: ${problem}.`) }
  if (subject === undefined || reason === undefined || owner === undefined || expires === undefined)
    return { problems: [] }
  return { decision: { subject, reason, owner, expires, more, number }, problems: [] }
}

function textAt(item: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = Object.hasOwn(item, key) ? item[key] : undefined
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** What people call the end of something. */
const otherNamesOfExpires = ['expiry', 'expire', 'until', 'expiration', 'expires-on', 'expired']

function unknownKey(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) return undefined
  const near = otherNamesOfExpires.includes(key) ? 'expires' : closest(key, known)
  const hint = near === undefined ? '' : ` (did you mean \`${near}\`?)`
  return `there is no ${shownSubject(key)}${hint}`
}

function dateProblems(expires: string, today: string, longestDays: number): readonly string[] {
  const said = shownSubject(`expires: ${expires}`)
  if (!isDay(expires)) return [`${said} is no date; write it as \`${today}\``]
  const latest = addDays(today, longestDays)
  if (expires <= latest) return []
  return [`${said} is more than ${longestDays} days away; today the latest is \`${latest}\``]
}

/** As code, on one line, not long. */
export function shownSubject(text: string): string {
  return proseCode(shorten(visibleLine(text), 200))
}

/** `` `a`, `b` and `c` ``. */
function namesOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`
}
