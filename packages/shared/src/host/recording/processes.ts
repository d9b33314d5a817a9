import type { Files, Processes, ProcessRequest, ProcessResult } from '../ports.ts'

/** What a test says about a process; what it leaves out is a quiet end with exit code 0. */
export type ScriptedResult = Partial<ProcessResult>

/** Undefined: there is no such command. */
export type ProcessScript = (
  request: ProcessRequest,
) => ScriptedResult | undefined | Promise<ScriptedResult | undefined>

/** Answers from a script and records what was asked. Output goes to the requested files, cut as the real one. */
export function scriptedProcesses(
  script: ProcessScript,
  files: Files,
  found: (command: string) => string | undefined,
) {
  const requests: ProcessRequest[] = []
  const processes: Processes = {
    run: async (request) => {
      requests.push(request)
      const result = await script(request)
      if (result === undefined) return notStarted(request)
      const stdout = cut(result.stdout ?? '', request.maxBytes)
      const stderr = cut(result.stderr ?? '', request.maxBytes)
      request.onOutput?.(result.stdout ?? '', 'stdout')
      request.onOutput?.(result.stderr ?? '', 'stderr')
      if (request.stdoutFile !== undefined) await files.write(request.stdoutFile, stdout.bytes)
      if (request.stderrFile !== undefined) await files.write(request.stderrFile, stderr.bytes)
      return {
        ended: 'exited',
        ...((result.ended ?? 'exited') === 'exited' ? { exitCode: 0 } : {}),
        seconds: 0,
        ...result,
        stdout: request.stdoutFile === undefined ? stdout.text : '',
        stderr: request.stderrFile === undefined ? stderr.text : '',
        truncated: result.truncated ?? (stdout.cut || stderr.cut),
      }
    },
    find: async (command) => found(command),
  }
  return { processes, requests }
}

/** Passes requests on to real processes and records them. */
export function recordedProcesses(real: Processes) {
  const requests: ProcessRequest[] = []
  const processes: Processes = {
    run: (request) => {
      requests.push(request)
      return real.run(request)
    },
    find: (command, env) => real.find(command, env),
  }
  return { processes, requests }
}

function notStarted(request: ProcessRequest): ProcessResult {
  const startError = `${request.command} was not found in PATH`
  return { ended: 'not-started', startError, stdout: '', stderr: '', truncated: false, seconds: 0 }
}

function cut(text: string, maxBytes: number) {
  const all = new TextEncoder().encode(text)
  const bytes = all.subarray(0, maxBytes)
  return { bytes, text: new TextDecoder().decode(bytes), cut: bytes.length < all.length }
}
