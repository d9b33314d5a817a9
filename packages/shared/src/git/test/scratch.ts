/** Real repositories in temporary folders, and a remote that answers as GitHub does. For tests only. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { nodeClock } from '../../host/node/clock.ts'
import { nodeFiles } from '../../host/node/files.ts'
import { nodeProcesses } from '../../host/node/processes.ts'
import type { GithubApi, GithubEvent, Host, Processes } from '../../host/ports.ts'

/** Removed when the test ends. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'git test ü-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const who = { name: 'Ada', email: 'ada@example.org' }

const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: who.name,
  GIT_AUTHOR_EMAIL: who.email,
  GIT_COMMITTER_NAME: who.name,
  GIT_COMMITTER_EMAIL: who.email,
  LC_ALL: 'C',
}

export function git(folder: string, ...args: readonly string[]): string {
  const options = [
    '-c',
    'protocol.file.allow=always',
    '-c',
    'init.defaultBranch=main',
    '-c',
    'core.autocrlf=false',
  ]
  const output = execFileSync('git', [...options, ...args], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return output.toString('utf8').replace(/\n$/, '')
}

export type Tree = Readonly<Record<string, string>>

export function writeTree(folder: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Id of the commit that everything in the folder was committed as. */
export function commitAll(folder: string, message = 'change'): string {
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message)
  return git(folder, 'rev-parse', 'HEAD')
}

export function commitTree(folder: string, tree: Tree, message = 'change'): string {
  writeTree(folder, tree)
  return commitAll(folder, message)
}

/** A repository with one commit of these files. */
export function scratchRepository(tree: Tree = { 'a.py': 'a = 1\n' }): string {
  const folder = scratchFolder()
  git(folder, 'init', '--quiet')
  commitTree(folder, tree, 'first')
  return folder
}

export interface Remote {
  readonly url: string
}

/** A bare repository that hands out any commit by its id and filters, as GitHub does. */
export function scratchRemote(): Remote {
  const folder = scratchFolder()
  git(folder, 'init', '--quiet', '--bare')
  for (const name of ['allowAnySHA1InWant', 'allowReachableSHA1InWant', 'allowFilter']) {
    git(folder, 'config', `uploadpack.${name}`, 'true')
  }
  return { url: `file://${folder}` }
}

/** What `actions/checkout` leaves: one commit, or all branches; never a local branch of the base. */
export function checkOut(remote: Remote, commit: string, depth: 'shallow' | 'full'): string {
  const folder = scratchFolder()
  git(folder, 'init', '--quiet')
  git(folder, 'remote', 'add', 'origin', remote.url)
  const some = depth === 'shallow' ? ['--depth=1'] : ['+refs/heads/*:refs/remotes/origin/*']
  git(
    folder,
    'fetch',
    '--quiet',
    '--no-tags',
    ...some.filter((arg) => arg.startsWith('--')),
    'origin',
    commit,
    ...some.filter((arg) => !arg.startsWith('--')),
  )
  git(folder, 'checkout', '--quiet', '--detach', commit)
  return folder
}

export interface HostOptions {
  readonly kind?: Host['facts']['kind']
  readonly event?: GithubEvent
  readonly github?: GithubApi
  readonly processes?: Processes
  readonly masked?: string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The real files and processes; everything else says nothing. */
export function scratchHost(workspace: string, options: HostOptions = {}): Host {
  const unused = (): never => {
    throw new Error('not used by git')
  }
  return {
    facts: {
      kind: options.kind ?? 'github',
      platform: 'linux',
      arch: 'x64',
      cores: 2,
      workspace,
      temporary: scratchFolder(),
      cacheFolder: scratchFolder(),
      debug: false,
      nodePath: process.execPath,
      toolEnvironment: { ...environment, ...options.env },
      projectEnvironment: { ...environment, ...options.env },
      event: options.event,
    },
    files: nodeFiles,
    processes: options.processes ?? nodeProcesses(new AbortController().signal),
    clock: nodeClock,
    http: { request: unused },
    sockets: { connect: unused },
    runner: {
      input: () => undefined,
      inputNames: () => [],
      mask: (secret) => void options.masked?.push(secret),
      hide: () => undefined,
      redact: (text) => text,
      log: () => undefined,
      debug: () => undefined,
      raw: () => undefined,
      group: (_title, body) => body(),
      annotate: () => undefined,
      output: () => undefined,
      summaryBytes: async () => 0,
      appendSummary: async () => false,
      state: () => undefined,
      saveState: () => undefined,
      fail: unused,
    },
    github: options.github,
    cache: { restore: async () => undefined, save: async () => false },
    cancelled: new AbortController().signal,
  }
}

export function event(name: string, fields: Partial<GithubEvent> = {}): GithubEvent {
  return {
    name,
    payload: { repository: { default_branch: 'main', full_name: 'o/r' } },
    repository: 'o/r',
    serverUrl: 'https://github.com',
    sha: '0'.repeat(40),
    ref: 'refs/heads/main',
    runId: '1',
    runAttempt: 1,
    workflow: 'ci',
    job: 'quality',
    action: 'gate',
    matrix: '',
    actor: 'ada',
    ...fields,
  }
}
