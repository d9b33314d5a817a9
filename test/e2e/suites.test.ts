/** The workflows of test-suite's README on the release tree: shards and their merge, a matrix beside a service. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import {
  makeExampleRepository,
  makeRepository,
  pullRequestPayload,
  shallowCheckout,
} from '../../scripts/example-repository.ts'
import { findRedis, NO_REDIS, withRedis } from '../../scripts/redis-server.ts'
import { buildReleaseTree } from '../../scripts/release-tree.ts'
import { readmeWorkflows } from '../contract/readme-workflow.ts'
import type { ActResult } from './act.ts'
import { installAct, runAct } from './act.ts'
import { standInActions } from './artifacts.ts'

const top = resolve(import.meta.dirname, '../..')
const [tests = '', shards = ''] = readmeWorkflows(
  readFileSync(join(top, 'actions/test-suite/README.md'), 'utf8'),
)
const act = installAct()
const scratch = mkdtempSync(join(tmpdir(), 'ci-actions-suites-'))
const release = join(scratch, 'release')

beforeAll(() => {
  if (act.kind === 'none') return
  buildReleaseTree(release)
  makeRepository(release, 'release')
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Report {
  readonly verdict: string
  readonly reasons: readonly { readonly code: string; readonly message: string }[]
  readonly metrics: readonly {
    readonly name: string
    readonly labels: Readonly<Record<string, string>>
    readonly value: number
  }[]
}

interface Run extends ActResult {
  /** Where artifacts are kept. */
  readonly folder: string
  /** Their names. */
  readonly artifacts: readonly string[]
  artifact(file: string): string
  /** All below one of the folders, relative to it. */
  files(name: string): readonly string[]
  report(name: string): Report
}

interface Options {
  readonly env?: Readonly<Record<string, string>>
  /** An earlier run whose artifacts are there already; this one is of the same run of the workflow. */
  readonly after?: Run
}

/** A pull request that harms nothing, on the example with this workflow. */
async function happen(
  name: string,
  command: string,
  workflow: string,
  { env, after }: Options = {},
): Promise<Run> {
  const repository = makeExampleRepository(join(scratch, `${name}-origin`), addNames)
  const workspace = join(scratch, name)
  shallowCheckout(repository.folder, repository.merge, workspace)
  writeFileSync(join(workspace, '.github/workflows/ci.yml'), workflow)
  const eventFile = join(scratch, `${name}.json`)
  writeFileSync(eventFile, JSON.stringify(pullRequestPayload(repository)))
  const kept = after?.folder ?? join(scratch, `${name}-artifacts`)
  const result = await runAct({
    act: command,
    workspace,
    workflow: '.github/workflows/ci.yml',
    event: 'pull_request',
    eventFile,
    repositories: {
      'org/ci-actions@v2': release,
      ...standInActions(workflow, join(scratch, `${name}-actions`)),
    },
    env: { ARTIFACTS: kept, ...env },
  })
  const artifact = (file: string): string => readFileSync(join(kept, file), 'utf8')
  return {
    ...result,
    folder: kept,
    artifacts: readdirSync(kept).toSorted(),
    artifact,
    files: (folder) => readdirSync(join(kept, folder), { recursive: true, encoding: 'utf8' }),
    report: (folder) => JSON.parse(artifact(`${folder}/result.json`)),
  }
}

/** The job that puts together, once more, after one of the artifacts got lost. */
function mergeAgain(run: Run, lost: string, workflow: string, job: string, command: string): Promise<Run> {
  for (const name of [lost, 'tests']) rmSync(join(run.folder, name), { recursive: true })
  const { jobs, ...rest } = parse(workflow)
  const { needs, ...merging } = jobs[job]
  expect(needs).toBeTruthy()
  return happen(`without-${lost}`, command, stringify({ ...rest, jobs: { [job]: merging } }), { after: run })
}

function addNames(folder: string): void {
  const module = '"""Names of things."""\n\nCURRENCIES = ("EUR", "USD")\n'
  writeFileSync(join(folder, 'src/orders/domain/names.py'), module)
}

function total({ metrics }: Report, name: string): number | undefined {
  return metrics.find((metric) => metric.name === name && Object.keys(metric.labels).length === 0)?.value
}

/** Ids of the tests that a part ran. */
function testsOf(run: Run, part: string): readonly string[] {
  const lines = run.artifact(`${part}/test-results.jsonl`).trim().split('\n')
  return lines.map((line) => JSON.parse(line)).flatMap(({ id }) => (id === undefined ? [] : [id]))
}

/** `file:line` of all that a part ran, as coverage.py says. */
function linesRun(run: Run, part: string): readonly string[] {
  const reports = run.files(part).filter((file) => file.endsWith('.coverage.json'))
  return reports.flatMap((report) => {
    const files: Readonly<Record<string, { executed_lines: readonly number[] }>> = JSON.parse(
      run.artifact(`${part}/${report}`),
    ).files
    return Object.entries(files).flatMap(([file, lines]) =>
      lines.executed_lines.map((line) => `${file}:${line}`),
    )
  })
}

/** The same of the report that was put together, as its LCOV file says. */
function linesReported(run: Run, name: string): ReadonlySet<string> {
  const found = new Set<string>()
  let file = ''
  for (const line of run.artifact(`${name}/coverage/lcov.info`).split('\n')) {
    if (line.startsWith('SF:')) file = line.slice(3)
    const [, number, hits] = /^DA:(\d+),(\d+)/.exec(line) ?? []
    if (number !== undefined && hits !== '0') found.add(`${file}:${number}`)
  }
  return found
}

/** The report covers what any part ran, which is more than each of them ran alone. */
function expectUnited(run: Run, parts: readonly string[]): void {
  const each = parts.map((part) => new Set(linesRun(run, part)))
  const united = linesReported(run, 'tests')
  expect(united).toEqual(new Set(each.flatMap((lines) => [...lines])))
  for (const lines of each) expect(lines.size).toBeLessThan(united.size)
}

const parts = ['part-1', 'part-2', 'part-3']

test('three shards are planned, run and put together, and none of them may be missing', {
  timeout: 300_000,
}, async (context) => {
  if (act.kind === 'none') return context.skip(act.why)
  const run = await happen('shards', act.command, shards)
  expect(Object.values(run.jobs), run.log).toEqual(Array(5).fill('success'))
  expect(run.artifacts).toEqual([...parts, 'shard-plan', 'tests'])
  const ran = parts.map((part) => testsOf(run, part))
  expect(ran.every((ids) => ids.length > 0)).toBe(true)
  const plan = JSON.parse(run.artifact('shard-plan/shard-plan.json'))
  const planned: readonly string[] = plan.shards.flatMap(({ tests: ids }: { tests: string[] }) => ids)
  expect(new Set(planned).size).toBe(planned.length)
  expect(ran.flat().toSorted()).toEqual(planned.toSorted())

  const merged = run.report('tests')
  expect(merged.verdict).toBe('passed')
  expect(total(merged, 'tests')).toBe(planned.length)
  expectUnited(run, parts)

  const again = await mergeAgain(run, 'part-2', shards, 'merge', act.command)
  expect(Object.values(again.jobs), again.log).toEqual(['failure'])
  expect(again.report('tests').verdict).toBe('incomplete')
  const reasons = again.report('tests').reasons.map(({ message }) => message)
  expect(reasons.join('\n')).toContain('Shard 2 of 3 has not arrived.')
})

/** Without the container, which needs Docker: the Redis is one of this machine. act has no `strategy.job-total`. */
function onThisMachine(workflow: string, port: number): string {
  const changed = workflow
    .replace(/^ {4}services:\n(?: {6,}.*\n)+/m, '')
    .replace('redis://localhost:6379', `redis://localhost:${port}`)
    .replace(/^( *)paths: tests\/unit$/m, '$&\n$1job-total: 3')
  expect(changed).not.toContain('6379')
  return changed
}

test('a matrix of unit tests beside integration tests with a real Redis becomes one report, and no job may be missing', {
  timeout: 300_000,
}, async (context) => {
  if (act.kind === 'none') return context.skip(act.why)
  const redis = findRedis()
  if (redis === undefined) return context.skip(NO_REDIS)
  const run = await withRedis(redis, join(scratch, 'redis'), (port) =>
    happen('matrix', act.command, onThisMachine(tests, port), {
      env: { ORDERS_REDIS: `redis://localhost:${port}/0` },
    }),
  )
  expect(Object.values(run.jobs), run.log).toEqual(Array(5).fill('success'))
  const arrived = ['integration', 'unit-3.11', 'unit-3.12', 'unit-3.13']
  expect(run.artifacts.filter((name) => name !== 'tests')).toEqual(arrived)
  const merged = run.report('tests')
  expect(merged.verdict).toBe('passed')
  const ran = arrived.flatMap((part) => testsOf(run, part))
  expect(ran.some((id) => id.startsWith('tests/integration/'))).toBe(true)
  expect(total(merged, 'tests')).toBe(ran.length)
  expectUnited(run, arrived)

  const again = await mergeAgain(run, 'integration', tests, 'report', act.command)
  expect(Object.values(again.jobs), again.log).toEqual(['failure'])
  expect(again.summary).toContain('parts/integration/**')
})
