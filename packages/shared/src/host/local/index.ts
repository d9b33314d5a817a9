import { machineFacts } from '../machine.ts'
import { watchSignals } from '../node/cancellation.ts'
import { nodeClock } from '../node/clock.ts'
import { nodeFiles } from '../node/files.ts'
import { nodeHttp } from '../node/http.ts'
import { readNetrcSecrets } from '../node/netrc.ts'
import { nodeProcesses } from '../node/processes.ts'
import { nodeSockets } from '../node/sockets.ts'
import type { Host } from '../ports.ts'
import { projectEnvironment, toolEnvironment } from '../tool-environment.ts'
import { localCache } from './cache.ts'
import { findWorkspace, makeTemporaryFolder, userCacheFolder } from './folders.ts'
import type { LocalRunner } from './runner.ts'
import { localRunner } from './runner.ts'

export interface LocalOptions {
  /** Where the command was started; the workspace is the working tree around it. */
  readonly cwd: string
  /** Options of the command line, by the input's name. */
  readonly inputs: Readonly<Record<string, string>>
  readonly debug: boolean
  /** Gets each line of the log, as a live display needs it; else they go to `stream`. */
  readonly progress?: ((line: string) => void) | undefined
  /** Default `stderr`, so that standard output holds the result alone. */
  readonly stream?: 'stderr' | 'stdout' | undefined
}

export interface LocalHost extends Host {
  readonly runner: LocalRunner
}

/** The host of a laptop: no event, no API of GitHub, and folders that stay. */
export async function localHost(options: LocalOptions): Promise<LocalHost> {
  const cancelled = watchSignals()
  const stream = options.stream === 'stdout' ? process.stdout : process.stderr
  const print = options.progress ?? ((line: string) => stream.write(`${line}\n`))
  const runner = localRunner({ inputs: options.inputs, debug: options.debug, print })
  const machine = machineFacts()
  // On a laptop git may have to ask the user's own agent for a key.
  const { variables, secrets } = toolEnvironment(process.env, machine.platform, ['SSH_AUTH_SOCK'])
  for (const secret of [...secrets, ...(await readNetrcSecrets(process.env))]) runner.mask(secret)
  return {
    facts: {
      kind: 'local',
      ...machine,
      workspace: await findWorkspace(options.cwd),
      temporary: await makeTemporaryFolder(),
      cacheFolder: userCacheFolder(process.env),
      debug: options.debug,
      toolEnvironment: variables,
      projectEnvironment: projectEnvironment(process.env),
    },
    files: nodeFiles,
    processes: nodeProcesses(cancelled),
    clock: nodeClock,
    http: nodeHttp,
    sockets: nodeSockets(cancelled),
    runner,
    cache: localCache,
    cancelled,
  }
}
