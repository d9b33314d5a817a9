/**
 * Everything that must hold, in one command. Each check that is not a vitest run counts as one test; the
 * last line adds all of it up. A part that fails does not keep the others from running.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TestCount } from '../test/count-reporter.ts'
import { goToolFolders } from './go-tools.ts'
import { sarifSchema } from './sarif-schema.ts'

const top = resolve(import.meta.dirname, '..')
const node = join(top, 'node_modules/node/bin/node')
const counted = join(top, '.cache/test/count.json')

interface Check {
  readonly name: string
  readonly args: readonly string[]
}

const checks: readonly Check[] = [
  {
    name: 'format and lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--log-level=warn'],
  },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'generated files are fresh', args: ['--conditions=source', 'scripts/generate.ts', '--check'] },
  { name: 'bundles are fresh', args: ['--conditions=source', 'scripts/bundle.ts', '--check'] },
]

const vitest = [
  '--conditions=source',
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=./test/count-reporter.ts',
]

/** Colours and progress are of no use in a log; standard input is closed so that nothing waits for it. */
function run(args: readonly string[]): boolean {
  const env = { ...process.env, CI_ACTIONS_TEST_COUNT: counted, NO_COLOR: '1' }
  return spawnSync(node, args, { cwd: top, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

function passes({ name, args }: Check): boolean {
  const start = performance.now()
  const passed = run(args)
  console.log(`${passed ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  return passed
}

/** What vitest counted; a run that ended without counting is one failure. */
function runVitest(): TestCount {
  mkdirSync(join(top, '.cache/test'), { recursive: true })
  rmSync(counted, { force: true })
  const passed = run(vitest)
  try {
    const count = JSON.parse(readFileSync(counted, 'utf8')) as TestCount
    return passed || count.failed > 0 ? count : { ...count, failed: 1 }
  } catch {
    return { passed: 0, failed: 1, skipped: [] }
  }
}

// Before the tests that use them begin side by side. Where there is no Go they are skipped, and counted.
goToolFolders({ build: true })
sarifSchema({ fetch: true })
const results = checks.map(passes)
const tests = runVitest()
for (const { name, why } of tests.skipped) console.log(`SKIPPED ${name}: ${why}`)
const passed = tests.passed + results.filter(Boolean).length
const failed = tests.failed + results.filter((result) => !result).length
if (passed === 0) process.exitCode = 1
if (failed > 0) process.exitCode = 1
console.log(`${passed} passed, ${failed} failed, ${tests.skipped.length} skipped`)
