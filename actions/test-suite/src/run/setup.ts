/** The commands before and after the tests. */
import { lastLines } from '@ci-actions/shared'
import type { RunProblem } from './problem.ts'
import { problem } from './problem.ts'
import { processProblem } from './process-problem.ts'
import type { Stage, StepEnd } from './step.ts'
import { runStep } from './step.ts'

/** Of all teardown commands together. */
const teardownSeconds = 300
/** After a cancellation GitHub kills the step within ten seconds, and stopping the tests takes up to two of them. */
const teardownSecondsCancelled = 5

/** Stops at the first command that fails; then the tests must not run. */
export async function runSetup(
  stage: Stage,
  commands: readonly (readonly string[])[],
  left: () => number,
): Promise<readonly RunProblem[]> {
  for (const [index, command] of commands.entries()) {
    const end = await runStep(stage, {
      phase: 'setup',
      title: `setup: ${command.join(' ')}`,
      name: `setup-${index + 1}`,
      command,
      timeoutSeconds: left(),
    })
    const failure = failureOf(command, end)
    if (failure === undefined) continue
    const code = end.ended === 'cancelled' ? 'cancelled' : 'setup-failed'
    return [problem(code, `The tests did not run, because setup failed: ${failure}`, lastLines(end.tail, 15))]
  }
  return []
}

/** Runs all commands, whatever happened before and whichever of them fails; also after a cancellation. */
export async function runTeardown(
  stage: Stage,
  commands: readonly (readonly string[])[],
): Promise<readonly RunProblem[]> {
  const { clock, cancelled } = stage.host
  const started = clock.monotonic()
  const problems: RunProblem[] = []
  for (const [index, command] of commands.entries()) {
    const limit = cancelled.aborted ? teardownSecondsCancelled : teardownSeconds
    const end = await runStep(stage, {
      phase: 'teardown',
      title: `teardown: ${command.join(' ')}`,
      name: `teardown-${index + 1}`,
      command,
      timeoutSeconds: Math.max(1, limit - (clock.monotonic() - started) / 1000),
      evenIfCancelled: true,
    })
    const failure = failureOf(command, end)
    if (failure !== undefined)
      problems.push(problem('teardown-failed', `Teardown failed: ${failure}`, lastLines(end.tail, 15)))
  }
  return problems
}

function failureOf(command: readonly string[], end: StepEnd): string | undefined {
  const name = `\`${command.join(' ')}\``
  const stopped = processProblem(name, end)
  if (stopped !== undefined) return stopped.message
  return end.exitCode === 0 ? undefined : `${name} ended with exit code ${end.exitCode}.`
}
