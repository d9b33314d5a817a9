import type { ArrivedShard } from './arrived-shard.ts'
import { nameOf } from './arrived-shard.ts'
import type { ShardPlan } from './shard-plan.ts'

/** Named in a sentence; the others are counted. */
const mostNamed = 5

/** What a shard was given against the plan, and what is in its results against what it was given. */
export function testProblems(
  shard: ArrivedShard,
  plan: ShardPlan | undefined,
  resultId: (plannedId: string) => string,
): readonly string[] {
  const { manifest } = shard
  const found = new Set(shard.ids)
  const given = manifest.tests
  if (given === undefined) {
    // Where only what the change can affect was to run, there may be nothing.
    const mayBeEmpty = manifest.selected === true
    return found.size === 0 && !mayBeEmpty ? [`${nameOf(shard)} has no tests in its results.`] : []
  }
  const planned = plan?.shards[manifest.shard - 1]?.ids
  const sameAsPlanned =
    planned === undefined ||
    (planned.length === given.length && planned.every((id, index) => id === given[index]))
  const wanted = new Map(given.map((id) => [resultId(id), id]))
  const missing = [...wanted].filter(([id]) => !found.has(id)).map(([, id]) => id)
  const unplanned = [...found].filter((id) => !wanted.has(id))
  return [
    ...(sameAsPlanned ? [] : [`${nameOf(shard)} was given other tests than the plan has for it.`]),
    ...(missing.length === 0 ? [] : [`${nameOf(shard)} has no result of ${list(missing)}.`]),
    ...(unplanned.length === 0
      ? []
      : [`${nameOf(shard)} has results that it was not given: ${list(unplanned)}.`]),
  ]
}

function list(ids: readonly string[]): string {
  const named = ids.slice(0, mostNamed).map((id) => JSON.stringify(id.slice(0, 200)))
  const more = ids.length - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
