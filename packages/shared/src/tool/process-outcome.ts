/** What the end of a process says about the tool: a result to read, or a failure in words. */
import type { ProcessResult } from '../host/ports.ts'

/** Signals and their exit codes seen through a shell or a launcher (128 + number). */
const signalNumbers: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

export interface Expectation {
  /** `Black`, for the sentence. */
  readonly name: string
  readonly exitCodes: readonly number[]
  readonly timeoutSeconds: number
  readonly maxBytes: number
  /** What it printed last; shown where it explains the end. */
  readonly lastLines: string
}

/** Undefined when the tool ran to its end and its output may be parsed; else why not, for a person. */
export function processFailure(result: ProcessResult, expected: Expectation): string | undefined {
  const { name } = expected
  switch (result.ended) {
    case 'not-started':
      return `${name} could not be started: ${result.startError ?? 'unknown reason'}.`
    case 'timed-out':
      return withLines(
        `${name} did not finish within ${expected.timeoutSeconds} s and was stopped.`,
        expected,
      )
    case 'cancelled':
      return `${name} was stopped because the run was cancelled.`
    case 'signalled':
      return withLines(killed(name, result.signal ?? 'an unknown signal'), expected)
    case 'exited':
      return exitFailure(result, expected)
  }
}

/** The signal that ended a process, also where a shell or a launcher turned it into an exit code. */
export function signalOf(result: Pick<ProcessResult, 'ended' | 'signal' | 'exitCode'>): string | undefined {
  if (result.ended === 'signalled') return result.signal ?? 'an unknown signal'
  return result.ended === 'exited' ? signalNumbers[(result.exitCode ?? 0) - 128] : undefined
}

function exitFailure(result: ProcessResult, expected: Expectation): string | undefined {
  const code = result.exitCode ?? -1
  if (!expected.exitCodes.includes(code)) {
    const signal = signalOf(result)
    if (signal !== undefined) return withLines(killed(expected.name, signal), expected)
    return withLines(
      `${expected.name} ended with exit code ${printed(code)}, which is not one of its results.`,
      expected,
    )
  }
  if (result.truncated) {
    const limit = Math.round(expected.maxBytes / 1024 / 1024)
    return `${expected.name} printed more than ${limit} MiB; the rest was cut off, so its result is unknown.`
  }
  return undefined
}

function killed(name: string, signal: string): string {
  if (signal === 'SIGKILL')
    return `${name} was killed (SIGKILL), probably because the machine ran out of memory.`
  return `${name} crashed (${signal}).`
}

/** Windows reports crashes as codes above 0x80000000, which people look up in hexadecimal. */
function printed(code: number): string {
  return code >= 0x80000000 ? `0x${code.toString(16).toUpperCase()}` : String(code)
}

function withLines(sentence: string, expected: Expectation): string {
  return expected.lastLines === '' ? sentence : `${sentence} Its last lines:\n${expected.lastLines}`
}

/**
 * The last lines of a text, without blank ones, terminal colours and other control characters; at most `count`
 * lines of 300 characters.
 */
export function lastLines(text: string, count: number): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, '').replaceAll(/(?!\t)\p{Cc}/gu, ''))
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => (line.length > 300 ? `${line.slice(0, 299)}…` : line))
    .join('\n')
}
