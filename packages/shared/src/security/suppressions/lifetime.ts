/** How long a suppression may hold: the worse the risk, the sooner somebody has to look again. Pure. */
import type { Severity } from '../../finding/finding.ts'
import { closest } from '../../parse/closest.ts'
import { isRecord } from '../../parse/json.ts'
import { proseCode } from '../../report/prose.ts'
import { shorten, visibleLine } from '../../report/visible.ts'

/** In days, from today. */
export type Lifetimes = Readonly<Record<Severity, number>>

export const defaultLifetimes: Lifetimes = { critical: 30, high: 90, medium: 180, low: 365, unknown: 30 }

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unknown']

/** Nobody knows what will be in ten years; larger numbers are slips. */
const mostDays = 3650

export interface ReadLifetimes {
  readonly lifetimes: Lifetimes
  /** Sentences; each is an input error. */
  readonly problems: readonly string[]
}

/** Reads `suppression-limits` of the policy file's section, as plain data. What is not given keeps its default. */
export function readLifetimes(policy: unknown): ReadLifetimes {
  if (policy === undefined || policy === null) return { lifetimes: defaultLifetimes, problems: [] }
  if (!isRecord(policy)) {
    const problem = `\`suppression-limits\` in the policy file must be a map of severities to days, such as \`high: 60\`.`
    return { lifetimes: defaultLifetimes, problems: [problem] }
  }
  const given = Object.entries(policy).filter(([key]) => severities.some((known) => known === key))
  return {
    lifetimes: {
      ...defaultLifetimes,
      ...Object.fromEntries(given.filter((pair): pair is [string, number] => isDays(pair[1]))),
    },
    problems: Object.entries(policy).flatMap(([key, value]) => problemOf(key, value) ?? []),
  }
}

function problemOf(key: string, value: unknown): string | undefined {
  if (!severities.some((known) => known === key)) {
    const near = closest(key, severities)
    const hint = near === undefined ? ` There are: ${severities.join(', ')}.` : ` Did you mean \`${near}\`?`
    return `\`suppression-limits\`: there is no severity ${proseCode(shorten(visibleLine(key), 60))}.${hint}`
  }
  return isDays(value)
    ? undefined
    : `\`suppression-limits\`: \`${key}\` must be a number of days from 1 to ${mostDays}.`
}

function isDays(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostDays
}

export function longestLifetime(lifetimes: Lifetimes): number {
  return Math.max(...Object.values(lifetimes))
}
