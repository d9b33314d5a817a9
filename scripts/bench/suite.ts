/** One run of an action on the bench tree, as a step on a runner: a bundle, and its own caches. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { git } from '../example-repository.ts'
import { inheritedEnvironment, inputVariable, NODE, SHARED_CACHE } from '../runner.ts'
import type { Timing } from './measure.ts'
import { quote, readPeak, timeShell } from './measure.ts'

const top = resolve(import.meta.dirname, '../..')
export const bundle = join(top, 'actions/quality-gate/dist/index.js')

export interface ToolCommand {
  readonly command: readonly string[]
  readonly cwd: string
  readonly seconds: number
}

export interface SuiteRun extends Timing {
  /** Megabytes of our own process. */
  readonly peak: number
  readonly commands: readonly { readonly tool: string; readonly commands: readonly ToolCommand[] }[]
  readonly findings: number
  /** What all tools said, before findings of one risk are one. */
  readonly told: number
  /** Names of tools whose result cannot be trusted: their time says nothing. */
  readonly failed: readonly string[]
}

const repository = 'acme/bench'
/** Where a trusted run of that repository remembers results and tools keep their caches; installed tools stay. */
const results = join(SHARED_CACHE, 'ci-actions', repository.replace('/', '-'), 'trusted', 'results')

/** Throws where there is nothing to forget: a run that is called cold would not be. */
export function forget(): void {
  rmSync(results, { recursive: true })
}

/** `program`: default the committed bundle of the quality gate. */
export function runSuite(
  tree: string,
  inputs: Readonly<Record<string, string>>,
  program: string = bundle,
): SuiteRun {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  mkdirSync(join(folder, 'temp'))
  const sha = git(tree, 'rev-parse', 'HEAD').trim()
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ before: sha }))
  for (const name of ['output', 'state', 'summary', 'env', 'path']) writeFileSync(join(folder, name), '')
  const given = Object.entries({ 'report-dir': 'ci-actions-report/bench', ...inputs })
  const timing = timeShell(
    `${quote(NODE)} --import ${quote(join(import.meta.dirname, 'peak.mjs'))} ${quote(program)}`,
    tree,
    {
      ...inheritedEnvironment(),
      BENCH_PEAK: join(folder, 'peak'),
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: tree,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_SHA: sha,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REPOSITORY: repository,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '1',
      GITHUB_JOB: 'bench',
      RUNNER_TEMP: join(folder, 'temp'),
      RUNNER_TOOL_CACHE: SHARED_CACHE,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STATE: join(folder, 'state'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...Object.fromEntries(given.map(([name, value]) => [inputVariable(name), value])),
    },
  )
  const report = join(tree, 'ci-actions-report/bench')
  const run = { ...timing, peak: readPeak(join(folder, 'peak')), ...readReport(report) }
  rmSync(folder, { recursive: true })
  return run
}

interface ToolInResult {
  readonly id: string
  readonly status: string
  readonly findings: number
}

function readReport(folder: string): Omit<SuiteRun, keyof Timing | 'peak'> {
  const result: { readonly findings: readonly unknown[]; readonly tools: readonly ToolInResult[] } =
    JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))
  return {
    commands: JSON.parse(readFileSync(join(folder, 'commands.json'), 'utf8')),
    findings: result.findings.length,
    told: result.tools.reduce((sum, { findings }) => sum + findings, 0),
    failed: result.tools.flatMap(({ id, status }) => (status === 'failed' ? [id] : [])),
  }
}

/** The same commands, all started at once by a shell: what side by side comes to on this machine without us. */
export function runAtOnce(run: SuiteRun): Timing {
  const lines = run.commands.flatMap(({ commands }) =>
    commands.map(({ command, cwd }) => `(cd ${quote(cwd)}; ${command.map(quote).join(' ')}) &`),
  )
  return timeShell(`${lines.join('\n')}\nwait`, top, inheritedEnvironment())
}

/** The same commands, one after the other, as the steps of a workflow would run them. */
export function runReference(run: SuiteRun): Timing & { readonly byTool: Readonly<Record<string, Timing>> } {
  const byTool: Record<string, Timing> = {}
  let wall = 0
  let cpu = 0
  for (const { tool, commands } of run.commands) {
    if (commands.length === 0) continue
    const script = commands
      .map(({ command, cwd }) => `cd ${quote(cwd)}; ${command.map(quote).join(' ')}`)
      .join('\n')
    const timing = timeShell(script, top, inheritedEnvironment())
    byTool[tool] = timing
    wall += timing.wall
    cpu += timing.cpu
  }
  return { wall, cpu, exitCode: 0, byTool }
}
