import type { Clock } from '../ports.ts'

/** A clock that stands still until somebody sleeps, and whose chance is a counter. */
export interface RecordingClock extends Clock {
  /** All that was slept, in milliseconds. */
  readonly slept: readonly number[]
  advance(ms: number): void
}

export function recordingClock(start: number): RecordingClock {
  const slept: number[] = []
  let elapsed = 0
  let drawn = 0
  return {
    slept,
    now: () => start + elapsed,
    monotonic: () => elapsed,
    sleep: async (ms) => {
      slept.push(ms)
      elapsed += ms
    },
    random: (bytes) => {
      drawn += 1
      return drawn
        .toString(16)
        .padStart(bytes * 2, '0')
        .slice(-bytes * 2)
    },
    advance: (ms) => {
      elapsed += ms
    },
  }
}
