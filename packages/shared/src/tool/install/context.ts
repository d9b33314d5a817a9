/** What all installers share: the host, how strict to be, and every piece of work done once a run. */
import { UnavailableError } from '../../action/errors.ts'
import type { Host, ProcessResult } from '../../host/ports.ts'
import { environmentOfInstaller } from '../../host/tool-environment.ts'
import { lastLines } from '../process-outcome.ts'
import type { MadeFolder } from './built-folder-marks.ts'
import type { Database } from './database.ts'

export interface InstallContext {
  readonly host: Host
  /** No network. */
  readonly offline: boolean
  /** Nothing whose hashes are not known. */
  readonly lockedOnly: boolean
  /** Interpreter that the user named, as a path or a name in PATH. */
  readonly python?: string | undefined
  /** Whether what is made is looked for in the host's cache, and stored there. */
  readonly stored: boolean
  /** What this run has made so far. */
  readonly made: MadeFolder[]
  /** Databases that tools of this run use. */
  readonly databases: Database[]
  /** Generation of the damaged entries that were found, by the key of the folder. */
  readonly damaged: Map<string, number>
  /** The same promise for the same key. */
  once<T>(key: string, make: () => Promise<T>): Promise<T>
}

export interface InstallOptions
  extends Pick<InstallContext, 'host' | 'offline' | 'lockedOnly' | 'python'>,
    Partial<Pick<InstallContext, 'stored'>> {}

/** One for a whole run: tools that are run again on the base are then the very same. */
export function openInstallContext(options: InstallOptions): InstallContext {
  const started = new Map<string, Promise<never>>()
  return {
    stored: false,
    ...options,
    made: [],
    databases: [],
    damaged: new Map(),
    once: (key, make) => {
      const known = started.get(key)
      if (known !== undefined) return known
      const promise = make()
      // The map holds promises of many types; a key names one piece of work and so one type.
      started.set(key, promise as Promise<never>)
      return promise
    },
  }
}

/** Installing did not work, for a reason that a person can do something about. */
export class InstallError extends Error {
  override readonly name = 'InstallError'
}

/** Longest time of one installer's command. */
const timeoutMs = 10 * 60 * 1000

export interface InstallCommand {
  /** For sentences: `uv`, `npm`. */
  readonly name: string
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** What is being installed: `Black 26.10.1`. */
  readonly what: string
  /** What is done to it, for messages. Default: `installed`. */
  readonly done?: string | undefined
}

/** Standard output; throws `UnavailableError` where a registry was not reached, `InstallError` for anything else. */
export async function runInstaller(context: InstallContext, request: InstallCommand): Promise<string> {
  const { host } = context
  const [command = '', ...args] = request.command
  host.runner.debug(`install: ${request.command.join(' ')} (in ${request.cwd})`)
  await host.files.makeFolder(request.cwd)
  const result = await host.processes.run({
    command,
    args,
    cwd: request.cwd,
    env: environmentOfInstaller(request.env),
    timeoutMs,
    maxBytes: 4_000_000,
  })
  host.runner.debug(
    `install: ${request.name} ${result.ended} ${result.exitCode ?? ''} after ${result.seconds.toFixed(1)} s`,
  )
  if (result.ended === 'exited' && result.exitCode === 0) return result.stdout
  const not = `${request.what} could not be ${request.done ?? 'installed'}`
  const printed = lastLines(host.runner.redact(result.stderr || result.stdout), 8)
  if (context.offline && (lacksNetwork(printed) || lacksPackage(printed))) {
    throw new InstallError(
      `${request.what} is not in the cache, and \`offline\` allows no download. Run once with network.\n${printed}`,
    )
  }
  if (lacksNetwork(printed) || result.ended === 'timed-out') {
    throw new UnavailableError('the package index', `${not}: ${ending(result)}\n${printed}`)
  }
  throw new InstallError(`${not} with ${request.name}: ${ending(result)}\n${printed}`)
}

function ending(result: ProcessResult): string {
  switch (result.ended) {
    case 'exited':
      return `exit code ${result.exitCode}.`
    case 'timed-out':
      return `no end within ${timeoutMs / 60_000} minutes.`
    case 'cancelled':
      return 'the run was cancelled.'
    case 'signalled':
      return `killed by ${result.signal}.`
    case 'not-started':
      return `${result.startError}.`
  }
}

/** Words of pip and uv for a package that is nowhere to be found. */
function lacksPackage(printed: string): boolean {
  return /could not find a version|no matching distribution|not found in the cache|there are no versions of/i.test(
    printed,
  )
}

/** Words of pip, uv and npm for a registry that does not answer, as opposed to one that says no. */
function lacksNetwork(printed: string): boolean {
  return /error sending request|dns error|failed to lookup|tcp connect|connection (refused|reset|error|timed out)|timed? ?out|network (connectivity|was|is)|ENOTFOUND|ENOTCACHED|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|only-if-cached|from versions: none|NewConnectionError|Temporary failure|HTTP status (server error|code) ?\(?5\d\d|50[234] /i.test(
    printed,
  )
}
