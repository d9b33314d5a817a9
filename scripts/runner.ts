/**
 * Plays GitHub's runner for a bundle: `INPUT_*` variables, the event file, the command files, a child
 * process with nothing inherited but what a hosted runner has too. For the demo, the tests and the benchmark.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'

const top = resolve(import.meta.dirname, '..')
export const NODE = join(top, 'node_modules/node/bin/node')

/** `$XDG_CACHE_HOME` for the command line, `RUNNER_TOOL_CACHE` for actions: both then use the same folder in it. */
export const SHARED_CACHE = join(top, '.cache/runner')

/** What differs between the events that start a workflow. */
export interface RunnerEvent {
  readonly name: 'pull_request' | 'push' | 'merge_group' | 'workflow_dispatch' | 'schedule'
  readonly payload: Readonly<Record<string, unknown>>
  readonly sha: string
  /** `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string
}

export interface BundleRun {
  /** Bundle to run, such as `actions/quality-gate/dist/index.js` of this repository. */
  readonly bundle: string
  readonly workspace: string
  /** Empty folder for what the runner keeps outside of the workspace. */
  readonly runnerFolder: string
  readonly inputs: Readonly<Record<string, string>>
  readonly event: RunnerEvent
  /** Base URL of the API; default: an address that nobody serves. */
  readonly apiUrl?: string
  /** Where tools and remembered results are kept; default: a folder of this repository that runs share. */
  readonly toolCache?: string
  readonly env?: Readonly<Record<string, string>>
  /** Gets the process id once it runs, to send a signal. */
  readonly onStart?: (pid: number) => void
  readonly onOutput?: (text: string) => void
}

export interface BundleResult {
  readonly exitCode: number | null
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly seconds: number
}

/** What a tool may need of the machine; no token, no folder of this repository but the pinned Node. */
const INHERITED =
  /^(HOME|LANG|LC_.*|TZ|TMPDIR|SSL_CERT_.*|(https?|no|all)_proxy|PIP_.*|UV_.*|npm_config_.*|NODE_EXTRA_CA_CERTS|PYENV_.*)$/i

export function inheritedEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => INHERITED.test(name) && !/^UV_.*TOKEN/i.test(name),
  )
  const path = [dirname(NODE), process.env['PATH'] ?? ''].join(delimiter)
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])), PATH: path }
}

/** `name<<delimiter` blocks and `name=value` lines of a command file, as the runner reads them. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const block = /^([^=<]+)<<(.+)$/.exec(line)
    if (block?.[1] !== undefined && block[2] !== undefined) {
      const end = lines.indexOf(block[2], index + 1)
      if (end === -1) throw new Error(`command file: no line \`${block[2]}\` ends the value of ${block[1]}`)
      values[block[1]] = lines.slice(index + 1, end).join('\n')
      index = end
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    } else if (line !== '') {
      throw new Error(`command file: invalid line ${JSON.stringify(line)}`)
    }
  }
  return values
}

const COMMAND_FILES = {
  GITHUB_OUTPUT: 'output',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary',
  GITHUB_ENV: 'env',
  GITHUB_PATH: 'path',
}

function runnerEnvironment(run: BundleRun): Record<string, string> {
  const folder = run.runnerFolder
  for (const name of ['temp', 'commands']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of Object.values(COMMAND_FILES)) writeFileSync(join(folder, 'commands', name), '')
  writeFileSync(join(folder, 'event.json'), JSON.stringify(run.event.payload))
  return {
    ...inheritedEnvironment(),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: run.workspace,
    GITHUB_EVENT_NAME: run.event.name,
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_SHA: run.event.sha,
    GITHUB_REF: run.event.ref,
    GITHUB_REPOSITORY: 'acme/orders-service',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: run.apiUrl ?? 'http://127.0.0.1:9',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_NUMBER: '12',
    GITHUB_WORKFLOW: 'ci',
    GITHUB_JOB: 'quality-gate',
    GITHUB_ACTION: 'quality',
    GITHUB_ACTOR: 'ada',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_TEMP: join(folder, 'temp'),
    RUNNER_TOOL_CACHE: run.toolCache ?? SHARED_CACHE,
    ...Object.fromEntries(
      Object.entries(COMMAND_FILES).map(([name, file]) => [name, join(folder, 'commands', file)]),
    ),
    ...Object.fromEntries(Object.entries(run.inputs).map(([name, value]) => [inputVariable(name), value])),
    ...run.env,
  }
}

/** The runner upper-cases the name and turns spaces, not dashes, into underscores. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

export async function runBundle(run: BundleRun): Promise<BundleResult> {
  const env = runnerEnvironment(run)
  const start = performance.now()
  const child = spawn(NODE, [run.bundle], { cwd: run.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      log += text
      run.onOutput?.(text)
    })
  }
  if (child.pid !== undefined) run.onStart?.(child.pid)
  const exitCode = await new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', done)
  })
  const commandFile = (name: string): string => readFileSync(join(run.runnerFolder, 'commands', name), 'utf8')
  return {
    exitCode,
    log,
    summary: commandFile('summary'),
    outputs: parseCommandFile(commandFile('output')),
    state: parseCommandFile(commandFile('state')),
    seconds: (performance.now() - start) / 1000,
  }
}
