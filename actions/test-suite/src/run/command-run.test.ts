import { describe, expect, it } from 'vitest'
import { openStage } from './test/stage.ts'

const report = (cases: string) => `<testsuites><testsuite name="s">${cases}</testsuite></testsuites>`
const good = '<testcase classname="a" name="one"/>'
const bad = '<testcase classname="a" name="two"><failure message="no"/></testcase>'

/** A runner that writes `text` to `path`, and ends with `code`. */
const runner = (text: string, code = 0, path = 'out/junit.xml') =>
  `import os, sys\nos.makedirs(os.path.dirname(${JSON.stringify(path)}) or ".", exist_ok=True)\nopen(${JSON.stringify(path)}, "w").write(${JSON.stringify(text)})\nsys.exit(${code})\n`
const command = ['python3', 'runner.py']
const environment = { python: '', kind: 'none' } as const
const run = (files: Readonly<Record<string, string>>, inputs = {}) =>
  openStage(files).run({ command, reports: ['out/*.xml'], ...inputs }, { environment })

describe('another runner', () => {
  it('is believed where exit code and results agree', async () => {
    const passed = await run({ 'runner.py': runner(report(good)) })
    expect(passed.codes).toEqual([])
    expect(passed.tests.map(({ name, status }) => [name, status])).toEqual([['one', 'passed']])
    const failed = await run({ 'runner.py': runner(report(good + bad), 1) })
    expect(failed.codes).toEqual([])
    expect(failed.tests.map(({ status }) => status).sort()).toEqual(['failed', 'passed'])
  })

  it.each([
    [
      'exit code 0 and a failed test',
      runner(report(bad)),
      'exit-disagrees',
      /exit code 0, and 1 test failed/,
    ],
    [
      'another exit code and no failed test',
      runner(report(good), 1),
      'exit-disagrees',
      /exit code 1, and no test/,
    ],
    ['no test', runner(report('')), 'no-tests', /no test ran/],
    [
      'skipped tests alone',
      runner(report('<testcase name="a"><skipped/></testcase>')),
      'no-tests',
      /no test ran/,
    ],
    ['no result file', 'pass', 'no-results', /wrote no results to `out\/\*.xml`/],
    ['a result file that is cut off', runner(report(good).slice(0, -12)), 'results-damaged', /breaks off/],
    [
      'a result file that is none',
      runner('<html><body>Bad gateway</body></html>'),
      'results-damaged',
      /cannot be read/,
    ],
    ['a kill', 'import os\nos.kill(os.getpid(), 9)', 'killed', /SIGKILL/],
  ])('is not believed after %s', async (_, script, code, says) => {
    const ended = await run({ 'runner.py': script })
    expect(ended.codes[0]).toBe(code)
    expect(ended.problems[0]?.message).toMatch(says)
  })

  it('is not believed where its program is missing', async () => {
    expect((await run({}, { command: ['no-such-runner'] })).codes).toEqual(['not-started'])
  })

  it('gives no results of an earlier run', async () => {
    const old = { 'out/junit.xml': report(good) }
    const ended = await run({ ...old, 'runner.py': 'pass' })
    expect(ended.codes).toEqual(['no-results'])
    expect(ended.problems[0]?.message).toMatch(/older than the run.*out\/junit.xml/)
    expect(ended.tests).toEqual([])
    const other = await run({ ...old, 'runner.py': runner(report(good), 0, 'out/other.xml') })
    expect(other.tests).toHaveLength(1)
    expect(other.notices.join()).toContain('out/junit.xml')
    const written = await run({ ...old, 'runner.py': runner(report(good + good.replace('one', 'three'))) })
    expect(written.tests).toHaveLength(2)
  })

  it('takes standard output for results where that is said', async () => {
    const event = '{"Action":"pass","Package":"shop","Test":"TestSell","Elapsed":0.1}'
    const end = '{"Action":"pass","Package":"shop","Elapsed":0.1}'
    const ended = await run({ 'runner.py': `print('''${event}\n${end}''')` }, { reports: ['-'] })
    expect(ended.codes).toEqual([])
    expect(ended.tests).toMatchObject([{ name: 'TestSell', status: 'passed' }])
  })

  it('runs failed tests again by the command for that', async () => {
    const ended = await run(
      {
        'runner.py': runner(report(good + bad), 1),
        'again.py': runner(report(bad.replace(/<failure.*\/>/, ''))),
      },
      { retries: 2, retryCommand: ['python3', 'again.py'] },
    )
    expect(ended.codes).toEqual([])
    expect(ended.tests.map(({ name, flaky }) => [name, flaky])).toEqual([
      ['one', false],
      ['two', true],
    ])
    expect(ended.tries).toBe(2)
  })
})
