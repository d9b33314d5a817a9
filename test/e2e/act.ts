/**
 * nektos/act, which runs workflows in host mode: no containers, `actions/checkout` served by a copy, every
 * other action from a local repository. It ignores permissions and limits, so it is smoke, not proof.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { NODE } from '../../scripts/runner.ts'
import { installPythonTool } from './python-tool.ts'

const top = resolve(import.meta.dirname, '../..')
/** Kept, so that tools are installed once; act's own settings of the user do not count. */
const home = join(top, '.cache/act/home')

export type Act =
  | { readonly kind: 'found'; readonly command: string }
  | { readonly kind: 'none'; readonly why: string }

/** Says why where it cannot be had. */
export function installAct(): Act {
  const tool = installPythonTool('act')
  if (tool.kind === 'none') return tool
  return {
    kind: 'found',
    command: join(tool.folder, 'bin', process.platform === 'win32' ? 'act.exe' : 'act'),
  }
}

export interface ActRun {
  readonly act: string
  /** Checkout to run in; its workflow files are used. */
  readonly workspace: string
  readonly workflow: string
  readonly event: 'pull_request' | 'push'
  readonly eventFile: string
  /** `owner/name@ref` to the folder of a git repository. */
  readonly repositories: Readonly<Record<string, string>>
  /** For all steps. */
  readonly env?: Readonly<Record<string, string>>
  /** Folders with programs, before those of this machine. */
  readonly path?: readonly string[]
}

export interface ActResult {
  readonly jobs: Readonly<Record<string, string>>
  /** By `step id or number`: how the main part ended. */
  readonly steps: readonly { readonly name: string; readonly result: string }[]
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly log: string
}

interface Line {
  readonly msg?: string
  readonly stage?: string
  readonly step?: string
  readonly stepResult?: string
  readonly job?: string
  readonly jobResult?: string
  readonly command?: string
  readonly name?: string
  readonly arg?: string
  readonly content?: string
}

function parseLine(line: string): Line {
  try {
    return JSON.parse(line) as Line
  } catch {
    return { msg: line }
  }
}

/** Not waited for in one piece: a test may serve what the steps ask for. */
export async function runAct(run: ActRun): Promise<ActResult> {
  mkdirSync(home, { recursive: true })
  const args = [
    run.event,
    ...['--workflows', run.workflow, '--eventpath', run.eventFile, '--json'],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--cache-server-addr', '127.0.0.1'],
    ...Object.entries({ GITHUB_REPOSITORY: 'acme/orders-service', ...run.env }).flatMap(([name, value]) => [
      '--env',
      `${name}=${value}`,
    ]),
    ...Object.entries(run.repositories).flatMap(([name, folder]) => [
      '--local-repository',
      `${name}=${folder}`,
    ]),
  ]
  const env = {
    ...process.env,
    HOME: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    PATH: [...(run.path ?? []), dirname(NODE), process.env['PATH'] ?? ''].join(delimiter),
  }
  const act = spawn(run.act, args, {
    cwd: run.workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
  })
  const ended = new Promise((done, fail) => act.on('error', fail).on('close', done))
  const printed = await Promise.all([text(act.stdout), text(act.stderr)])
  await ended
  const lines = printed.join('').split('\n').filter(Boolean).map(parseLine)
  const outputs = lines.filter(({ command }) => command === 'set-output')
  return {
    jobs: Object.fromEntries(
      lines.flatMap(({ job, jobResult }) => (job && jobResult ? [[job, jobResult]] : [])),
    ),
    steps: lines.flatMap(({ stage, step, stepResult }) =>
      stage === 'Main' && step && stepResult ? [{ name: step, result: stepResult }] : [],
    ),
    outputs: Object.fromEntries(outputs.map(({ name, arg }) => [name, arg])),
    summary: lines.map(({ command, content }) => (command === 'summary' ? content : '')).join(''),
    log: lines.map(({ msg }) => msg?.trimEnd() ?? '').join('\n'),
  }
}
