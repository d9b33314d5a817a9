/** Order and overlap of tool runs: longest first, within a budget of cores. */
import type { ToolScope } from './tool.ts'

export interface Job {
  /** True for a tool that uses several cores by itself. */
  readonly parallel: boolean
  /** Expected seconds; undefined where nothing is remembered. */
  readonly seconds?: number | undefined
  readonly scope: ToolScope
}

/**
 * Longest first, since a long job that starts last runs alone. Without a remembered duration the order is the
 * usual one of tools: those that bother to use several cores, then those that see the whole project, then those
 * that see single files; all of them before anything that is known to be short.
 */
export function longestFirst<J extends Job>(jobs: readonly J[]): readonly J[] {
  return [...jobs].sort((a, b) => expected(b) - expected(a))
}

const usualSeconds = { imports: 60, project: 30, file: 10 } as const

function expected(job: Job): number {
  return job.seconds ?? usualSeconds[job.scope] * (job.parallel ? 4 : 1)
}

/**
 * Cores that a job is counted with. A parallel tool leaves one core free: its start and its end run on one core
 * anyway, and single-core tools fill that gap.
 */
export function weight(job: Job, cores: number): number {
  return job.parallel ? Math.max(1, cores - 1) : 1
}

/**
 * Runs all jobs, in the order given as far as the cores allow: a job that does not fit is overtaken by the ones
 * behind it. Two parallel tools never overlap. `run` must not throw.
 */
export async function runScheduled<J extends Job>(
  jobs: readonly J[],
  cores: number,
  run: (job: J) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs]
  const running = new Map<J, Promise<void>>()
  while (waiting.length > 0 || running.size > 0) {
    let next = nextJob(waiting, [...running.keys()], cores)
    while (next !== undefined) {
      const job = next
      waiting.splice(waiting.indexOf(job), 1)
      running.set(
        job,
        run(job).finally(() => running.delete(job)),
      )
      next = nextJob(waiting, [...running.keys()], cores)
    }
    await Promise.race(running.values())
  }
}

/** The first waiting job that fits beside the running ones; any fits when nothing runs. */
export function nextJob<J extends Job>(
  waiting: readonly J[],
  running: readonly Job[],
  cores: number,
): J | undefined {
  const used = running.reduce((total, job) => total + weight(job, cores), 0)
  const parallelRuns = running.some((job) => job.parallel)
  return waiting.find(
    (job) => running.length === 0 || (used + weight(job, cores) <= cores && !(job.parallel && parallelRuns)),
  )
}
