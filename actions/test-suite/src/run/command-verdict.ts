/** What one try of another runner is worth: its exit code against the result files that it wrote. */
import type { RunProblem } from './problem.ts'
import { count, problem } from './problem.ts'
import type { ProcessEnd } from './process-problem.ts'
import { outputOf, processProblem } from './process-problem.ts'

export interface CommandEnd {
  /** Name of the program. */
  readonly name: string
  readonly process: ProcessEnd
  /** Patterns that were looked for. */
  readonly patterns: readonly string[]
  /** Result files that this try wrote. */
  readonly files: readonly ReportRead[]
  /** Result files that match and were not touched by this try. */
  readonly stale: readonly string[]
  readonly tests: number
  readonly failed: number
}

export interface ReportRead {
  readonly path: string
  readonly complete: boolean
  readonly problems: readonly string[]
  /** Why it is no result file at all. */
  readonly unreadable?: string | undefined
}

/** Empty where exit code and results agree. Failed tests are no problem: they are results. */
export function commandProblems(end: CommandEnd): readonly RunProblem[] {
  const { name, process, files } = end
  const stopped = processProblem(name, process)
  if (stopped !== undefined) return [stopped]
  if (files.length === 0) return [noFiles(end)]
  return [
    ...files.flatMap(({ path, complete, unreadable }) => {
      if (unreadable !== undefined)
        return [problem('results-damaged', `${path} cannot be read as test results: ${unreadable}`)]
      return complete ? [] : [problem('results-damaged', `${path} is cut off or damaged.`)]
    }),
    ...countProblems(end),
  ]
}

function countProblems({ name, process, tests, failed }: CommandEnd): readonly RunProblem[] {
  const shown = outputOf(process)
  if (tests === 0)
    return [problem('no-tests', `${name} ended with exit code ${process.exitCode}, and no test ran.`, shown)]
  if (process.exitCode === 0 && failed > 0)
    return [problem('exit-disagrees', `${name} ended with exit code 0, and ${count(failed, 'test')} failed.`)]
  if (process.exitCode !== 0 && failed === 0)
    return [
      problem(
        'exit-disagrees',
        `${name} ended with exit code ${process.exitCode}, and no test failed in its results.`,
        shown,
      ),
    ]
  return []
}

function noFiles({ name, process, patterns, stale }: CommandEnd): RunProblem {
  const looked = patterns.map((pattern) => `\`${pattern}\``).join(', ')
  const old =
    stale.length === 0
      ? ''
      : ` ${count(stale.length, 'file')} there is older than the run and was not taken: ${stale.slice(0, 5).join(', ')}.`
  return problem(
    'no-results',
    `${name} ended with exit code ${process.exitCode} and wrote no results to ${looked}.${old}`,
    outputOf(process),
  )
}
