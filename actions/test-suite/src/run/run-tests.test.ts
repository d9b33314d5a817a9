import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problem } from './problem.ts'
import { environmentWith, openStage } from './test/stage.ts'

/** Passes only when it is called again; `name` has a file of its own. */
const onceBroken = (name: string) => `
def test_${name}():
    import os
    again = os.path.exists("${name}.seen")
    open("${name}.seen", "w").close()
    assert again, "the first time"
`

describe('retries', () => {
  it('runs only the failed tests again; what then passes is flaky', async () => {
    const stage = openStage({
      'test_a.py': `${onceBroken('shaky')}\ndef test_broken():\n    assert False\n`,
      'test_count.py': 'def test_counted():\n    open("count.txt", "a").write("x")\n',
    })
    const run = await stage.run({ retries: 2 })
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual([
      'test_a.py::test_broken: failed',
      'test_a.py::test_shaky: flaky',
      'test_count.py::test_counted: passed',
    ])
    expect(run.tries).toBe(3)
    expect(readFileSync(join(stage.root, 'count.txt'), 'utf8')).toBe('x')
    const shaky = run.tests.find(({ flaky }) => flaky)
    expect(shaky?.failures[0]?.message).toContain('the first time')
  })

  it('does not run again where nothing failed, or nothing was asked for', async () => {
    expect((await openStage({ 'test_a.py': 'def test_a():\n    pass\n' }).run({ retries: 3 })).tries).toBe(1)
    expect((await openStage({ 'test_a.py': onceBroken('a') }).run()).tries).toBe(1)
  })

  it('leaves a failure where the try that repeats it crashes, also when the test had passed by then', async () => {
    const stage = openStage({
      'test_a.py': `${onceBroken('first')}
def test_second():
    import os
    if os.path.exists("second.seen"):
        os.kill(os.getpid(), 9)
    open("second.seen", "w").close()
    assert False
`,
    })
    const run = await stage.run({ retries: 1 })
    expect(run.statuses).toEqual(['test_a.py::test_first: failed', 'test_a.py::test_second: failed'])
    expect(run.notices.join()).toMatch(/Try 2 does not count: .*killed/)
  })

  it('leaves a failure where the test is not there the second time, or is skipped', async () => {
    const stage = openStage({
      'test_a.py': `
import os, pytest
again = os.path.exists("seen")
open("seen", "w").close()
def test_skips():
    if again:
        pytest.skip()
    assert False
if not again:
    def test_gone():
        assert False
`,
    })
    expect((await stage.run({ retries: 1 })).statuses).toEqual([
      'test_a.py::test_gone: failed',
      'test_a.py::test_skips: failed',
    ])
  })

  it('is not stopped by the settings of the project, and keeps their reports', async () => {
    const stage = openStage({
      'test_a.py': `${onceBroken('a')}${onceBroken('b')}\ndef test_all():\n    import shop\n`,
      'shop.py': 'a = 1\n',
      'pytest.ini':
        '[pytest]\naddopts = -n 2 --maxfail 9 --cov=shop --cov-report=xml:cov.xml --junit-xml=own.xml --cov-fail-under=90\n',
    })
    const run = await stage.run({ retries: 1 })
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual([
      'test_a.py::test_a: flaky',
      'test_a.py::test_all: passed',
      'test_a.py::test_b: flaky',
    ])
    expect(readFileSync(join(stage.root, 'own.xml'), 'utf8')).toContain('tests="3"')
    expect(readFileSync(join(stage.root, 'cov.xml'), 'utf8')).toContain('line-rate="1"')
  })

  it('does not make a run green that broke off', async () => {
    const run = await openStage({ 'test_a.py': `${onceBroken('a')}${onceBroken('b')}` }).run({
      retries: 1,
      args: ['-x'],
    })
    expect(run.codes).toEqual(['tests-missing'])
    expect(run.tries).toBe(1)
  })
})

describe('random order', () => {
  it('uses the seed that is given, and says the one that was drawn', async () => {
    const environment = await environmentWith('random-order')
    const many = Array.from({ length: 20 }, (_, index) => `def test_${index}():\n    pass\n`).join('\n')
    const order = async (randomOrder: boolean | number) => {
      const run = await openStage({ 'test_a.py': many }).run({ randomOrder }, { environment })
      return { seed: run.seed, order: run.tests.map(({ name }) => name).join() }
    }
    const first = await order(7)
    expect(first.seed).toBe('7')
    expect((await order(7)).order).toBe(first.order)
    const drawn = await order(true)
    expect(drawn.seed).toMatch(/^\d+$/)
    expect((await order(Number(drawn.seed))).order).toBe(drawn.order)
  })
})

describe('setup and teardown', () => {
  const files = { 'test_a.py': 'def test_a():\n    import os\n    assert os.path.exists("ready")\n' }

  it('runs around the tests, with the programs of the environment', async () => {
    const stage = openStage(files)
    const run = await stage.run({ setup: ['touch ready', 'pytest --version'], teardown: ["rm 'ready'"] })
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual(['test_a.py::test_a: passed'])
    expect(run.commands.map(({ phase, exitCode }) => [phase, exitCode])).toEqual([
      ['setup', 0],
      ['setup', 0],
      ['tests', 0],
      ['teardown', 0],
    ])
    expect(existsSync(join(stage.root, 'ready'))).toBe(false)
  })

  it('runs no tests after a setup that fails, and says what it printed', async () => {
    const run = await openStage(files).run({
      setup: ['python3 -c \'print("no database"); raise SystemExit(3)\'', 'touch ready'],
      teardown: ['touch cleaned'],
    })
    expect(run.codes).toEqual(['setup-failed'])
    expect(run.problems[0]?.message).toMatch(/did not run.*exit code 3/)
    expect(run.problems[0]?.output).toContain('no database')
    expect(run.tests).toEqual([])
    expect(run.commands.map(({ phase }) => phase)).toEqual(['setup', 'teardown'])
  })

  it('runs neither setup nor tests where a service is not ready, and teardown all the same', async () => {
    const ready = async () => [problem('not-ready', 'PostgreSQL is not there.')]
    const run = await openStage(files).run({ setup: ['touch ready'], teardown: ['true'] }, { ready })
    expect(run.codes).toEqual(['not-ready'])
    expect(run.commands.map(({ phase }) => phase)).toEqual(['teardown'])
  })

  it('says that teardown failed, and goes on with the next command', async () => {
    const stage = openStage({ 'test_a.py': 'def test_a():\n    pass\n' })
    const run = await stage.run({ teardown: ['false', 'touch cleaned'] })
    expect(run.codes).toEqual(['teardown-failed'])
    expect(existsSync(join(stage.root, 'cleaned'))).toBe(true)
  })

  it('runs after a cancellation too', async () => {
    const stage = openStage({
      'test_a.py': 'def test_a():\n    open("running", "w").close()\n    import time\n    time.sleep(60)\n',
    })
    const running = stage.run({ teardown: ['touch cleaned'] })
    while (!existsSync(join(stage.root, 'running'))) await new Promise((resolve) => setTimeout(resolve, 20))
    stage.host.cancel()
    const run = await running
    expect(run.codes).toEqual(['cancelled'])
    expect(run.statuses).toEqual(['test_a.py::test_a: error'])
    expect(existsSync(join(stage.root, 'cleaned'))).toBe(true)
  })
})

describe('the log and the evidence', () => {
  it('hides shorter secrets too, unless they are words', async () => {
    const stage = openStage(
      { 'test_a.py': 'def test_a():\n    print("uses postgres and s3cret-pw and hunter2")\n    assert 0\n' },
      {
        ...{ PGPASSWORD: 'postgres', DB_PASSWORD: 's3cret-pw', OTHER_PASSWORD: 'hunter2' },
      },
    )
    const run = await stage.run()
    const evidence = readFileSync(join(run.reportFolder, 'tests', 'pytest-1.stdout.txt'), 'utf8')
    expect(evidence).toContain('uses postgres and *** and hunter2')
  })

  it('shows what is printed, without the secrets of the step', async () => {
    const secret = 'correct-horse-battery'
    const stage = openStage(
      { 'test_a.py': 'import os\ndef test_a():\n    print(os.environ["API_TOKEN"])\n    assert False\n' },
      { API_TOKEN: secret },
    )
    const run = await stage.run()
    const log = stage.host.recorded.lines.map(({ text }) => text).join('\n')
    expect(log).toContain('test_a.py')
    expect(log).not.toContain(secret)
    const evidence = await stage.host.files.list(join(run.reportFolder, 'tests'))
    expect(evidence).toEqual(['pytest-1.junit.xml', 'pytest-1.recorded.jsonl', 'pytest-1.stdout.txt'])
    for (const name of evidence)
      expect(readFileSync(join(run.reportFolder, 'tests', name), 'utf8')).not.toContain(secret)
  })
})
