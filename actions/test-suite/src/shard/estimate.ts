interface Timed {
  readonly file: string
  readonly seconds?: number | undefined
}

/** A runner spends about that on a test beyond what it records, and JUnit files round shorter ones to nothing. */
const shortest = 0.001
/** A day: longer ones are a clock that was set, and would keep a shard for themselves. */
const longest = 86_400

/** Seconds by test: as remembered, else the median of its file, else that of all, else 1, so that the count decides. */
export function estimateSeconds(tests: readonly Timed[]): {
  readonly seconds: readonly number[]
  readonly known: number
} {
  const remembered = tests.map(({ seconds }) => valid(seconds))
  const byFile = Map.groupBy(tests.keys(), (index) => tests[index]?.file ?? '')
  const medians = new Map(
    [...byFile].map(([file, positions]) => [file, median(positions.map((at) => remembered[at]))]),
  )
  const overall = median(remembered) ?? 1
  return {
    seconds: tests.map(({ file }, index) => remembered[index] ?? medians.get(file) ?? overall),
    known: remembered.filter((seconds) => seconds !== undefined).length,
  }
}

function valid(seconds: number | undefined): number | undefined {
  if (seconds === undefined || !(seconds >= 0 && seconds <= longest)) return undefined
  return Math.max(shortest, seconds)
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2
}
