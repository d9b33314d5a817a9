/** How a process ended, where that alone says that its results cannot be trusted. */
import type { ProcessResult } from '@ci-actions/shared'
import { lastLines, signalOf } from '@ci-actions/shared'
import type { RunProblem } from './problem.ts'
import { problem } from './problem.ts'

export interface ProcessEnd extends Pick<ProcessResult, 'ended' | 'exitCode' | 'signal' | 'startError'> {
  /** The end of what it printed, without secrets. */
  readonly tail: string
  readonly timeoutSeconds: number
}

/** How many lines of output are shown with a problem. */
const lines = 15

/** `during`: what was going on, such as the tests that were running; a sentence, or empty. */
export function processProblem(name: string, end: ProcessEnd, during = ''): RunProblem | undefined {
  const say = (code: RunProblem['code'], sentence: string) =>
    problem(code, during === '' ? sentence : `${sentence} ${during}`, outputOf(end))
  if (end.ended === 'not-started')
    return problem('not-started', `${name} could not be started: ${end.startError ?? 'unknown reason'}.`)
  if (end.ended === 'timed-out')
    return say('timed-out', `${name} did not end within ${seconds(end.timeoutSeconds)} and was stopped.`)
  if (end.ended === 'cancelled') return say('cancelled', `${name} was stopped because the run was cancelled.`)
  const signal = signalOf(end)
  if (signal === 'SIGKILL')
    return say(
      'killed',
      `${name} was killed (SIGKILL), most likely because the machine or container ran out of memory.`,
    )
  if (signal !== undefined) return say('crashed', `${name} crashed (${signal}).`)
  // Windows: an exception that nobody caught, such as 0xC0000005.
  if ((end.exitCode ?? 0) >= 0xc0000000)
    return say('crashed', `${name} crashed (0x${(end.exitCode ?? 0).toString(16).toUpperCase()}).`)
  return undefined
}

/** The last lines, or what Python says at a crash: it is followed by a long stack, and by what stdout still held. */
export function outputOf({ tail }: Pick<ProcessEnd, 'tail'>): string {
  const crash = tail.lastIndexOf('Fatal Python error')
  if (crash === -1) return lastLines(tail, lines)
  return lastLines(tail.slice(crash).split('\n').slice(0, lines).join('\n'), lines)
}

function seconds(value: number): string {
  return value >= 120 && value % 60 === 0 ? `${value / 60} minutes` : `${Math.round(value * 10) / 10} s`
}
