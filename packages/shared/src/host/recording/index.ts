/** The host of tests: everything is recorded, answers are scripted, and any port can be the real one. */
import { GithubError } from '../../action/errors.ts'
import type {
  Cache,
  Clock,
  Files,
  GithubApi,
  GithubEvent,
  Host,
  HostFacts,
  Http,
  HttpRequest,
  Processes,
  ProcessRequest,
  Sockets,
} from '../ports.ts'
import type { MemoryCache } from './cache.ts'
import { memoryCache } from './cache.ts'
import type { RecordingClock } from './clock.ts'
import { recordingClock } from './clock.ts'
import { memoryFiles } from './files.ts'
import type { ProcessScript } from './processes.ts'
import { recordedProcesses, scriptedProcesses } from './processes.ts'
import type { RecordingRunnerOptions, RunnerRecord } from './runner.ts'
import { recordingRunner } from './runner.ts'
import type { GithubRequest, GithubScript, HttpScript } from './services.ts'
import { scriptedGithub, scriptedHttp } from './services.ts'
import type { RecordedConnection, SocketScript } from './sockets.ts'
import { scriptedSockets } from './sockets.ts'

export { nodeClock } from '../node/clock.ts'
export { nodeFiles } from '../node/files.ts'
export { nodeHttp } from '../node/http.ts'
export { nodeProcesses } from '../node/processes.ts'
export { nodeSockets } from '../node/sockets.ts'
export type { CacheUse, MemoryCache } from './cache.ts'
export { memoryCache } from './cache.ts'
export type { RecordingClock } from './clock.ts'
export { recordingClock } from './clock.ts'
export type { MemoryFiles } from './files.ts'
export { memoryFiles } from './files.ts'
export type { ProcessScript, ScriptedResult } from './processes.ts'
export type { LogLine, RunnerRecord } from './runner.ts'
export type { GithubRequest, GithubScript, HttpScript, ScriptedResponse } from './services.ts'
export type { RecordedConnection, ScriptedPeer, SocketScript } from './sockets.ts'

export interface RecordingOptions extends RecordingRunnerOptions {
  readonly facts?: Partial<HostFacts> | undefined
  /** Parts of the event; its presence says that GitHub started us. */
  readonly event?: Partial<GithubEvent> | undefined
  /** Contents by absolute path, or another port, such as the real one. */
  readonly files?: Readonly<Record<string, string | Uint8Array>> | Files | undefined
  /** Without it no command exists. */
  readonly processes?: ProcessScript | Processes | undefined
  /** Absolute path by command; default `/usr/bin/<command>` for all where there is a script. */
  readonly commands?: Readonly<Record<string, string>> | undefined
  /** Without it nothing is reached. */
  readonly http?: HttpScript | Http | undefined
  /** Without it nothing listens anywhere. */
  readonly sockets?: SocketScript | Sockets | undefined
  /** `false`: no token. Without it every request is a 404. */
  readonly github?: GithubScript | GithubApi | false | undefined
  readonly cache?: Cache | undefined
  readonly clock?: Clock | undefined
  readonly cancelled?: AbortSignal | undefined
}

export interface RecordingHost extends Host {
  readonly recorded: RunnerRecord & {
    /** Also those passed on to real processes. */
    readonly processes: readonly ProcessRequest[]
    readonly http: readonly HttpRequest[]
    readonly github: readonly GithubRequest[]
    /** Empty where another port stands in. */
    readonly connections: readonly RecordedConnection[]
    /** Contents of the files in memory; empty where another port stands in. */
    files(): Readonly<Record<string, string>>
  }
  /** The cache in memory, for what was asked of it; undefined where another stands in. */
  readonly memoryCache: MemoryCache | undefined
  /** The standing clock; undefined where another stands in. */
  readonly standingClock: RecordingClock | undefined
  /** What SIGINT does. */
  cancel(): void
}

/** 2026-01-01T00:00:00Z. */
const start = Date.UTC(2026, 0, 1)

export function recordingHost(options: RecordingOptions = {}): RecordingHost {
  const standingClock = options.clock === undefined ? recordingClock(start) : undefined
  const clock = options.clock ?? standingClock ?? recordingClock(start)
  const inMemory = isFiles(options.files) ? undefined : memoryFiles(options.files, clock.now)
  const files = isFiles(options.files) ? options.files : (inMemory ?? memoryFiles())
  const ownCache = options.cache === undefined ? memoryCache(files) : undefined
  const { runner, record } = recordingRunner(options)
  const processes = openProcesses(options, files)
  const http = openHttp(options.http)
  const sockets = openSockets(options.sockets)
  const github = openGithub(options.github)
  const controller = new AbortController()
  return {
    facts: {
      ...recordingFacts,
      event: options.event && { ...recordingEvent, ...options.event },
      ...options.facts,
    },
    files,
    processes: processes.processes,
    clock,
    http: http.http,
    sockets: sockets.sockets,
    runner,
    github: github.github,
    cache: options.cache ?? ownCache ?? memoryCache(files),
    cancelled: options.cancelled ?? controller.signal,
    recorded: {
      ...record,
      processes: processes.requests,
      http: http.requests,
      github: github.requests,
      connections: sockets.connections,
      files: () => inMemory?.contents() ?? {},
    },
    memoryCache: ownCache,
    standingClock,
    cancel: () => controller.abort(),
  }
}

function isFiles(files: RecordingOptions['files']): files is Files {
  return typeof files?.['readText'] === 'function'
}

function openProcesses(options: RecordingOptions, files: Files) {
  const { processes, commands } = options
  if (typeof processes === 'object') return recordedProcesses(processes)
  const find = (command: string) =>
    commands === undefined ? processes && `/usr/bin/${command}` : commands[command]
  return scriptedProcesses(processes ?? (() => undefined), files, find)
}

function openHttp(http: RecordingOptions['http']) {
  return typeof http === 'object' ? { http, requests: [] } : scriptedHttp(http ?? (() => undefined))
}

function openSockets(sockets: RecordingOptions['sockets']) {
  return typeof sockets === 'object'
    ? { sockets, connections: [] }
    : scriptedSockets(sockets ?? (() => undefined))
}

function openGithub(github: RecordingOptions['github']): {
  github: GithubApi | undefined
  requests: readonly GithubRequest[]
} {
  if (github === false) return { github: undefined, requests: [] }
  if (typeof github === 'object') return { github, requests: [] }
  return scriptedGithub(github ?? notFound)
}

function notFound({ method, path }: GithubRequest): never {
  throw new GithubError(404, `GitHub refused ${method} ${path} (404: Not Found).`)
}

const recordingFacts: HostFacts = {
  kind: 'recording',
  platform: 'linux',
  arch: 'x64',
  cores: 2,
  workspace: '/workspace',
  temporary: '/temporary',
  cacheFolder: '/cache',
  debug: false,
  nodePath: process.execPath,
  toolEnvironment: { PATH: '/usr/bin', HOME: '/home/user' },
  projectEnvironment: { PATH: '/usr/bin', HOME: '/home/user' },
}

const recordingEvent: GithubEvent = {
  name: 'push',
  payload: {},
  repository: 'octo/orders',
  serverUrl: 'https://github.com',
  sha: '1111111111111111111111111111111111111111',
  ref: 'refs/heads/main',
  runId: '1',
  runAttempt: 1,
  workflow: 'CI',
  job: 'quality',
  action: '__run',
  matrix: '',
  actor: 'octocat',
}
