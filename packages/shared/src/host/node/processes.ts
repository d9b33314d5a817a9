/**
 * Processes of the machine. Each is the leader of a process group of its own, so that a tool and all that it
 * started end together, and none of them outlives the run.
 */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Processes, ProcessRequest, ProcessResult } from '../ports.ts'
import { Collector } from './collect.ts'
import { findCommand } from './find-command.ts'
import { endGroup, killGroup, rememberGroup } from './process-group.ts'
import { describeStartError } from './start-error.ts'

/** `setTimeout` takes no more. */
const longestTimerMs = 2 ** 31 - 1
/** A group is killed after a second; nothing that survives that may hold us up. */
const giveUpMs = 1600
const roundMs = 50

interface Exit {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
}

export function nodeProcesses(cancelled: AbortSignal): Processes {
  return { run: (request) => run(request, cancelled), find: (command, env) => findCommand(command, env) }
}

async function run(request: ProcessRequest, cancellation: AbortSignal): Promise<ProcessResult> {
  const cancelled = request.evenIfCancelled ? new AbortController().signal : cancellation
  const started = performance.now()
  const nothing = { stdout: '', stderr: '', truncated: false }
  const seconds = () => (performance.now() - started) / 1000
  if (cancelled.aborted) return { ...nothing, ended: 'cancelled', seconds: 0 }
  const child = await start(request)
  if (typeof child === 'string')
    return { ...nothing, ended: 'not-started', startError: child, seconds: seconds() }

  const streams = [
    ...(child.stdout
      ? [new Collector(child.stdout, request.maxBytes, request.stdoutFile, listener(request, 'stdout'))]
      : []),
    ...(child.stderr
      ? [new Collector(child.stderr, request.maxBytes, request.stderrFile, listener(request, 'stderr'))]
      : []),
  ]
  const { exit, stopped } = await waitForEnd(child, request.timeoutMs, cancelled)
  const took = seconds()
  await settle(
    streams,
    stopped === undefined ? { quietRounds: 10, rounds: 100 } : { quietRounds: 2, rounds: 4 },
    cancelled,
  )
  if (child.pid !== undefined) killGroup(child.pid)
  await Promise.all(streams.map((stream) => stream.finish()))
  return {
    ...exit,
    ended: stopped ?? (exit.signal === undefined ? 'exited' : 'signalled'),
    stdout: streams[0]?.text() ?? '',
    stderr: streams[1]?.text() ?? '',
    truncated: streams.some((stream) => stream.truncated),
    seconds: took,
  }
}

function listener({ onOutput }: ProcessRequest, stream: 'stdout' | 'stderr') {
  return onOutput && ((text: string) => onOutput(text, stream))
}

/** The running process, or why there is none. */
async function start(request: ProcessRequest): Promise<ChildProcess | string> {
  const { command, cwd } = request
  if (!(await isFolder(cwd))) return `${command} could not be started: the folder ${cwd} does not exist`
  const program = isAbsolute(command) ? command : await findCommand(command, request.env)
  if (program === undefined) return `${command} was not found in PATH`
  try {
    const child = spawn(program, request.args, {
      cwd,
      env: { ...request.env },
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    // A process that closes its input early is no error of ours.
    child.stdin?.on('error', () => {})
    if (child.pid === undefined) return describeStartError(await startFailure(child), command)
    child.on('error', () => {})
    rememberGroup(child.pid)
    child.stdin?.end(request.stdin)
    return child
  } catch (error) {
    return describeStartError(error, command)
  }
}

function startFailure(child: ChildProcess): Promise<Error> {
  return new Promise((resolve) => child.once('error', resolve))
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

interface End {
  readonly exit: Exit
  readonly stopped?: 'timed-out' | 'cancelled' | undefined
}

/** Waits for the process itself; on time-out and cancellation ends its group and waits for that. */
async function waitForEnd(child: ChildProcess, timeoutMs: number, cancelled: AbortSignal): Promise<End> {
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }),
    )
  })
  const watching = new AbortController()
  const stop = new Promise<'timed-out' | 'cancelled'>((resolve) => {
    const timer = setTimeout(() => resolve('timed-out'), Math.min(timeoutMs, longestTimerMs))
    const onCancel = () => resolve('cancelled')
    cancelled.addEventListener('abort', onCancel, { once: true })
    watching.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      cancelled.removeEventListener('abort', onCancel)
    })
    if (cancelled.aborted) onCancel()
  })
  const first = await Promise.race([exited, stop])
  watching.abort()
  if (typeof first !== 'string') return { exit: first }
  const ended = child.pid === undefined ? Promise.resolve() : endGroup(child.pid)
  const gone = Promise.all([exited, ended]).then(([exit]) => exit)
  return { exit: await within(gone, giveUpMs, {}), stopped: first }
}

/**
 * Lets what is still in the pipes arrive. Somebody whom the process started may hold them open for ever, so
 * waiting ends after some rounds without data; as long as data comes, or the disk is behind, it goes on.
 */
async function settle(
  streams: readonly Collector[],
  limits: { quietRounds: number; rounds: number },
  cancelled: AbortSignal,
): Promise<void> {
  const closed = Promise.all(streams.map((stream) => stream.closed))
  const arrived = () => streams.reduce((sum, stream) => sum + stream.pieces, 0)
  let quiet = 0
  for (let round = 0; round < limits.rounds && quiet < limits.quietRounds; round += 1) {
    if (streams.every((stream) => stream.ended)) return
    if (cancelled.aborted && quiet > 1) return
    const before = arrived()
    await within(closed, roundMs, [])
    quiet = arrived() === before && !streams.some((stream) => stream.paused) ? quiet + 1 : 0
  }
}

async function within<T>(promise: Promise<T>, ms: number, otherwise: T): Promise<T> {
  const timer = new AbortController()
  const timeout = sleep(ms, otherwise, { signal: timer.signal }).catch(() => otherwise)
  try {
    return await Promise.race([promise, timeout])
  } finally {
    timer.abort()
  }
}
