/** Whether everything that was to be tested was tested: the proof without which a merge is not green. */
import type { ArrivedShard } from './arrived-shard.ts'
import { legSuffix, nameOf } from './arrived-shard.ts'
import type { Leg } from './leg.ts'
import { legKey, legName } from './leg.ts'
import type { ShardPlan } from './shard-plan.ts'
import { testProblems } from './shard-tests.ts'

export interface CompletenessOptions {
  /** Where they are known; else the number of jobs that the manifests name decides. */
  readonly legs?: readonly Leg[] | undefined
  /** This run: shards of another one do not count. */
  readonly run?: string | undefined
  /** What results call a planned test; default the same. */
  readonly resultId?: ((plannedId: string) => string) | undefined
}

/** Sentences: what is missing, double or was not planned. None: the results are those of the whole plan. */
export function proveComplete(
  expected: ShardPlan | { readonly shards: number },
  arrived: readonly ArrivedShard[],
  options: CompletenessOptions = {},
): readonly string[] {
  const { newest } = newestAttempts(arrived)
  if (newest.length === 0) return ['No shard has arrived.']
  const plan = 'digest' in expected ? expected : undefined
  const count = 'digest' in expected ? expected.shards.length : expected.shards
  const legs = Map.groupBy(newest, ({ manifest }) => legKey(manifest.leg))
  return [
    ...runProblems(newest, options.run),
    ...planProblems(newest, plan?.digest, count),
    ...[...legs.values()].flatMap((leg) => shardProblems(leg, count)),
    ...(options.legs === undefined ? jobProblems(newest) : legProblems(legs, options.legs)),
    ...newest.flatMap((shard) => testProblems(shard, plan, options.resultId ?? ((id) => id))),
    ...[...legs.values()].flatMap(sharedTests),
  ]
}

/** Of a job that ran again, only the last attempt counts, in the proof and in the totals. Other jobs stay as they are. */
export function newestAttempts(arrived: readonly ArrivedShard[]): {
  readonly newest: readonly ArrivedShard[]
  readonly replaced: readonly ArrivedShard[]
} {
  const last = new Map<string, number>()
  const key = ({ manifest: { leg, shard, run, job } }: ArrivedShard) =>
    JSON.stringify([legKey(leg), shard, run, job])
  for (const one of arrived)
    last.set(key(one), Math.max(one.manifest.attempt, last.get(key(one)) ?? one.manifest.attempt))
  const isNewest = (one: ArrivedShard) => one.manifest.attempt === last.get(key(one))
  return { newest: arrived.filter(isNewest), replaced: arrived.filter((one) => !isNewest(one)) }
}

function runProblems(arrived: readonly ArrivedShard[], run: string | undefined): readonly string[] {
  const wanted = run ?? arrived[0]?.manifest.run
  return arrived
    .filter(({ manifest }) => manifest.run !== wanted)
    .map(
      (one) =>
        `${nameOf(one)} is from ${one.manifest.run === undefined ? 'an unknown run' : `run ${one.manifest.run}`}, not from ${wanted === undefined ? 'the same as the others' : `run ${wanted}`}: remove results of earlier runs.`,
    )
}

function planProblems(
  arrived: readonly ArrivedShard[],
  digest: string | undefined,
  count: number,
): readonly string[] {
  const wanted = digest ?? arrived[0]?.manifest.plan
  return arrived.flatMap((one) => {
    const { plan, shards } = one.manifest
    if (shards !== count) return [`${nameOf(one)} is one of ${shards}, but ${count} were planned.`]
    if (plan === wanted && (plan !== undefined || count === 1)) return []
    return [`${nameOf(one)} ran by another plan (${short(plan)}) than ${short(wanted)}.`]
  })
}

function short(digest: string | undefined): string {
  return digest === undefined ? 'none' : digest.slice(0, 12)
}

function shardProblems(leg: readonly ArrivedShard[], count: number): readonly string[] {
  const byNumber = Map.groupBy(leg, ({ manifest }) => manifest.shard)
  const where = legSuffix(leg[0]?.manifest.leg ?? {})
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((one) => !byNumber.has(one))
  const double = [...byNumber].filter(([, all]) => all.length > 1)
  return [
    ...missing.map((number) => `Shard ${number} of ${count}${where} has not arrived.`),
    ...double.map(
      ([number, all]) =>
        `Shard ${number} of ${count}${where} has arrived ${all.length} times: ${all.map(({ source }) => source).join(', ')}.`,
    ),
  ]
}

function legProblems(
  legs: ReadonlyMap<string, readonly ArrivedShard[]>,
  expected: readonly Leg[],
): readonly string[] {
  const wanted = new Map(expected.map((leg) => [legKey(leg), leg]))
  const missing = [...wanted].filter(([key]) => !legs.has(key))
  const unplanned = [...legs].filter(([key]) => !wanted.has(key))
  return [
    ...missing.map(([, leg]) => `Nothing has arrived from the leg ${legName(leg)}.`),
    ...unplanned.map(
      ([, [one]]) => `The leg ${legName(one?.manifest.leg ?? {})} was not planned (${one?.source ?? ''}).`,
    ),
  ]
}

/** Legs can only be missed where their number is known. */
function jobProblems(arrived: readonly ArrivedShard[]): readonly string[] {
  const totals = new Set(arrived.map(({ manifest }) => manifest.jobs))
  const [jobs] = totals
  if (totals.size > 1) return ['The jobs disagree about how many of them there are.']
  const different = new Set(arrived.map(({ manifest: { leg, shard } }) => `${shard} ${legKey(leg)}`)).size
  if (jobs === undefined) {
    const isMatrix = arrived.some(({ manifest: { leg } }) => Object.keys(leg).length > 0)
    return isMatrix
      ? [
          'Whether all legs of the matrix have arrived cannot be proven, since nothing says how many there are.',
        ]
      : []
  }
  if (jobs === different) return []
  return [`The matrix has ${jobs} jobs; results of ${different} have arrived.`]
}

/** Where no plan says so: no two shards of a leg were given the same test. */
function sharedTests(leg: readonly ArrivedShard[]): readonly string[] {
  const owner = new Map<string, ArrivedShard>()
  const problems: string[] = []
  for (const one of leg)
    for (const id of one.manifest.tests ?? []) {
      const other = owner.get(id)
      owner.set(id, one)
      if (other !== undefined && other.manifest.shard !== one.manifest.shard && problems.length === 0)
        problems.push(
          `${nameOf(one)} and shard ${other.manifest.shard} were both given ${JSON.stringify(id)}.`,
        )
    }
  return problems
}
