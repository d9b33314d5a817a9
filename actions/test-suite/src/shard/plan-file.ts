/** The plan as a file, which the planning job hands to the jobs of the matrix. `docs/shards.md` has its format. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import { limits } from './limits.ts'
import { openDocument, readIds } from './shard-document.ts'
import type { Shard, ShardPlan } from './shard-plan.ts'
import { digestOf } from './shard-plan.ts'

export const planFileName = 'shard-plan.json'
const format = 'ci-actions/shard-plan'
const version = 1

export function renderPlan(plan: ShardPlan): string {
  const shards = plan.shards.map(({ number, seconds, ids }) => ({ shard: number, seconds, tests: ids }))
  const { digest, known, balance } = plan
  return `${JSON.stringify({ format, version, digest, known, balance, shards })}\n`
}

/** `problem` is a sentence: what of the file cannot be trusted. */
export function parsePlan(text: string): { readonly plan: ShardPlan } | { readonly problem: string } {
  const opened = openDocument(text, { format, version, name: 'shard plan' })
  return 'problem' in opened ? opened : readPlan(opened.document)
}

function readPlan(document: JsonRecord): { readonly plan: ShardPlan } | { readonly problem: string } {
  const { shards: listed, known, balance } = document
  if (!Array.isArray(listed) || listed.length === 0 || listed.length > limits.jobs)
    return { problem: `The shard plan does not hold 1 to ${limits.jobs} shards.` }
  const shards: Shard[] = []
  for (const [index, one] of listed.entries()) {
    const ids = readIds(isRecord(one) ? one['tests'] : undefined)
    if ('problem' in ids) return { problem: `Shard ${index + 1} of the shard plan: ${ids.problem}` }
    shards.push({ number: index + 1, ids: ids.ids, seconds: positive(isRecord(one) ? one['seconds'] : 0) })
  }
  const digest = digestOf(shards.map(({ ids }) => ids))
  const all = shards.flatMap(({ ids }) => ids)
  if (document['digest'] !== digest || new Set(all).size !== all.length)
    return { problem: 'The shard plan is damaged: its digest is not that of its tests.' }
  return { plan: { digest, shards, known: positive(known), balance: Math.max(1, positive(balance)) } }
}

function positive(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}
