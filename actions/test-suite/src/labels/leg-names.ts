/** Names of the legs that arrived, for metrics and readers. Pure. */
import type { Leg } from '../shard/leg.ts'
import { legKey, legName } from '../shard/leg.ts'

interface LegOfJob {
  readonly leg: Leg
  readonly job?: string | undefined
}

/** Dimensions by which a runner that is no pytest shares its tests out, as in Playwright's own documentation. */
const shardDimension = /^shard(?:[-_]?(?:index|total|count|number))?$/i

/**
 * One for each part, in order, such as `python 3.12`; the same for the shards of one leg. With the job in front where
 * parts of several jobs arrived. Undefined where all are of one leg.
 */
export function nameLegs(parts: readonly LegOfJob[]): readonly (string | undefined)[] {
  const severalJobs = new Set(parts.map(({ job }) => job)).size > 1
  const names = new Map<string, string>()
  const used = new Set<string>()
  const keys = parts.map(({ leg, job }) => {
    const own = withoutShards(leg)
    const key = JSON.stringify([severalJobs ? (job ?? '') : '', legKey(own)])
    if (!names.has(key)) names.set(key, unused(nameOf(own, severalJobs ? job : undefined), used))
    return key
  })
  return keys.map((key) => (names.size > 1 ? names.get(key) : undefined))
}

/** `python 3.9` before `python 3.10`. */
export function compareLegs(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

function withoutShards(leg: Leg): Leg {
  return Object.fromEntries(Object.entries(leg).filter(([name]) => !shardDimension.test(name)))
}

function nameOf(leg: Leg, job: string | undefined): string {
  const parts = [job ?? '', legName(leg)].filter((part) => part !== '')
  return parts.length === 0 ? '(no matrix)' : parts.join(': ')
}

/** Long names are cut, and may then be equal. */
function unused(name: string, used: Set<string>): string {
  let own = name
  for (let number = 2; used.has(own); number += 1) own = `${name} (${number})`
  used.add(own)
  return own
}
