/** The shard that a run is, and the manifest by which the merge knows it. */
import { join } from 'node:path'
import { isRecord, UserError } from '@ci-actions/shared'
import type { GatheredTests } from './gathered.ts'
import type { Leg } from './shard/leg.ts'
import { legOf } from './shard/leg.ts'
import { manifestFileName, renderManifest } from './shard/manifest-file.ts'
import { parsePlan } from './shard/plan-file.ts'
import type { ShardPlan } from './shard/shard-plan.ts'
import type { Suite } from './suite.ts'

export interface ShardOfRun {
  /** From 1. */
  readonly number: number
  readonly plan: ShardPlan
  readonly ids: readonly string[]
}

/** Undefined where the run is not one of several. Throws a `UserError` for a plan that cannot be used. */
export async function shardOfRun(suite: Suite): Promise<ShardOfRun | undefined> {
  const { shard: number } = suite.context.inputs
  if (number === undefined) return undefined
  const plan = await readPlan(suite)
  if (plan === undefined)
    throw new UserError('`shard` needs `shard-plan`: the file that `mode: shard` wrote.')
  const found = plan.shards[number - 1]
  if (found === undefined)
    throw new UserError(`\`shard\` is ${number}, and the plan has ${plan.shards.length} shards.`)
  return { number, plan, ids: found.ids }
}

/** The plan in `shard-plan`; undefined where none is given. */
export async function readPlan({ context, top }: Suite): Promise<ShardPlan | undefined> {
  const path = context.inputs['shard-plan']
  if (path === undefined) return undefined
  const text = await context.host.files.readText(join(top, path))
  if (text === undefined) throw new UserError(`\`shard-plan\`: there is no file \`${path}\`.`)
  const read = parsePlan(text)
  if ('problem' in read) throw new UserError(`\`shard-plan\`: ${read.problem}`)
  return read.plan
}

/** By name in the report folder. */
export function manifestOf(
  suite: Suite,
  shard: ShardOfRun | undefined,
  { runner, selected }: { readonly runner: GatheredTests['runner']; readonly selected: boolean },
): Readonly<Record<string, string>> {
  const { host, inputs } = suite.context
  const { event } = host.facts
  const jobs = Number(inputs['job-total'] ?? '')
  const manifest = renderManifest({
    shard: shard?.number ?? 1,
    shards: shard?.plan.shards.length ?? 1,
    // A dimension `shard` that no plan of ours made is one like any other: only the number of jobs proves it.
    leg: shard === undefined ? (matrixOf(inputs.matrix) ?? {}) : legOf(matrixOf(inputs.matrix)),
    ...(shard !== undefined && { plan: shard.plan.digest, tests: shard.ids }),
    ...(event !== undefined && { run: event.runId, job: event.job }),
    attempt: event?.runAttempt ?? 1,
    runner,
    ...(selected && { selected }),
    ...(Number.isInteger(jobs) && jobs > 0 && { jobs }),
  })
  return { [manifestFileName]: manifest }
}

function matrixOf(text: string | undefined): Leg | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
