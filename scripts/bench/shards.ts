/** Sharing tests out: how far the fullest shard is above the quickest plan there could be, and how long planning takes. */
import { planShards } from '../../actions/test-suite/src/shard/shard-plan.ts'
import { recordedDurations } from '../../actions/test-suite/src/shard/test/recorded-durations.ts'

export interface ShardingFigure {
  readonly tests: number
  /** The worst over all numbers of shards and sets of durations; 1 is perfect. */
  readonly balance: number
  /** The longest planning. */
  readonly seconds: number
}

const shardCounts = [2, 3, 4, 6, 8, 12, 16, 32, 64, 256]
const seeds = [1, 2, 3, 4, 5]

/** One figure for each size; targets are a balance of 1.02 and one second. */
export function measureSharding(
  sizes: readonly number[] = [50, 500, 5000, 50_000],
): readonly ShardingFigure[] {
  return sizes.map((tests) => {
    const plans = seeds.flatMap((seed) => {
      const recorded = recordedDurations(tests, seed)
      return shardCounts.map((shards) => {
        const start = performance.now()
        const { balance } = planShards(recorded, shards)
        return { balance, seconds: (performance.now() - start) / 1000 }
      })
    })
    return {
      tests,
      balance: Math.max(...plans.map(({ balance }) => balance)),
      seconds: Math.max(...plans.map(({ seconds }) => seconds)),
    }
  })
}
