/**
 * The ports: all that the program may ask of the world. Three sets of them exist (GitHub, laptop,
 * recording); nothing outside `host/` touches environment, files, processes, network, clock or chance.
 */
import type { Annotation } from '../report/annotation.ts'

export interface Host {
  readonly facts: HostFacts
  readonly files: Files
  readonly processes: Processes
  readonly clock: Clock
  readonly http: Http
  readonly sockets: Sockets
  readonly runner: Runner
  /** Absent where there is no token or no repository on GitHub. */
  readonly github?: GithubApi | undefined
  readonly cache: Cache
  /** Aborted on SIGINT and SIGTERM. */
  readonly cancelled: AbortSignal
}

/** What surrounds this run, read once at the start. */
export interface HostFacts {
  readonly kind: 'github' | 'local' | 'recording'
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly arch: string
  readonly cores: number
  /** Absolute path of the checkout: `GITHUB_WORKSPACE`, or the top of the working tree on a laptop. */
  readonly workspace: string
  /** Absolute path of a folder for temporary files, not shared with other runs. */
  readonly temporary: string
  /** Absolute path of the folder for remembered results and environments. */
  readonly cacheFolder: string
  readonly debug: boolean
  /** Absolute path of the Node that runs this program (`process.execPath`); runs tools written in JavaScript. */
  readonly nodePath: string
  /**
   * Environment variables that tools may see (PATH, HOME, VIRTUAL_ENV, locale, proxies, certificates, pip, uv
   * and npm settings).
   */
  readonly toolEnvironment: Readonly<Record<string, string>>
  /**
   * Environment variables that the project's own commands may see, such as its tests: all that the author of the
   * workflow gave the step, without what belongs to the runner (its tokens, inputs and command files).
   */
  readonly projectEnvironment: Readonly<Record<string, string>>
  readonly event?: GithubEvent | undefined
}

/** The event that started a workflow, as far as it is used. */
export interface GithubEvent {
  /** `pull_request`, `push`, `merge_group`, … */
  readonly name: string
  /** The parsed webhook payload; hostile, so read with care. */
  readonly payload: Readonly<Record<string, unknown>>
  /** `owner/name`. */
  readonly repository: string
  /** `https://github.com` or that of an Enterprise server. */
  readonly serverUrl: string
  readonly sha: string
  /** Such as `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string
  readonly runId: string
  readonly runAttempt: number
  readonly workflow: string
  readonly job: string
  /** Step id or generated name, for keys that must differ in a job. */
  readonly action: string
  /** Digest of the matrix values of this job; empty without a matrix. */
  readonly matrix: string
  readonly actor: string
}

export interface FileStatus {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly bytes: number
  readonly modifiedMs: number
  /** Whether its owner may execute it; undefined on Windows. Some lint rules look at it. */
  readonly executable?: boolean | undefined
}

/** Paths are absolute, in the platform's form. Methods throw the platform's errors unless said otherwise. */
export interface Files {
  /** Undefined where there is nothing. Does not follow links. */
  status(path: string): Promise<FileStatus | undefined>
  /** Undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Undefined where there is no such file; bytes that are not UTF-8 become U+FFFD. */
  readText(path: string): Promise<string | undefined>
  stream(path: string): AsyncIterable<Uint8Array>
  /**
   * Makes folders as needed; replaces in one step (temporary file and rename). A file that was there keeps its
   * permissions, and gets those of a program with `executable`. A long text comes in pieces, so that it is never in
   * memory as a whole; they may be made while those before them are written.
   */
  write(
    path: string,
    content: string | Uint8Array | Iterable<string>,
    options?: { readonly executable?: boolean },
  ): Promise<void>
  /** Makes folders as needed, and the file if it is not there: of several processes that try, one is told true. */
  create(path: string, content: string): Promise<boolean>
  append(path: string, content: string): Promise<void>
  /** Names in a folder, sorted; empty where there is none. */
  list(path: string): Promise<readonly string[]>
  makeFolder(path: string): Promise<void>
  remove(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  /** The path with links resolved; undefined where there is nothing. */
  realPath(path: string): Promise<string | undefined>
}

export interface ProcessRequest {
  /** A name looked up in PATH of `env`, or an absolute path. Never given to a shell. */
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment of the process; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly stdin?: string | undefined
  /** Files that receive the streams; parents exist. Else both are kept in memory up to `maxBytes`. */
  readonly stdoutFile?: string | undefined
  readonly stderrFile?: string | undefined
  /** Bound of each stream; what goes beyond is dropped and `truncated` says so. */
  readonly maxBytes: number
  /** Gets all that both streams say, as it comes, in pieces of any length; beyond `maxBytes` too. */
  readonly onOutput?: ((text: string, stream: 'stdout' | 'stderr') => void) | undefined
  /** Runs even though the run was cancelled: for what has to be put back in order. Keep `timeoutMs` short then. */
  readonly evenIfCancelled?: boolean | undefined
}

export interface ProcessResult {
  /** Absent when ended by a signal or never started. */
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly ended: 'exited' | 'signalled' | 'timed-out' | 'cancelled' | 'not-started'
  /** Why it could not be started, in words. */
  readonly startError?: string | undefined
  /** Empty where a file received it. */
  readonly stdout: string
  readonly stderr: string
  readonly truncated: boolean
  readonly seconds: number
}

export interface Processes {
  /** Runs in a process group of its own, which is killed whole on time-out and cancellation. Never throws. */
  run(request: ProcessRequest): Promise<ProcessResult>
  /** Absolute path of a command in PATH of `env`, or undefined. */
  find(command: string, env: Readonly<Record<string, string>>): Promise<string | undefined>
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds of a clock that only goes forward. */
  monotonic(): number
  sleep(ms: number): Promise<void>
  /** Hex of `bytes` random bytes. */
  random(bytes: number): string
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | Uint8Array | undefined
  readonly timeoutMs: number
  readonly maxBytes: number
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Http {
  /** Follows redirects, honours proxy and certificate settings; throws `UnavailableError` when not reached. */
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface ConnectRequest {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** TLS from the first byte, the certificate verified. For protocols that begin without it, see `startTls`. */
  readonly tls?: boolean | undefined
  /** For the whole life of the connection: what still waits then, fails. */
  readonly timeoutMs: number
}

/** A connection of bytes. Methods throw `UnavailableError` when it broke, took too long, or was cancelled. */
export interface Connection {
  /** What has arrived, at least one byte; undefined after the peer has closed. One call at a time. */
  read(): Promise<Uint8Array | undefined>
  write(bytes: Uint8Array): Promise<void>
  /** From here on TLS. `verify: false` takes any certificate. */
  startTls(options?: { readonly verify?: boolean }): Promise<void>
  /** At once, without waiting for the peer; may be called again. */
  close(): void
}

export interface Sockets {
  /** Direct, past any proxy. Throws `UnavailableError` when not reached. */
  connect(request: ConnectRequest): Promise<Connection>
}

/** What the step says to the workflow, or the command to the terminal. */
export interface Runner {
  /** Value of `with: name`; undefined when empty or not given. */
  input(name: string): string | undefined
  /** All names given with `with:` (or as options), in kebab-case. */
  inputNames(): readonly string[]
  /** Masks in the log and in everything that `redact` passes. Ignores values shorter than 4 characters. */
  mask(secret: string): void
  /** Masks in everything that `redact` passes, without telling the runner: the value then is in no log at all. */
  hide(secret: string): void
  redact(text: string): string
  log(line: string): void
  debug(line: string): void
  /** Raw text of a tool, shown so that it can start no workflow command. */
  raw(text: string): void
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  annotate(annotation: Annotation): void
  output(name: string, value: string): void
  /** Bytes that are already in the step's summary file. */
  summaryBytes(): Promise<number>
  /** False where there is no summary to write to. */
  appendSummary(markdown: string): Promise<boolean>
  state(name: string): string | undefined
  saveState(name: string, value: string): void
  /** Marks the step failed; the only way to do it. */
  fail(message: string): void
}

/** The REST API as we use it: retried, limited, one method. */
export interface GithubApi {
  /**
   * Sends JSON to `path` (such as `/repos/o/r/check-runs`) of the API and gives the parsed answer.
   * Throws `GithubError` with the status for 4xx, `UnavailableError` after retries.
   */
  request<T>(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>
}

/** Folders kept between runs. Failures never throw: they are misses, and logged. */
export interface Cache {
  /** Key of the entry restored into `folder`, or undefined. `prefixes` are tried in order, newest entry first. */
  restore(folder: string, key: string, prefixes: readonly string[]): Promise<string | undefined>
  save(folder: string, key: string): Promise<boolean>
}
