/** What one try of pytest is worth: the end of its process against what was recorded and what its JUnit file says. */
import type { RunProblem } from './problem.ts'
import { count, problem } from './problem.ts'
import type { ProcessEnd } from './process-problem.ts'
import { outputOf, processProblem } from './process-problem.ts'
import type { Recording } from './recording.ts'

/** What stands in the JUnit file of this try. */
export type JunitEvidence =
  /** The project has switched JUnit XML off. */
  | { readonly kind: 'off' }
  | { readonly kind: 'missing'; readonly path: string }
  /** It was there before the run and nobody has written to it since. */
  | { readonly kind: 'stale'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly why: string }
  | { readonly kind: 'read'; readonly path: string; readonly complete: boolean; readonly failed: number }

export interface PytestEnd {
  readonly process: ProcessEnd
  readonly recording: Recording
  readonly junit: JunitEvidence
  /** How many tests were asked for by node id; undefined for all. */
  readonly asked?: number | undefined
}

/** Empty where the results say all there is to say. Failed tests are no problem: they are results. */
export function pytestProblems(end: PytestEnd): readonly RunProblem[] {
  const { process, recording } = end
  const stopped = processProblem('pytest', process, during(recording))
  if (stopped !== undefined) return [stopped]
  const special = exitProblem(end)
  if (special !== undefined) return [special]
  if (recording.session === undefined)
    return [
      problem(
        'no-results',
        `pytest ended with exit code ${process.exitCode} without running: nothing was recorded, so nothing is known. Is there an argument such as \`--version\` or \`--help\`?`,
        outputOf(process),
      ),
    ]
  if (recording.end === undefined)
    return [
      problem(
        'ended-early',
        `pytest's process ended with exit code ${process.exitCode} before pytest did: something called \`os._exit\` or the like. ${during(recording)}`.trim(),
        outputOf(process),
      ),
    ]
  return [...resultProblems(end, recording.end), ...junitProblems(end)]
}

/** pytest's own exit codes that are no verdict about tests, and those that are none of pytest's. */
function exitProblem({ process, recording }: PytestEnd): RunProblem | undefined {
  const shown = outputOf(process)
  switch (process.exitCode) {
    case 0:
    case 1:
      return undefined
    case 2:
      return recording.notCollected.length > 0
        ? notCollected(recording)
        : problem(
            'interrupted',
            `pytest was interrupted (exit code 2)${reason(recording)}; tests after that did not run.`,
            shown,
          )
    case 3:
      return problem(
        'internal-error',
        'pytest had an internal error (exit code 3), in itself or in a plugin; what did not run is unknown.',
        recording.internalError ?? shown,
      )
    case 4:
      return problem(
        'usage-error',
        'pytest could not use its arguments, its configuration or a `conftest.py` (exit code 4).',
        shown,
      )
    case 5:
      return noTests(recording)
    default:
      return problem(
        'unexpected-exit',
        `pytest ended with exit code ${process.exitCode}, which is none of its own${reason(recording)}; it counts as a failure.`,
        shown,
      )
  }
}

function resultProblems(
  { process, recording, asked }: PytestEnd,
  end: NonNullable<Recording['end']>,
): readonly RunProblem[] {
  const problems: RunProblem[] = []
  const shown = outputOf(process)
  if (recording.notCollected.length > 0) problems.push(notCollected(recording))
  if (recording.damaged)
    problems.push(problem('results-damaged', 'What was recorded of the run is damaged: lines are missing.'))
  if (recording.finished === 0 && end.collected === 0) problems.push(noTests(recording))
  const expected = Math.max(end.collected, asked ?? 0)
  if (end.narrowed !== undefined && asked === undefined) problems.push(narrowed(end.narrowed))
  if (recording.finished < expected) problems.push(missing(recording, expected, end.stopped))
  if (process.exitCode === 0 && recording.failed > 0)
    problems.push(
      problem(
        'exit-disagrees',
        `pytest ended with exit code 0, and ${count(recording.failed, 'test')} failed.`,
      ),
    )
  if (process.exitCode === 1 && (recording.failed === 0 || end.unattributed > 0))
    problems.push(
      problem(
        'exit-disagrees',
        'pytest ended with exit code 1 for something that is no test, such as coverage below the limit of the project (`fail_under`) or a check of a plugin.',
        shown,
      ),
    )
  return problems
}

function junitProblems({ junit, recording }: PytestEnd): readonly RunProblem[] {
  switch (junit.kind) {
    case 'off':
      return []
    case 'missing':
      return [problem('no-results', `pytest ended and did not write its JUnit file ${junit.path}.`)]
    case 'stale':
      return [
        problem('no-results', `pytest did not write its JUnit file; ${junit.path} is from before the run.`),
      ]
    case 'unreadable':
      return [problem('results-damaged', `pytest's JUnit file ${junit.path} cannot be read: ${junit.why}`)]
    case 'read':
      if (!junit.complete)
        return [problem('results-damaged', `pytest's JUnit file ${junit.path} is cut off or damaged.`)]
      return junit.failed > 0 && recording.failed === 0
        ? [
            problem(
              'exit-disagrees',
              `pytest's JUnit file ${junit.path} has ${count(junit.failed, 'failed test')}, and none was seen to fail.`,
            ),
          ]
        : []
  }
}

function notCollected({ notCollected: names }: Recording): RunProblem {
  return problem(
    'collection-error',
    `${count(names.length, 'file')} could not be collected, so its tests did not run: ${list(names)}. The errors are among the results.`,
  )
}

function noTests({ deselected }: Recording): RunProblem {
  const why =
    deselected > 0
      ? `all ${deselected} were deselected by markers, keywords or a selection`
      : 'none was found; look at `paths`, `testpaths` and `python_files`'
  return problem('no-tests', `No test ran: ${why}.`)
}

function missing({ finished }: Recording, expected: number, stopped: string | undefined): RunProblem {
  const why = stopped === undefined ? '' : ` (${stopped})`
  return problem(
    'tests-missing',
    `Only ${finished} of ${count(expected, 'test')} ran${why}. Is there an argument such as \`-x\`, \`--maxfail\` or \`--collect-only\`?`,
  )
}

function narrowed(option: string): RunProblem {
  if (option === '--testmon')
    return problem(
      'tests-missing',
      '`--testmon` is set, and pytest-testmon left out tests by its data, which knows nothing of constants and of files that are not Python. Add `--no-testmon` to `args`; `select: affected` leaves out what a change cannot affect.',
    )
  return problem(
    'tests-missing',
    `\`${option}\` is set, and pytest remembered failures: it ran only a part of the tests, and of the others nothing is known. Look at \`args\`, \`addopts\` and \`PYTEST_ADDOPTS\`.`,
  )
}

/** What options of the project leave out is its own choice, and is said. */
export function leftOutNotices({
  recording: { end },
  asked,
}: Pick<PytestEnd, 'recording' | 'asked'>): readonly string[] {
  if (end === undefined || end.leftOut === 0 || asked !== undefined) return []
  return [
    `${count(end.leftOut, 'test')} did not run: left out by \`-m\`, \`-k\` or \`--deselect\` (also in \`addopts\` or \`PYTEST_ADDOPTS\`), or by a plugin.`,
  ]
}

function reason({ end, interrupted }: Recording): string {
  const why = end?.stopped ?? interrupted?.split('\n', 1)[0]
  return why ? `: ${why}` : ''
}

function during({ running }: Recording): string {
  return running.length === 0 ? '' : `It was running ${list(running)}.`
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${name}\``)
  return names.length > shown.length
    ? `${shown.join(', ')} and ${names.length - shown.length} more`
    : shown.join(', ')
}
