/** Durations as a runner records them: most tests take milliseconds, a few browse or migrate for seconds. */
import type { KnownTest } from '../shard-plan.ts'

/** The same for the same seed; in seconds, to the millisecond, as JUnit files have them. */
export function recordedDurations(tests: number, seed: number): readonly KnownTest[] {
  const random = chance(seed)
  const files = Math.max(1, Math.round(tests / 12))
  const speeds = Array.from({ length: files }, () => Math.exp(normal(random) - 2.5))
  return Array.from({ length: tests }, (_, index) => {
    const file = Math.floor((index * files) / tests)
    const seconds = (speeds[file] ?? 1) * Math.exp(normal(random))
    const path = `tests/unit/test_module_${file}.py`
    return { id: `${path}::test_case_${index}`, file: path, seconds: Math.round(seconds * 1000) / 1000 }
  })
}

/** Numbers from 0 up to 1 (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
