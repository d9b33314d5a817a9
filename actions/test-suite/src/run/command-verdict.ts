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
  /** Those of them to which this try wrote nothing, and should have. */
  readonly idle: readonly string[]
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
  if (files.length === 0) return [noFiles(end, end.patterns)]
  return [
    // One that is missing would else hide behind the others.
    ...(end.idle.length > 0 ? [noFiles(end, end.idle)] : []),
    ...files.flatMap(({ path, complete, problems, unreadable }) => {
      if (unreadable !== undefined)
        return [problem('results-damaged', `${path} cannot be read as test results: ${unreadable}`)]
      const why = problems.length === 0 ? 'It is cut off or damaged.' : problems.join(' ')
      return complete ? [] : [problem('results-damaged', `${path}: ${why}`)]
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

function noFiles({ name, process, stale }: CommandEnd, patterns: readonly string[]): RunProblem {
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
