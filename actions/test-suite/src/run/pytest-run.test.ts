import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentWith, openStage } from './test/stage.ts'

const passing = 'def test_one():\n    pass\n\ndef test_two():\n    pass\n'

describe('pytest, really run', () => {
  it('gives every test with its node id, place, phases and reasons', async () => {
    const stage = openStage({
      'tests/test_all.py': `
import pytest

class TestShop:
    @pytest.mark.parametrize("name", ["a::b", "with space/slash"])
    def test_named(self, name):
        pass

def test_fails():
    print("to stdout")
    assert 1 == 2, "one is not two"

@pytest.fixture
def broken():
    raise KeyError("gone")

def test_setup(broken):
    pass

@pytest.fixture
def leaves():
    yield
    raise OSError("left over")

def test_teardown(leaves):
    pass

@pytest.mark.skip(reason="later")
def test_skipped():
    pass

@pytest.mark.xfail(reason="bug 7")
def test_expected():
    assert False

@pytest.mark.xfail(strict=True)
def test_unexpected():
    pass

def test_subtests(subtests):
    for number in range(3):
        with subtests.test("even", number=number):
            assert number % 2 == 0
`,
    })
    const run = await stage.run()
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual([
      'tests/test_all.py::TestShop::test_named[a::b]: passed',
      'tests/test_all.py::TestShop::test_named[with space/slash]: passed',
      'tests/test_all.py::test_expected: skipped',
      'tests/test_all.py::test_fails: failed',
      'tests/test_all.py::test_setup: error',
      'tests/test_all.py::test_skipped: skipped',
      'tests/test_all.py::test_subtests: failed',
      'tests/test_all.py::test_teardown: error',
      'tests/test_all.py::test_unexpected: failed',
    ])
    const named = (name: string) => run.tests.find(({ id }) => id.endsWith(name))
    expect(named('[a::b]')).toMatchObject({
      classname: 'tests.test_all.TestShop',
      name: 'test_named[a::b]',
      line: 5,
    })
    expect(named('test_fails')).toMatchObject({
      file: 'tests/test_all.py',
      line: 9,
      stdout: 'to stdout\n',
      failures: [{ kind: 'failure', type: 'AssertionError' }],
    })
    expect(named('test_fails')?.failures[0]?.message).toContain('one is not two')
    expect(named('test_setup')?.failures).toMatchObject([{ kind: 'error', type: 'KeyError' }])
    expect(named('test_teardown')?.failures).toMatchObject([{ kind: 'error', type: 'OSError' }])
    expect(named('test_skipped')?.skipReason).toBe('later')
    expect(named('test_expected')?.skipReason).toBe('expected to fail: bug 7')
    expect(named('test_subtests')?.failures[0]?.message).toMatch(/^subtest \[even\] \(number=1\)/)
  })

  it.each([
    ['requirements', 2],
    ['oldest', 2],
  ] as const)('collects the results of the workers of xdist (%s)', async (requirements, workers) => {
    const stage = openStage({
      'test_a.py': `${passing}\ndef test_fails():\n    assert 1 == 2\n`,
      'shop.py': 'def sell():\n    return 1\n',
      'test_b.py': 'import shop\n\ndef test_three():\n    assert shop.sell() == 1\n',
    })
    const environment = await environmentWith(requirements)
    const run = await stage.run({ workers, coverage: ['shop'] }, { environment })
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual([
      'test_a.py::test_fails: failed',
      'test_a.py::test_one: passed',
      'test_a.py::test_two: passed',
      'test_b.py::test_three: passed',
    ])
    const failed = run.tests.find(({ status }) => status === 'failed')
    expect(failed?.failures).toMatchObject([{ type: 'AssertionError', message: 'assert 1 == 2' }])
    // pytest-cov 4.0 writes no JSON.
    const coverage = readFileSync(run.coverage[0] ?? '', 'utf8')
    if (requirements === 'requirements')
      expect(JSON.parse(coverage).files['shop.py'].summary.percent_covered).toBe(100)
    else expect(coverage).toMatch(/filename="shop.py"[^>]* line-rate="1"/)
    expect(existsSync(join(stage.root, '.coverage'))).toBe(false)
  })

  it('leaves what the project sets itself as it is', async () => {
    const stage = openStage(
      {
        'test_a.py': `${passing}\nimport shop\n`,
        'shop.py': 'def sell(x):\n    if x:\n        return 1\n',
        'other.py': 'a = 1\n',
        'pytest.ini':
          '[pytest]\naddopts = --junit-xml=own.xml --cov=shop --cov-report=xml:own-coverage.xml\njunit_suite_name = ours\n',
        '.coveragerc': '[run]\nbranch = true\n',
      },
      { PYTEST_ADDOPTS: '-k two' },
    )
    const run = await stage.run({ coverage: ['other'] })
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual(['test_a.py::test_two: passed'])
    expect(readFileSync(join(stage.root, 'own.xml'), 'utf8')).toContain('name="ours"')
    expect(readFileSync(join(stage.root, 'own-coverage.xml'), 'utf8')).toContain('filename="shop.py"')
    expect(run.reports.map((path) => readFileSync(path, 'utf8'))).toEqual([
      readFileSync(join(stage.root, 'own.xml'), 'utf8'),
    ])
    const coverage = JSON.parse(readFileSync(run.coverage[0] ?? '', 'utf8'))
    expect(Object.keys(coverage.files)).toEqual(['shop.py'])
    expect(coverage.meta.branch_coverage).toBe(true)
  })

  it('measures what no test imports too, unless coverage is told what to measure', async () => {
    const files = {
      'tests/test_a.py': 'def test_a():\n    pass\n',
      'src/shop.py': 'a = 1\n',
      'tool.py': 'b = 1\n',
    }
    const measured = async (more: Readonly<Record<string, string>>) => {
      const run = await openStage({ ...files, ...more }).run({ coverage: [] })
      return Object.keys(JSON.parse(readFileSync(run.coverage[0] ?? '', 'utf8')).files)
    }
    expect(await measured({})).toEqual(['src/shop.py'])
    expect(await measured({ '.coveragerc': '[run]\nsource = .\nomit = tests/*\n' })).toEqual(['tool.py'])
  })

  it('passes markers, keywords, paths and arguments as they are', async () => {
    const stage = openStage({
      'pytest.ini': '[pytest]\nmarkers = slow\n',
      'a b/test_a.py':
        'import pytest\n@pytest.mark.slow\ndef test_slow():\n    pass\ndef test_fast():\n    pass\n',
      'test_b.py': passing,
    })
    expect((await stage.run({ paths: ['a b'], markers: 'not slow' })).statuses).toEqual([
      'a b/test_a.py::test_fast: passed',
    ])
    const picked = await stage.run({
      keywords: 'two or slow',
      args: ['--deselect', 'a b/test_a.py::test_slow'],
    })
    expect(picked.statuses).toEqual(['test_b.py::test_two: passed'])
  })

  it('runs only the tests that are named, ten thousand of them, and says which are not there', async () => {
    const stage = openStage({
      'test_many.py':
        'import pytest\n\n@pytest.mark.parametrize("number", range(10010))\ndef test_one(number):\n    assert number != 7\n',
      'test_other.py': 'raise RuntimeError("not even imported")\n',
    })
    const only = Array.from({ length: 10_000 }, (_, number) => `test_many.py::test_one[${number}]`)
    const run = await stage.run({}, { only })
    expect(run.codes).toEqual([])
    expect(run.tests).toHaveLength(10_000)
    expect(run.statuses.filter((line) => !line.endsWith(': passed'))).toEqual([
      'test_many.py::test_one[7]: failed',
    ])

    const gone = await stage.run({}, { only: ['test_many.py::test_one[1]', 'test_many.py::test_gone'] })
    expect(gone.codes).toEqual(['tests-missing'])
  })

  it('takes what pytest-rerunfailures had to try twice for flaky', async () => {
    const once = (name: string) =>
      `def ${name}(seen=[]):\n    seen.append(1)\n    assert len(seen) > 1, "the first time"\n`
    const stage = openStage({ 'test_a.py': `${once('test_shaky')}\ndef test_no():\n    assert False\n` })
    const run = await stage.run({ args: ['--reruns', '1'] })
    expect(run.codes).toEqual([])
    expect(run.statuses).toEqual(['test_a.py::test_no: failed', 'test_a.py::test_shaky: flaky'])
    expect(run.tests.find(({ flaky }) => flaky)?.failures[0]?.message).toContain('the first time')
  })

  it('gives tests the variables of the step, and those of `env`, and nothing of the runner', async () => {
    const stage = openStage(
      {
        'test_env.py':
          'import os\ndef test_env():\n    assert os.environ["DATABASE_URL"] == "a" and os.environ["MODE"] == "b"\n',
      },
      { DATABASE_URL: 'a' },
    )
    expect((await stage.run({ env: { MODE: 'b' } })).statuses).toEqual(['test_env.py::test_env: passed'])
  })
})
