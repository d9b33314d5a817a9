import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { recordingHost } from '@ci-actions/shared/testing'
import { describe, expect, it } from 'vitest'
import { learnOrder } from './random-order.ts'
import type { RunInputs } from './run-plan.ts'
import { planRun } from './run-plan.ts'
import type { Stage, StagedRun } from './test/stage.ts'
import { environmentWith, nothing, openStage } from './test/stage.ts'

/** Passing tests around those that matter, so that there is something to look through. */
const others = (count: number) =>
  Array.from({ length: count }, (_, index) => `def test_other_${index}():\n    pass\n`).join('\n')

const shop = 'stock = []\n'
const spoiler = 'import shop\n\ndef test_spoiler():\n    shop.stock.append(1)\n'
const victim = 'import shop\n\ndef test_victim():\n    assert shop.stock == []\n'
const setter = 'import shop\n\ndef test_setter():\n    shop.stock.append(1)\n'
const needy = 'import shop\n\ndef test_needy():\n    assert shop.stock == [1]\n'

/** Runs with one seed after another, until a test fails. */
async function runUntilFailed(stage: Stage, inputs: Partial<RunInputs> = {}): Promise<StagedRun> {
  const environment = await environmentWith('random-order')
  for (let seed = 1; seed <= 30; seed += 1) {
    const run = await stage.run({ randomOrder: seed, ...inputs }, { environment })
    if (run.tests.some(({ failures }) => failures.length > 0)) return run
  }
  throw new Error('No seed made a test fail.')
}

async function shell(stage: Stage, command: string): Promise<string> {
  const { python } = await environmentWith('random-order')
  const env = { ...process.env, PATH: `${dirname(python)}:${process.env['PATH']}` }
  try {
    return execFileSync('/bin/sh', ['-c', command], { cwd: stage.root, env, encoding: 'utf8' })
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
  }
}

const roleOf = (run: StagedRun, name: string) => run.tests.find(({ id }) => id.endsWith(name))?.order

describe('a test that fails only in a random order', () => {
  it('is named with the test after which it fails, and the command that shows it', async () => {
    const stage = openStage({
      'shop.py': shop,
      'conftest.py': '',
      'tests/test_a.py': `${victim}\n${others(5)}`,
      'tests/test_b.py': `${spoiler}\n${others(5)}`,
    })
    const run = await runUntilFailed(stage)
    expect(run.codes).toEqual([])
    const role = roleOf(run, 'test_victim')
    expect(role).toMatchObject({ kind: 'after', test: 'tests/test_b.py::test_spoiler' })
    expect(run.tests.find(({ id }) => id.endsWith('test_victim'))?.status).toBe('failed')
    expect(run.tries).toBe(1)
    expect(run.reports).toHaveLength(1)
    expect(run.notices.join()).toMatch(/`tests\/test_a.py::test_victim` fails only in some order/)
    expect(await shell(stage, role?.command ?? '')).toContain('1 failed, 1 passed')
  })

  it('is named with the test without which it fails', async () => {
    const stage = openStage({
      'shop.py': shop,
      'test_a.py': `${setter}\n${others(5)}`,
      'test_b.py': `${needy}\n${others(5)}`,
    })
    const run = await runUntilFailed(stage)
    const role = roleOf(run, 'test_needy')
    expect(role).toMatchObject({ kind: 'without', test: 'test_a.py::test_setter' })
    expect(await shell(stage, role?.command ?? '')).toContain('2 passed')
  })

  it('is found within classes and with fixtures of a module, and where importing a file matters', async () => {
    const stage = openStage({
      'shop.py': shop,
      'test_a.py': `
import pytest, shop

@pytest.fixture(scope="module", autouse=True)
def clean():
    shop.stock.clear()

class TestShop:
    def test_spoiler(self):
        shop.stock.append(1)

    @pytest.mark.parametrize("value", ["x y", "it's", "b::c"])
    def test_victim(self, value):
        assert shop.stock == [] and shop.imported
`,
      'test_b.py': `import shop\nshop.imported = True\n${others(3)}`,
    })
    const run = await runUntilFailed(stage)
    const failed = run.tests.filter(({ status }) => status === 'failed')
    expect(failed.length).toBeGreaterThan(0)
    for (const { order } of failed)
      expect(order).toMatchObject({ kind: 'after', test: 'test_a.py::TestShop::test_spoiler' })
  })

  it('is flaky with retries, and named all the same, without running it alone twice', async () => {
    const stage = openStage({ 'shop.py': shop, 'test_a.py': victim, 'test_b.py': spoiler })
    const run = await runUntilFailed(stage, { retries: 1 })
    expect(run.statuses).toContain('test_a.py::test_victim: flaky')
    expect(roleOf(run, 'test_victim')).toMatchObject({ kind: 'after', test: 'test_b.py::test_spoiler' })
    // The same order, alone, with the spoiler, and that once more.
    expect(run.commands.filter(({ phase }) => phase === 'order')).toHaveLength(4)
  })

  it('is called flaky where it passes in the same order, and is not named where it always fails', async () => {
    const stage = openStage({
      'test_a.py': `
def test_once():
    import os
    first = not os.path.exists("seen")
    open("seen", "w").close()
    assert not first

def test_always():
    assert False
`,
    })
    const run = await runUntilFailed(stage)
    expect(run.statuses).toEqual(['test_a.py::test_always: failed', 'test_a.py::test_once: failed'])
    expect(roleOf(run, 'test_once')?.kind).toBe('chance')
    expect(roleOf(run, 'test_always')).toBeUndefined()
    expect(run.notices.join()).not.toContain('only in some order')
    expect(run.order?.complete).toBe(true)
  })

  it('is looked for among the tests of a shard alone', async () => {
    const stage = openStage({
      'shop.py': shop,
      'test_a.py': victim,
      'test_b.py': spoiler,
      'test_c.py': 'raise RuntimeError("not of this shard")\n',
    })
    const environment = await environmentWith('random-order')
    const only = ['test_a.py::test_victim', 'test_b.py::test_spoiler']
    const runs: StagedRun[] = []
    for (let randomOrder = 1; randomOrder <= 30 && !runs.at(-1)?.order?.roles.size; randomOrder += 1)
      runs.push(await stage.run({ randomOrder }, { environment, only }))
    expect(roleOf(runs.at(-1) ?? (await stage.run()), 'test_victim')?.test).toBe('test_b.py::test_spoiler')
  })
})

describe('what the project has set', () => {
  const files = { 'test_a.py': `${others(12)}` }
  const order = (run: StagedRun) => run.tests.map(({ name }) => name).join()

  it.each([
    ['`addopts`', '[pytest]\naddopts = -p no:randomly\n', {}],
    ['PYTEST_ADDOPTS', '[pytest]\n', { PYTEST_ADDOPTS: '-p no:randomly -q' }],
    ['a switch of pytest', '[pytest]\n', { PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' }],
    ['a seed of its own', '[pytest]\naddopts = -p randomly -p "randomly" --randomly-seed=1\n', {}],
  ])('does not keep the order that is asked for away: %s', async (_, ini, env) => {
    const environment = await environmentWith('random-order')
    const plain = await openStage(files).run({ randomOrder: 7 }, { environment })
    const run = await openStage({ ...files, 'pytest.ini': ini }, env).run({ randomOrder: 7 }, { environment })
    expect(run.codes).toEqual([])
    expect(run.seed).toBe('7')
    expect(order(run)).toBe(order(plain))
  })

  it('is said where it keeps the tests in their order', async () => {
    const environment = await environmentWith('random-order')
    const ini = '[pytest]\naddopts = --randomly-dont-reorganize\n'
    const run = await openStage({ ...files, 'pytest.ini': ini }).run({ randomOrder: 7 }, { environment })
    expect(run.codes).toEqual([])
    expect(run.seed).toBeUndefined()
    expect(run.notices.join()).toContain('kept their order')
  })

  it('keeps the tests in their order, or in its own, where none is asked for, and nothing is looked for', async () => {
    const environment = await environmentWith('random-order')
    const stage = openStage({ 'shop.py': shop, 'test_a.py': spoiler, 'test_b.py': victim })
    const run = await stage.run({ args: ['-p', 'no:randomly'] }, { environment })
    expect(run.seed).toBeUndefined()
    expect(run.order).toBeUndefined()
    expect(run.statuses).toContain('test_b.py::test_victim: failed')
  })
})

describe('workers of pytest-xdist', () => {
  const plan = planRun({ ...nothing, randomOrder: 7 }, { root: '/p', pythonFiles: [] })
  const learn = async (failed: readonly string[]) => {
    if (plan.kind !== 'pytest') throw new Error('no plan for pytest')
    const stage = {
      host: recordingHost({}),
      cwd: '/p',
      env: {},
      workFolder: '/w',
      evidenceFolder: '/e',
      commands: [],
    }
    return learnOrder({
      ...{ plan, stage, seed: 7, parallel: false, seconds: 1, left: () => 60 },
      installation: { command: [], version: '9.2.0', distributions: new Map() },
      readResults: async () => ({ format: 'junit', tests: 0, complete: true, problems: [] }),
      first: { problems: [], notices: [], reports: [], coverage: [], seed: '7', parallel: true },
      ran: { order: ['a.py::test'], passed: new Set(), failed: new Set(failed) },
    })
  }

  it('have orders that nobody knows, which is said where a test failed', async () => {
    const learned = await learn(['a.py::test'])
    expect(learned?.complete).toBe(false)
    expect(learned?.notices.join()).toMatch(/pytest-xdist.*`workers: 0`/)
    expect(await learn([])).toEqual({ roles: new Map(), complete: true, notices: [] })
  })
})

describe('groups of pytest-xdist', () => {
  it.each(['requirements', 'oldest'] as const)(
    'do not become a part of the ids (%s)',
    async (requirements) => {
      const environment = await environmentWith(requirements)
      const stage = openStage({
        'test_a.py': `
import pytest, os

@pytest.mark.xdist_group("data@base")
@pytest.mark.parametrize("mail", ["a@b"])
def test_one(mail):
    pass

@pytest.mark.xdist_group("data@base")
def test_two():
    assert os.environ.get("PYTEST_XDIST_WORKER") is None

def test_three():
    pass
`,
      })
      const run = await stage.run({ workers: 2, args: ['--dist', 'loadgroup'], retries: 1 }, { environment })
      expect(run.codes).toEqual([])
      expect(run.notices).toEqual([])
      expect(run.statuses).toEqual([
        'test_a.py::test_one[a@b]: passed',
        'test_a.py::test_three: passed',
        'test_a.py::test_two: flaky',
      ])
    },
  )
})
