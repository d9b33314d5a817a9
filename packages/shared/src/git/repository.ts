/** A git repository as we ask of it: one working tree, commands with fixed settings, no prompts, no shell. */
import { resolve } from 'node:path'
import { UserError } from '../action/errors.ts'
import type { Files, Host, ProcessResult } from '../host/ports.ts'
import {
  basicCredentials,
  configurationEnvironment,
  fixedEnvironment,
  fixedOptions,
  globalConfiguration,
  tokenConfiguration,
} from './environment.ts'

export interface GitOptions {
  readonly stdin?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Default: one minute. */
  readonly timeoutMs?: number | undefined
  /** Bound of each stream, default 64 MiB. An answer that is longer counts as failed. */
  readonly maxBytes?: number | undefined
  /** Receives standard output, so that it needs no memory. */
  readonly stdoutFile?: string | undefined
  /**
   * `token`: may use the network, with the token; `own`: with what the user has set up. Default: none, and
   * in a partial clone missing objects are not fetched behind our back (git 2.45 and later).
   */
  readonly network?: 'none' | 'own' | 'token' | undefined
}

export interface GitAnswer {
  /** -1 where git did not run to its end or said too much; `stderr` then says why. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export type RunGit = (args: readonly string[], options?: GitOptions) => Promise<GitAnswer>

export interface Repository {
  /** Absolute path of the working tree's top folder, spelled like the folder it was opened with. */
  readonly top: string
  readonly git: RunGit
  readonly hasToken: boolean
  readonly files: Files
  /** An unused path in the temporary folder of this run. */
  temporaryPath(name: string): string
}

const minute = 60_000
const defaultBytes = 64 * 1024 * 1024

/**
 * Opens the repository that holds `folder`; undefined where there is none, or no git.
 *
 * On a runner the checkout may belong to another user (a container job), which git refuses unless told that
 * the folder is safe; here it is told so, for this process only. On a laptop git's refusal stands, since a
 * repository's configuration can start programs, and is a `UserError`.
 */
export async function openRepository(
  host: Host,
  folder: string,
  token?: string,
): Promise<Repository | undefined> {
  if (!(await host.files.realPath(folder))) return undefined
  const env = {
    ...host.facts.toolEnvironment,
    ...fixedEnvironment,
    ...(await trustEnvironment(host, folder)),
  }
  const credentials = tokenEnvironment(host, token)
  const at =
    (cwd: string): RunGit =>
    (args, options) =>
      runGit(host, cwd, env, credentials, args, options)
  const found = await at(folder)(['rev-parse', '--show-toplevel', '--show-cdup'])
  if (found.stderr.includes('dubious ownership')) throw notTrusted(folder)
  if (found.exitCode !== 0) return undefined
  const top = await spelledLike(host.files, folder, found.stdout)
  return {
    top,
    git: at(top),
    hasToken: credentials !== undefined,
    files: host.files,
    temporaryPath: (name) => resolve(host.facts.temporary, `git-${host.clock.random(6)}-${name}`),
  }
}

async function trustEnvironment(host: Host, folder: string): Promise<Record<string, string>> {
  if (host.facts.kind === 'local') return {}
  const top = await folderWithGit(host.files, folder)
  if (!top) return {}
  const real = await host.files.realPath(top)
  const file = resolve(host.facts.temporary, 'git-global-config')
  const folders = [...new Set([top, real ?? top])]
  await host.files.write(file, globalConfiguration(folders, host.facts.toolEnvironment))
  return { GIT_CONFIG_GLOBAL: file }
}

async function folderWithGit(files: Files, folder: string): Promise<string | undefined> {
  const start = resolve(folder)
  if (await files.status(resolve(start, '.git'))) return start
  const parent = resolve(start, '..')
  return parent === start ? undefined : folderWithGit(files, parent)
}

function tokenEnvironment(host: Host, token: string | undefined): Record<string, string> | undefined {
  const server = host.facts.event?.serverUrl
  if (!token || !server) return undefined
  host.runner.mask(basicCredentials(token))
  return configurationEnvironment(tokenConfiguration(server, token))
}

async function runGit(
  host: Host,
  cwd: string,
  env: Readonly<Record<string, string>>,
  credentials: Readonly<Record<string, string>> | undefined,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitAnswer> {
  const network = options.network ?? 'none'
  const result = await host.processes.run({
    command: 'git',
    args: [...fixedOptions, ...args],
    cwd,
    env: {
      ...env,
      ...(network === 'none' ? { GIT_NO_LAZY_FETCH: '1' } : {}),
      ...(network === 'token' ? credentials : {}),
      ...options.env,
    },
    timeoutMs: options.timeoutMs ?? minute,
    stdin: options.stdin,
    stdoutFile: options.stdoutFile,
    maxBytes: options.maxBytes ?? defaultBytes,
  })
  return answerOf(result)
}

function answerOf(result: ProcessResult): GitAnswer {
  const { stdout, stderr } = result
  if (result.ended !== 'exited' || result.exitCode === undefined) {
    const why = result.startError ?? `git was ended (${result.ended})`
    return { exitCode: -1, stdout: '', stderr: `${stderr}\nfatal: ${why}` }
  }
  if (result.truncated) return { exitCode: -1, stdout: '', stderr: 'fatal: git printed more than expected' }
  return { exitCode: result.exitCode, stdout, stderr }
}

/** git prints real paths; callers compare with the path that they gave, which may lead through a link. */
async function spelledLike(files: Files, folder: string, printed: string): Promise<string> {
  const lines = printed.slice(0, -1)
  const separator = lines.lastIndexOf('\n')
  const real = resolve(lines.slice(0, separator))
  const spelled = resolve(folder, lines.slice(separator + 1))
  return (await files.realPath(spelled)) === (await files.realPath(real)) ? spelled : real
}

function notTrusted(folder: string): UserError {
  return new UserError(
    `git does not open the repository at ${folder}, because another user owns it. If you trust it: ` +
      `git config --global --add safe.directory "${folder}"`,
  )
}

/** The sentence of git that says why, without the address's user and password. */
export function gitReason(answer: GitAnswer): string {
  const lines = answer.stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.findLast((each) => /^(fatal|error|remote|ERROR)/.test(each)) ?? lines.at(-1)
  const text = line ?? `git ended with exit code ${answer.exitCode}`
  return text.replaceAll(/:\/\/[^/@\s]*@/g, '://').slice(0, 300)
}

/** A complete object id, SHA-1 or SHA-256; nothing else is ever given to git as a commit. */
export function isObjectId(text: unknown): text is string {
  return typeof text === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

export function isNullId(text: string): boolean {
  return /^0+$/.test(text)
}
