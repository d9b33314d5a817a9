/** What makes the results of a run untrustworthy or partial. Any of them keeps the verdict from being green. */

/**
 * Stable codes, for reports and branching.
 *
 * - `setup-failed`, `teardown-failed`, `not-ready`: around the tests.
 * - `not-started`, `timed-out`, `cancelled`, `killed` (SIGKILL, mostly out of memory), `crashed` (any other signal).
 * - `usage-error`, `internal-error`, `interrupted`, `collection-error`, `no-tests`: pytest's exit codes 4, 3, 2, 2, 5.
 * - `unexpected-exit`: an exit code that means nothing known.
 * - `no-results`: it ended well and left no results. `ended-early`: it ended well, but not where pytest ends.
 * - `tests-missing`: tests were collected, or asked for, and did not run.
 * - `results-damaged`: cut off or unreadable. `exit-disagrees`: exit code and results say different things.
 * - `coverage-missing`: asked for and not there. `coverage-damaged`: cut off or unreadable. `parts-missing`: a shard or leg did not arrive, or not whole.
 */
export type RunProblemCode =
  | 'setup-failed'
  | 'teardown-failed'
  | 'not-ready'
  | 'not-started'
  | 'timed-out'
  | 'cancelled'
  | 'killed'
  | 'crashed'
  | 'usage-error'
  | 'internal-error'
  | 'interrupted'
  | 'collection-error'
  | 'no-tests'
  | 'unexpected-exit'
  | 'no-results'
  | 'ended-early'
  | 'tests-missing'
  | 'results-damaged'
  | 'exit-disagrees'
  | 'coverage-missing'
  | 'coverage-damaged'
  | 'parts-missing'

export interface RunProblem {
  readonly code: RunProblemCode
  /** One or two sentences: what happened, and what to do. */
  readonly message: string
  /** The last lines that were printed, where they explain it; without secrets. */
  readonly output?: string | undefined
}

export function problem(code: RunProblemCode, message: string, output?: string): RunProblem {
  return { code, message, ...(output !== undefined && output !== '' && { output }) }
}

const mostProblems = 20

/** The first ones, and how many more there are: ten thousand files may all be damaged. */
export function firstProblems(problems: readonly RunProblem[]): readonly RunProblem[] {
  const [next] = problems.slice(mostProblems)
  if (next === undefined) return problems
  const more = `And ${problems.length - mostProblems} more problems with files, not shown.`
  return [...problems.slice(0, mostProblems), problem(next.code, more)]
}

/** `3 tests`, `1 test`. */
export function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`
}
