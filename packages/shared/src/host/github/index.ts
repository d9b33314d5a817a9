import { machineFacts } from '../machine.ts'
import { watchSignals } from '../node/cancellation.ts'
import { nodeClock } from '../node/clock.ts'
import { nodeFiles } from '../node/files.ts'
import { nodeHttp } from '../node/http.ts'
import { readNetrcSecrets } from '../node/netrc.ts'
import { nodeProcesses } from '../node/processes.ts'
import { nodeSockets } from '../node/sockets.ts'
import type { Cache, GithubApi, Host, HostFacts, Runner } from '../ports.ts'
import { projectEnvironment, toolEnvironment } from '../tool-environment.ts'
import { githubApi } from './api.ts'
import { readEvent } from './event.ts'
import { prepareFolders } from './folders.ts'
import { githubRunner } from './runner.ts'
import { savesOnlyWhereTrusted } from './trust.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface GithubHostOptions {
  /** `githubCache` of `host/cache`. Without it nothing is kept, and the action's bundle is 2.5 MB smaller. */
  readonly cache?: ((runner: Runner) => Cache) | undefined
}

/** The host of a step of GitHub Actions, from its environment and the runner's files. */
export async function githubHost(options: GithubHostOptions = {}): Promise<Host> {
  const env: Environment = process.env
  const runner = githubRunner({
    env,
    write: (text) => process.stdout.write(text),
    setExitCode: (code) => {
      process.exitCode = code
    },
    random: nodeClock.random,
  })
  const cancelled = watchSignals()
  const token = env['INPUT_TOKEN']?.trim() || env['GITHUB_TOKEN'] || undefined
  if (token !== undefined) runner.mask(token)
  const facts = await readFacts(env, runner)
  const cache = options.cache?.(runner)
  return {
    facts,
    files: nodeFiles,
    processes: nodeProcesses(cancelled),
    clock: nodeClock,
    http: nodeHttp,
    sockets: nodeSockets(cancelled),
    runner,
    github: openApi(env, token, cancelled),
    cache: cache === undefined ? noCache : savesOnlyWhereTrusted(cache, facts.event, runner),
    cancelled,
  }
}

async function readFacts(env: Environment, runner: Runner): Promise<HostFacts> {
  const { event, problem } = await readEvent(env)
  if (problem !== undefined) runner.log(`What started this workflow is not fully known: ${problem}.`)
  const machine = machineFacts()
  const { variables, secrets } = toolEnvironment(env, machine.platform)
  for (const secret of [...secrets, ...(await readNetrcSecrets(env))]) runner.mask(secret)
  return {
    kind: 'github',
    ...machine,
    ...(await prepareFolders(env, event)),
    debug: env['RUNNER_DEBUG'] === '1' || env['ACTIONS_STEP_DEBUG'] === 'true',
    toolEnvironment: variables,
    projectEnvironment: projectEnvironment(env),
    event,
  }
}

function openApi(env: Environment, token: string | undefined, cancelled: AbortSignal): GithubApi | undefined {
  if (token === undefined || !env['GITHUB_REPOSITORY']) return undefined
  const baseUrl = env['GITHUB_API_URL'] || 'https://api.github.com'
  return githubApi({ http: nodeHttp, clock: nodeClock, cancelled, token, baseUrl })
}

const noCache: Cache = {
  restore: async () => undefined,
  save: async () => false,
}
