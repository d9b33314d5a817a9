import { UserError } from '@ci-actions/shared'
import { limits } from './limits.ts'
import type { ShardPlan } from './shard-plan.ts'

/** Other dimensions of the same matrix: values by name. */
export type Dimensions = Readonly<Record<string, readonly unknown[]>>

/**
 * JSON for `strategy.matrix: ${{ fromJSON(…) }}`: `{"shard":[1,2,3]}`, with the other dimensions before. Throws
 * `UserError` above GitHub's limits on jobs of a matrix and bytes of an output.
 */
export function shardMatrix(plan: ShardPlan, dimensions: Dimensions = {}): string {
  const problems = Object.entries(dimensions).flatMap(([name, values]) => dimensionProblems(name, values))
  const shards = plan.shards.map(({ number }) => number)
  const legs = Object.values(dimensions).reduce((product, values) => product * values.length, 1)
  if (problems.length === 0 && legs * shards.length > limits.jobs)
    problems.push(jobsProblem(shards.length, legs))
  const matrix = JSON.stringify({ ...dimensions, shard: shards })
  if (problems.length === 0 && matrix.length * 2 > limits.outputBytes)
    problems.push('The matrix is larger than 1 MB, which is what GitHub takes as an output.')
  if (problems.length > 0) throw new UserError(problems)
  return matrix
}

function jobsProblem(shards: number, legs: number): string {
  const most = Math.floor(limits.jobs / legs)
  const advice = most === 0 ? 'Use fewer values.' : `Use at most ${most} shards.`
  return `${shards} shards in each of ${legs} legs are ${shards * legs} jobs; GitHub starts at most ${limits.jobs} from one matrix. ${advice}`
}

function dimensionProblems(name: string, values: readonly unknown[]): string[] {
  const shown = JSON.stringify(name)
  if (!/^[A-Za-z_][\w-]*$/.test(name))
    return [`${shown} cannot be a dimension of a matrix: use letters, digits, - and _.`]
  if (['shard', 'include', 'exclude'].includes(name))
    return [`${shown} cannot be a dimension beside the shards: the name has a meaning of its own.`]
  return values.length === 0 ? [`The dimension ${shown} has no values, so there would be no jobs.`] : []
}
