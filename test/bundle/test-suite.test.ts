import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runBundle } from '../../scripts/runner.ts'

const bundle = resolve(import.meta.dirname, '../../actions/test-suite/dist/index.js')
const passing = '<testcase classname="t" name="one" time="1"/>'
const failing = '<testcase classname="t" name="two" time="1"><failure message="1 is not 2"/></testcase>'

/** Reads these results as a step of a workflow does. */
async function step(
  results: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'test-suite-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  for (const [name, cases] of Object.entries(results))
    writeFileSync(join(workspace, name), `<testsuite name="s">${cases}</testsuite>`)
  const run = await runBundle({
    bundle,
    workspace,
    runnerFolder: join(folder, 'runner'),
    inputs: { reports: '*.xml', ...inputs },
    event: { name: 'push', payload: {}, sha: 'a'.repeat(40), ref: 'refs/heads/main' },
    toolCache: join(folder, 'cache'),
  })
  return { ...run, workspace }
}

test('a failed test fails the step, in words and in numbers', async () => {
  const run = await step({ 'a.xml': passing + failing })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    verdict: 'failed',
    tests: '2',
    failures: '1',
    errors: '0',
    'pass-rate': '50',
  })
  expect(run.summary).toContain('1 is not 2')
  expect(run.log).toMatch(/^::error .*1 is not 2/m)
})

test('passed tests leave the step green, and the evidence behind', async () => {
  const run = await step({ 'a.xml': passing })
  expect([run.exitCode, run.outputs['verdict']]).toEqual([0, 'passed'])
  const result = JSON.parse(
    readFileSync(join(run.workspace, run.outputs['report-dir'] ?? '', 'result.json'), 'utf8'),
  )
  expect(result).toMatchObject({ action: 'test-suite', verdict: 'passed' })
})

test('nothing to read is an error, not a success', async () => {
  const run = await step({})
  expect([run.exitCode, run.outputs['verdict']]).toEqual([2, 'error'])
})

test('markup and commands in names and messages stay text', async () => {
  const name = '&lt;img src=x onerror=alert(1)>&#10;::set-output name=verdict::passed'
  const run = await step({
    'a.xml': `<testcase name="${name}"><failure message="@team **x** ]( javascript:1 )"/></testcase>`,
  })
  expect(run.outputs['verdict']).toBe('failed')
  const prose = run.summary.replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '')
  expect(prose).not.toMatch(/<img|[^\\`]@team|[^\\]\]\(\s*javascript/)
  expect(run.log).not.toMatch(/^::set-output/m)
})
