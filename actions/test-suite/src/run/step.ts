/** Runs one command of a run, shows and keeps what it prints, and notes it. */
import { join } from 'node:path'
import type { CommandRun, Host, ProcessResult } from '@ci-actions/shared'
import { keepRedacted } from '@ci-actions/shared'
import { liveOutput } from './live-output.ts'
import type { ProcessEnd } from './process-problem.ts'

/** What all commands of a run share. */
export interface Stage {
  readonly host: Host
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Absolute path of an empty folder for this run alone. */
  readonly workFolder: string
  /** Absolute path of a folder for evidence. */
  readonly evidenceFolder: string
  /** Every command so far, in order. */
  readonly commands: PhasedCommand[]
}

export interface PhasedCommand extends CommandRun {
  /** `order`: tests run once more, only to learn what the order has to do with their failures. */
  readonly phase: 'setup' | 'tests' | 'order' | 'teardown'
}

export interface Step {
  readonly phase: PhasedCommand['phase']
  /** Title in the log, and start of the evidence's names. */
  readonly title: string
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly timeoutSeconds: number
  readonly evenIfCancelled?: boolean | undefined
}

export interface StepEnd extends ProcessEnd {
  /** Absolute path of the file with its standard output, secrets included. */
  readonly stdout: string
  readonly seconds: number
  /** Whether more was printed than is kept. */
  readonly truncated: boolean
}

/** Bound of what is kept of each stream; results do not come from here, so more is no failure. */
const mostKept = 64 * 1024 * 1024

export async function runStep(stage: Stage, step: Step): Promise<StepEnd> {
  const { host, cwd } = stage
  const streams = {
    stdout: join(stage.workFolder, `${step.name}.stdout.txt`),
    stderr: join(stage.workFolder, `${step.name}.stderr.txt`),
  }
  const { result, tail } = await runShown(stage, step, streams)
  const { ended, exitCode, signal, startError, seconds, truncated } = result
  stage.commands.push({
    phase: step.phase,
    command: step.command.map((word) => host.runner.redact(word)),
    cwd,
    exitCode,
    ended,
    seconds,
  })
  for (const [name, path] of Object.entries(streams))
    await keepEvidence(stage, path, `${step.name}.${name}.txt`)
  return {
    ended,
    exitCode,
    signal,
    startError,
    tail,
    timeoutSeconds: step.timeoutSeconds,
    stdout: streams.stdout,
    seconds,
    truncated,
  }
}

/** In a group of the log, line by line as it comes. */
async function runShown(
  { host, cwd, env }: Stage,
  step: Step,
  streams: { readonly stdout: string; readonly stderr: string },
): Promise<{ readonly result: ProcessResult; readonly tail: string }> {
  const [program = '', ...args] = step.command
  const live = liveOutput(host)
  const result = await host.runner.group(step.title, async () => {
    host.runner.raw(host.runner.redact(step.command.map(quoted).join(' ')))
    const ended = await host.processes.run({
      command: program,
      args,
      cwd,
      env: { ...env, ...step.env },
      timeoutMs: Math.max(1, Math.round(step.timeoutSeconds * 1000)),
      stdoutFile: streams.stdout,
      stderrFile: streams.stderr,
      maxBytes: mostKept,
      onOutput: live.onOutput,
      ...(step.evenIfCancelled === true && { evenIfCancelled: true }),
    })
    live.finish()
    return ended
  })
  return { result, tail: live.tail() }
}

/** As a person could paste it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Copies a file without secrets; undefined where it is missing or empty, else where the copy lies. */
export async function keepEvidence(
  { host, evidenceFolder }: Pick<Stage, 'host' | 'evidenceFolder'>,
  path: string,
  name: string,
): Promise<string | undefined> {
  const copy = join(evidenceFolder, name)
  await keepRedacted(host.files, host.runner, path, copy)
  return (await host.files.status(copy)) === undefined ? undefined : copy
}
