/** Which test runs in which shard. */
import { createHash } from 'node:crypto'
import { UserError } from '@ci-actions/shared'
import { balance, lowerBound } from './balance.ts'
import { estimateSeconds } from './estimate.ts'
import { limits } from './limits.ts'
import { testIdProblem } from './test-id.ts'

export interface KnownTest {
  readonly id: string
  readonly file: string
  /** As remembered; undefined, negative or no number: not known. */
  readonly seconds?: number | undefined
}

export interface Shard {
  /** From 1. */
  readonly number: number
  /** Sorted by code unit. */
  readonly ids: readonly string[]
  /** Expected of its tests one after the other; without starting, fixtures of more than one test, and services. */
  readonly seconds: number
}

export interface ShardPlan {
  /** Tells plans apart by their shards and ids; 64 hex digits. */
  readonly digest: string
  /** None is empty. */
  readonly shards: readonly Shard[]
  /** Tests whose duration was remembered; the others were estimated. */
  readonly known: number
  /** The fullest shard against the quickest that any plan could be; 1 is perfect. */
  readonly balance: number
}

export interface PlanOptions {
  /** Keep all tests of a file in one shard, where they share what is dear to set up. Default `test`. */
  readonly split?: 'test' | 'file' | undefined
}

interface Bundle {
  readonly ids: readonly string[]
  /** Whole microseconds. */
  readonly size: number
}

/**
 * Shares tests out by duration. The same tests give the same plan in whatever order they come. There are fewer
 * shards than wanted where there are fewer tests. Throws `UserError` for no tests, a test named twice, an id that
 * cannot be handed to a runner, and more shards than GitHub starts jobs.
 */
export function planShards(
  tests: readonly KnownTest[],
  shards: number,
  options: PlanOptions = {},
): ShardPlan {
  const problem = requestProblem(tests, shards)
  if (problem !== undefined) throw new UserError(problem)
  const inOrder = tests.toSorted((a, b) => compare(a.id, b.id))
  const { seconds, known } = estimateSeconds(inOrder)
  const bundles = bundle(inOrder, seconds, options.split ?? 'test')
  const sizes = bundles.map(({ size }) => size)
  const parts = balance(sizes, Math.min(shards, bundles.length))
  const loads = parts.map((part) => part.reduce((sum, piece) => sum + (sizes[piece] ?? 0), 0))
  const planned = parts.map((part, index) => ({
    number: index + 1,
    ids: part.flatMap((piece) => bundles[piece]?.ids ?? []).sort(compare),
    seconds: (loads[index] ?? 0) / 1e6,
  }))
  return {
    digest: digestOf(planned.map(({ ids }) => ids)),
    shards: planned,
    known,
    balance: Math.max(...loads) / lowerBound(sizes, parts.length),
  }
}

/** One sentence for the report. */
export function describePlan(plan: ShardPlan): string {
  const tests = plan.shards.reduce((sum, { ids }) => sum + ids.length, 0)
  const seconds = plan.shards.map((shard) => shard.seconds)
  const shape = `${tests} tests in ${plan.shards.length} shards`
  if (plan.known === 0)
    return `${shape}, split by count: no durations are remembered yet. The next plan will be better.`
  const longest = `${Math.max(...seconds).toFixed(1)} s`
  const over = ((plan.balance - 1) * 100).toFixed(1)
  const guessed = tests === plan.known ? '' : ` Estimated durations: ${tests - plan.known}.`
  return `${shape}: ${Math.min(...seconds).toFixed(1)} to ${longest} each, ${over} % above the best possible.${guessed}`
}

/** Of the ids by shard, each sorted. */
export function digestOf(shards: readonly (readonly string[])[]): string {
  const hash = createHash('sha256')
  // Ids have no line ends, and none is empty.
  for (const ids of shards) hash.update(`${ids.join('\n')}\n\n`)
  return hash.digest('hex')
}

function requestProblem(tests: readonly KnownTest[], shards: number): string | undefined {
  if (!Number.isInteger(shards) || shards < 1 || shards > limits.jobs)
    return `${shards} shards cannot be planned: give a whole number from 1 to ${limits.jobs}, as many jobs as GitHub starts from one matrix.`
  if (tests.length === 0)
    return 'There are no tests to share out. Look at the paths and markers that choose them.'
  if (tests.length > limits.tests)
    return `There are ${tests.length} tests; at most ${limits.tests} can be shared out.`
  for (const { id } of tests) {
    const problem = testIdProblem(id)
    if (problem !== undefined) return problem
  }
  const seen = new Set<string>()
  const twice = tests.find(({ id }) => seen.size === seen.add(id).size)
  return twice && `The test ${JSON.stringify(twice.id)} is listed twice, so it cannot be given to one shard.`
}

/** Largest first, equals in the order of the tests. `seconds`: by position in `tests`. */
function bundle(
  tests: readonly KnownTest[],
  seconds: readonly number[],
  split: 'test' | 'file',
): readonly Bundle[] {
  const size = (index: number) => Math.round((seconds[index] ?? 0) * 1e6)
  const byTest = () => tests.map(({ id }, index) => ({ ids: [id], size: size(index) }))
  const byFile = () =>
    [...Map.groupBy(tests.keys(), (index) => tests[index]?.file ?? '').values()].map((positions) => ({
      ids: positions.flatMap((index) => tests[index]?.id ?? []),
      size: positions.reduce((sum, index) => sum + size(index), 0),
    }))
  const bundles = split === 'file' ? byFile() : byTest()
  return bundles.sort((a, b) => b.size - a.size)
}

/** By code unit: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
