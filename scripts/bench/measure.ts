/** Whole processes, measured from outside: wall and CPU seconds of a command with all its children, peak memory of ours. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Timing {
  readonly wall: number
  /** User and system seconds of the process and all its children. */
  readonly cpu: number
  readonly exitCode: number | null
}

/** Runs a script by bash, whose `time` counts children of children too. */
export function timeShell(script: string, cwd: string, env: Readonly<Record<string, string>>): Timing {
  const timed = `TIMEFORMAT='%R %U %S'; time { ${script}\n} >/dev/null 2>&1; exit 0`
  const { stderr, status } = spawnSync('bash', ['-c', timed], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number)
  return { wall, cpu: user + system, exitCode: status }
}

/** One word for bash. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Megabytes that `peak.mjs` wrote when the process ended. */
export function readPeak(file: string): number {
  return Number(readFileSync(file, 'utf8')) / 1024
}
