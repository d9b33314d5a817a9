/**
 * The quality gate, the tests and the security scan of the example, in a copy of its own: as on a pull request and
 * as on a push, by the committed bundles with a runner's environment; then on a laptop, by the command line, which also
 * mends the vulnerable requirement.
 * All of it stays below `.cache/demo/`, with what GitHub would show. The verdict is `failed`, on purpose, but for the
 * integration tests: exit 0 if it is that, for the planted reasons, and 1 if not.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { DemoResult } from './demo-record.ts'
import { demoFolder, keep, shown } from './demo-record.ts'
import type { ExampleRepository } from './example-repository.ts'
import {
  git,
  makeExampleRepository,
  pullRequestPayload,
  pushPayload,
  shallowCheckout,
} from './example-repository.ts'
import { demoFix } from './fix-demo.ts'
import { findRedis, NO_REDIS, withRedis } from './redis-server.ts'
import type { RunnerEvent } from './runner.ts'
import { inheritedEnvironment, NODE, runBundle, SHARED_CACHE } from './runner.ts'
import { demoSecurityScan } from './security-demo.ts'

const top = resolve(import.meta.dirname, '..')
const bundleOf = (action: string): string => join(top, 'actions', action, 'dist/index.js')

/** The rules that the planted defects break, and no others. */
const BROKEN = ['delta.score >= 0', 'new.formatting-issues == 0', 'new.type-errors < 5']

/** What is wrong with a result, as sentences; none if it is the expected one. */
export function unexpected({ verdict, rules }: Pick<DemoResult, 'verdict' | 'rules'>): readonly string[] {
  const broken = rules
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ rule }) => rule)
    .toSorted()
  return [
    ...(verdict === 'failed' ? [] : [`the verdict is ${verdict}, not failed`]),
    ...BROKEN.filter((rule) => !broken.includes(rule)).map((rule) => `\`${rule}\` should have failed`),
    ...broken
      .filter((rule) => !BROKEN.includes(rule))
      .map((rule) => `\`${rule}\` failed, which is not planted`),
  ]
}

async function asOnGithub(
  name: string,
  title: string,
  scratch: string,
  workspace: string,
  event: RunnerEvent,
): Promise<readonly string[]> {
  const run = await runBundle({
    bundle: bundleOf('quality-gate'),
    workspace,
    runnerFolder: join(scratch, `${name}-runner`),
    inputs: {},
    event,
  })
  const result = keep(name, title, workspace, run)
  const problems = [
    ...unexpected(result),
    ...(run.exitCode === 1 ? [] : [`the step ended with exit code ${run.exitCode}, not 1`]),
  ]
  console.log(
    `${title}: ${result.verdict} in ${run.seconds.toFixed(1)} s${problems.length === 0 ? ', as planted' : ''}`,
  )
  return problems.map((problem) => `${title}: ${problem}`)
}

interface TestRun {
  /** Folder of what is kept. */
  readonly name: string
  readonly title: string
  readonly inputs: Readonly<Record<string, string>>
  /** The rules that the change breaks. */
  readonly broken: readonly string[]
}

async function testsOnGithub(
  { name, title, inputs, broken }: TestRun,
  { scratch, workspace, event }: { scratch: string; workspace: string; event: RunnerEvent },
): Promise<readonly string[]> {
  const run = await runBundle({
    bundle: bundleOf('test-suite'),
    workspace,
    runnerFolder: join(scratch, `${name}-runner`),
    inputs: { install: 'requirements-dev.txt', ...inputs },
    event,
  })
  const { verdict, rules } = keep(name, title, workspace, run)
  const failed = rules.filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule)
  const planted = verdict === (broken.length > 0 ? 'failed' : 'passed') && failed.join() === broken.join()
  const remark = planted && broken.length > 0 ? ', as planted' : ''
  console.log(`${title}: ${verdict} in ${run.seconds.toFixed(1)} s${remark}`)
  return planted ? [] : [`${title}: ${verdict}, because of ${failed.join(', ') || 'nothing'}`]
}

/** The change brings a client that no test runs: all tests pass, and the coverage falls below its floor. */
const UNIT: TestRun = {
  name: 'tests',
  title: 'Unit tests',
  inputs: { paths: 'tests/unit', coverage: 'true' },
  broken: ['coverage >= 80%'],
}

/** With the real Redis that they need; the change has nothing to do with it. */
function integration(port: number): TestRun {
  const inputs = {
    paths: 'tests/integration',
    services: `redis://127.0.0.1:${port}`,
    env: `ORDERS_REDIS: redis://127.0.0.1:${port}/0`,
  }
  return { name: 'integration', title: 'Integration tests', inputs, broken: [] }
}

/** Prints the report of the command line, in colour on a terminal. */
function onLaptop(repository: ExampleRepository): readonly string[] {
  git(repository.folder, 'checkout', '--quiet', 'refunds')
  const command = [join(top, 'packages/cli/src/main.ts'), 'quality-gate', '--base', 'main']
  const env = {
    ...inheritedEnvironment(),
    XDG_CACHE_HOME: SHARED_CACHE,
    ...(process.env['NO_COLOR'] ? { NO_COLOR: '1' } : {}),
  }
  // The live table is for a terminal; elsewhere what it says is of interest only if something went wrong.
  const { status, stderr } = spawnSync(NODE, ['--conditions=source', ...command], {
    cwd: repository.folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', process.stderr.isTTY ? 'inherit' : 'pipe'],
  })
  if (status === 1) return []
  return [`on a laptop: exit code ${status}, not 1\n${stderr ?? ''}`]
}

async function demo(): Promise<readonly string[]> {
  rmSync(demoFolder, { recursive: true, force: true })
  console.log(
    'Quality gate, tests and security scan of examples/orders-service. The first run installs the tools, below .cache/; nothing else changes.\n',
  )
  const scratch = join(demoFolder, 'work')
  const repository = makeExampleRepository(join(scratch, 'orders-service'))
  const { merge } = repository
  const checkout = join(scratch, 'checkout')
  shallowCheckout(repository.folder, merge, checkout)
  const pullRequest = {
    name: 'pull_request',
    payload: pullRequestPayload(repository),
    sha: merge,
    ref: 'refs/pull/7/merge',
  } as const
  const push = {
    name: 'push',
    payload: pushPayload(repository),
    sha: merge,
    ref: 'refs/heads/main',
  } as const
  const problems = [
    ...(await asOnGithub('pull-request', 'Pull request', scratch, checkout, pullRequest)),
    ...(await asOnGithub('push', 'Push', scratch, checkout, push)),
    ...(await testsOnGithub(UNIT, { scratch, workspace: checkout, event: pullRequest })),
  ]
  const redis = findRedis()
  if (redis === undefined) console.log(`Integration tests: left out, since ${NO_REDIS}`)
  else {
    const run = (port: number) =>
      testsOnGithub(integration(port), { scratch, workspace: checkout, event: pullRequest })
    problems.push(...(await withRedis(redis, join(scratch, 'redis'), run)))
  }
  problems.push(...(await demoSecurityScan(repository, scratch)), ...(await demoFix(repository, scratch)))
  const folder = relative(process.cwd(), repository.folder)
  console.log(`\nThe same on a laptop, \`ci-actions quality-gate --base main\` in ${folder}:\n`)
  problems.push(...onLaptop(repository))
  return problems
}

const runs = ['pull-request', 'push', 'tests', 'integration', 'security', 'security-unavailable', 'fix']

if (import.meta.main) {
  const problems = await demo()
  console.log('\nWhat GitHub would show:\n')
  const files = shown(runs).map(
    ([run, file, what]) => [relative(process.cwd(), join(demoFolder, run, file)), what] as const,
  )
  const width = Math.max(...files.map(([file]) => file.length))
  for (const [file, what] of files) console.log(`  ${file.padEnd(width)} ${what}`)
  for (const problem of problems) console.error(`NOT EXPECTED: ${problem}`)
  if (problems.length === 0)
    console.log('\nEach verdict is as planted: `failed` where the change has defects is what gates are for.')
  process.exitCode = problems.length === 0 ? 0 : 1
}
