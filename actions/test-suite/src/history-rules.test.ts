/** Rules on `delta.` and `new.` over two runs, on a real repository with the history in a folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runAction } from '@ci-actions/shared'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { expect, it, vi } from 'vitest'
import { commitTree, git, scratchFolder } from '../../../packages/shared/src/git/test/scratch.ts'
import { testSuite } from './action.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Measured {
  /** Of 1,000 lines. */
  readonly covered?: number
  readonly failed?: readonly string[]
  readonly tests?: readonly string[]
  /** The file with the results ends in its middle. */
  readonly cut?: boolean
  readonly inputs?: Readonly<Record<string, string>>
}

const inputs = { reports: 'r.xml', 'default-gate': 'off' }

function junit({ tests = ['one', 'two'], failed = [], cut = false }: Measured): string {
  const cases = tests.map(
    (name) =>
      `<testcase classname="t" name="${name}" time="2">${failed.includes(name) ? '<failure/>' : ''}</testcase>`,
  )
  return `<testsuite name="s">${cases.join('')}${cut ? '' : '</testsuite>'}`
}

function lcov(covered: number): string {
  const lines = Array.from({ length: 1000 }, (_, index) => `DA:${index + 1},${index < covered ? 1 : 0}`)
  return ['SF:shop.py', ...lines, 'end_of_record', ''].join('\n')
}

/** Pushes to `main`, one after the other, each with what its tests came to. */
function project() {
  const folder = scratchFolder()
  const workspace = join(folder, 'project')
  mkdirSync(workspace)
  git(workspace, 'init', '--quiet')
  let before = '0'.repeat(40)
  let runs = 0
  return async (gate: string, measured: Measured = {}) => {
    runs += 1
    const { covered } = measured
    const tree = { 'shop.py': `x = ${runs}\n`, 'r.xml': junit(measured), 'c.info': lcov(covered ?? 0) }
    const sha = commitTree(workspace, tree)
    const temporary = join(folder, `temporary-${runs}`)
    mkdirSync(temporary)
    const host = recordingHost({
      facts: {
        ...{ workspace, temporary, cacheFolder: join(folder, 'cache') },
        toolEnvironment: { PATH: process.env['PATH'] ?? '' },
      },
      event: {
        ...{ name: 'push', ref: 'refs/heads/main', runId: String(runs), sha },
        payload: { before, forced: false, repository: { default_branch: 'main' } },
      },
      files: nodeFiles,
      clock: nodeClock,
      processes: nodeProcesses(new AbortController().signal),
      inputs: {
        ...inputs,
        gate,
        ...(covered !== undefined && { 'coverage-reports': 'c.info' }),
        ...measured.inputs,
      },
    })
    const { report, verdict } = await runAction(testSuite, host)
    before = sha
    return { report, verdict, sha, rule: report.rules[0] }
  }
}

it('does not judge a first run, and says so', async () => {
  const { verdict, rule } = await project()('delta.coverage >= -0.5%', { covered: 900 })
  expect([verdict, rule?.outcome]).toEqual(['passed', 'no-base'])
  expect(rule?.message).toContain('nothing to compare with yet')
})

it.each([
  [900, 896, 'passed'],
  [900, 895, 'passed'],
  [900, 894, 'failed'],
  [900, 950, 'passed'],
])('compares a coverage of %i with one of %i of 1,000 lines: %s', async (base, now, verdict) => {
  const run = project()
  const gate = 'delta.coverage >= -0.5%'
  await run(gate, { covered: base })
  const second = await run(gate, { covered: now })
  expect(second.verdict).toBe(verdict)
  expect(second.rule).toMatchObject({ actual: (now - base) / 10, now: now / 10, base: base / 10 })
})

it('has nothing to compare with where the base was run without coverage', async () => {
  const run = project()
  await run('tests > 0')
  const { verdict, rule } = await run('delta.coverage >= -0.5%', { covered: 10 })
  expect([verdict, rule?.outcome]).toEqual(['passed', 'no-base'])
})

it('is not green where coverage is compared and absent', async () => {
  const run = project()
  await run('delta.coverage >= -0.5%', { covered: 900 })
  expect((await run('delta.coverage >= -0.5%')).verdict).toBe('incomplete')
})

it.each([
  ['delta.tests >= 0', { tests: ['one'] }, -1],
  ['delta.duration <= 1s', { tests: ['one', 'two', 'three'] }, 2],
  ['delta.failures <= 0', { failed: ['one'] }, 1],
  ['delta.pass-rate >= -10%', { failed: ['one'] }, -50],
] as const)('compares any total: %s', async (gate, now, actual) => {
  const run = project()
  await run(gate)
  const { verdict, rule } = await run(gate, now)
  expect([verdict, rule?.actual]).toEqual(['failed', actual])
})

it('compares what a rule with labels speaks about from the run after the one that brought it', async () => {
  const run = project()
  const gate = 'delta.coverage{path="shop.py"} >= 0%'
  await run('tests > 0', { covered: 900 })
  expect((await run(gate, { covered: 900 })).rule?.outcome).toBe('no-base')
  expect((await run(gate, { covered: 899 })).verdict).toBe('failed')
})

it('does not compare a run that broke off', async () => {
  const run = project()
  await run('delta.tests >= -1')
  const { verdict, rule } = await run('delta.tests >= -1', { tests: ['one'], cut: true })
  expect([verdict, rule?.outcome]).toEqual(['incomplete', 'not-measured'])
})

it('does not pass what cannot be compared since nothing is remembered', async () => {
  const off = { inputs: { history: 'off' } }
  const { verdict, rule } = await project()('new.failures == 0', off)
  expect([verdict, rule?.outcome]).toEqual(['incomplete', 'not-measured'])
  expect(rule?.message).toContain('`history` is `off`')
})

it('names the run that it compares with, and counts', async () => {
  const run = project()
  const first = await run('new.failures == 0', { failed: ['one'] })
  expect(first.report.notices.join()).toContain('No earlier run of `main` is remembered')
  const { report, verdict } = await run('new.failures == 0', { failed: ['one', 'two'] })
  const today = new Date(nodeClock.now()).toISOString().slice(0, 10)
  expect(verdict).toBe('failed')
  expect(report.base?.message).toBe(
    `Compared with the run of \`main\` at \`${first.sha.slice(0, 7)}\`, ${today}: 1 test fails newly, 1 failed before.`,
  )
})
