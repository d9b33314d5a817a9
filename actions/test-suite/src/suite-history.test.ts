import { runAction } from '@ci-actions/shared'
import { memoryFiles, recordingHost } from '@ci-actions/shared/testing'
import { expect, it } from 'vitest'
import { testSuite } from './action.ts'

function results(...failed: readonly string[]): string {
  const cases = ['one', 'two', 'three'].map((name) => {
    const failure = failed.includes(name) ? '<failure message="no"/>' : ''
    return `<testcase classname="t" name="${name}" time="1">${failure}</testcase>`
  })
  return `<testsuite name="s">${cases.join('')}</testsuite>`
}

/** One run after the other on one machine, on the branch and in the run that are given. */
function machine() {
  const files = memoryFiles()
  return async (run: string, xml: string, inputs: Readonly<Record<string, string>> = {}) => {
    await files.write('/workspace/r.xml', xml)
    const host = recordingHost({
      files,
      facts: { workspace: '/workspace', cacheFolder: '/cache' },
      event: { name: 'push', ref: 'refs/heads/main', runId: run, sha: run.repeat(40).slice(0, 40) },
      inputs: { reports: 'r.xml', ...inputs },
    })
    return runAction(testSuite, host)
  }
}

it('tells what fails anew from what failed before', async () => {
  const run = machine()
  await run('a', results('one'))
  const { report } = await run('b', results('one', 'two'))
  const states = report.findings.map(({ symbol, state }) => [symbol, state])
  expect(Object.fromEntries(states)).toEqual({ 't::one': 'unchanged', 't::two': 'new' })
})

it('lets the gate count what is new alone', async () => {
  const run = machine()
  const gate = { gate: 'new.failures == 0' }
  await run('a', results('one'), gate)
  expect((await run('b', results('one'), gate)).verdict).toBe('passed')
  expect((await run('c', results('one', 'two'), gate)).verdict).toBe('failed')
})

it('counts tests that came and went', async () => {
  const run = machine()
  await run('a', results())
  const { report } = await run(
    'b',
    results().replace('name="two"', 'name="four"').replace('name="one"', 'name="five"'),
  )
  const value = (name: string) => report.metrics.find((metric) => metric.name === name)?.value
  expect([value('new-tests'), value('removed-tests')]).toEqual([2, 2])
})

it('remembers nothing of a run that broke off', async () => {
  const run = machine()
  await run('a', results('one'))
  await run('b', results().slice(0, 60))
  const { report } = await run('c', results('one'))
  expect(report.findings[0]?.state).toBe('unchanged')
})

it('refuses a place that is none', async () => {
  const { report } = await machine()('a', results(), { history: 'brach:x' })
  expect(report.verdict).toBe('error')
  expect(report.reasons[0]?.message).toContain('`history`')
})
