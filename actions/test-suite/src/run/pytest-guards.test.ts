import { describe, expect, it } from 'vitest'
import { openStage } from './test/stage.ts'

const passing = 'def test_one():\n    pass\n\ndef test_two():\n    pass\n'

interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly code: string
  /** A second way in which the same shows. */
  readonly also?: string
  /** What a person has to be told. */
  readonly says: RegExp
  readonly timeout?: number
}

const cases: readonly Case[] = [
  {
    name: 'a test that ends the process with exit code 0',
    files: { 'test_a.py': `${passing}\ndef test_leaves():\n    import os\n    os._exit(0)\n` },
    code: 'ended-early',
    says: /exit code 0 .* running `test_a.py::test_leaves`/,
  },
  {
    name: 'a crash of the interpreter',
    files: { 'test_a.py': `${passing}\ndef test_crash():\n    import ctypes\n    ctypes.string_at(0)\n` },
    code: 'crashed',
    says: /SIGSEGV.* running `test_a.py::test_crash`/,
  },
  {
    name: 'a kill, as for lack of memory',
    files: { 'test_a.py': `${passing}\ndef test_big():\n    import os\n    os.kill(os.getpid(), 9)\n` },
    code: 'killed',
    says: /ran out of memory.* `test_a.py::test_big`/,
  },
  {
    name: 'no end',
    files: { 'test_a.py': `${passing}\ndef test_hangs():\n    import time\n    time.sleep(60)\n` },
    code: 'timed-out',
    says: /did not end within .* `test_a.py::test_hangs`/,
    timeout: 4,
  },
  { name: 'no tests', files: { 'test_a.py': 'a = 1\n' }, code: 'no-tests', says: /none was found/ },
  {
    name: 'tests that are all deselected',
    files: { 'test_a.py': passing },
    args: ['-k', 'nothing'],
    code: 'no-tests',
    says: /all 2 were deselected/,
  },
  {
    name: 'a module that cannot be imported',
    files: { 'test_a.py': 'import missing_module\n', 'test_b.py': passing },
    code: 'collection-error',
    says: /`test_a.py`/,
  },
  {
    name: 'the same, with the tests of other files run',
    files: { 'test_a.py': 'import missing_module\n', 'test_b.py': passing },
    args: ['--continue-on-collection-errors'],
    code: 'collection-error',
    says: /`test_a.py`/,
  },
  {
    name: 'a conftest that cannot be imported',
    files: { 'conftest.py': 'import missing_module\n', 'test_a.py': passing },
    code: 'usage-error',
    says: /exit code 4/,
  },
  {
    name: 'an unknown argument',
    files: { 'test_a.py': passing },
    args: ['--no-such-option'],
    code: 'usage-error',
    says: /exit code 4/,
  },
  {
    name: 'an error inside a plugin',
    files: {
      'conftest.py': 'def pytest_runtest_logfinish(nodeid):\n    raise ValueError("in a plugin")\n',
      'test_a.py': passing,
    },
    code: 'internal-error',
    says: /exit code 3/,
  },
  {
    name: 'an interruption',
    files: { 'test_a.py': `def test_stop():\n    raise KeyboardInterrupt\n${passing}` },
    code: 'interrupted',
    says: /KeyboardInterrupt/,
  },
  {
    name: 'an end asked for by a test, with an exit code of its own',
    files: {
      'test_a.py': `import pytest\n\ndef test_stop():\n    pytest.exit("enough", returncode=0)\n\n${passing}`,
    },
    code: 'tests-missing',
    also: 'exit-disagrees',
    says: /Only 0 of 3 tests ran/,
  },
  {
    name: 'an exit code that nobody knows',
    files: {
      'conftest.py': 'def pytest_sessionfinish(session):\n    session.exitstatus = 42\n',
      'test_a.py': passing,
    },
    code: 'unexpected-exit',
    says: /42/,
  },
  {
    name: 'an exit code that is made 0',
    files: {
      'conftest.py': 'def pytest_sessionfinish(session):\n    session.exitstatus = 0\n',
      'test_a.py': 'def test_fails():\n    assert False\n',
    },
    code: 'exit-disagrees',
    says: /exit code 0, and 1 test failed/,
  },
  {
    name: 'an exit code that is made 1',
    files: {
      'conftest.py': 'def pytest_sessionfinish(session):\n    session.exitstatus = 1\n',
      'test_a.py': passing,
    },
    code: 'exit-disagrees',
    says: /exit code 1/,
  },
  {
    name: 'coverage below the limit of the project',
    files: {
      'test_a.py': passing,
      'shop.py': 'a = 1\n',
      '.coveragerc': '[report]\nfail_under = 99\n',
      'pytest.ini': '[pytest]\naddopts = --cov=shop\n',
    },
    code: 'exit-disagrees',
    says: /fail_under/,
  },
  {
    name: 'the same behind a test that fails',
    files: {
      'test_a.py': 'def test_fails():\n    assert False\n',
      'shop.py': 'a = 1\n',
      '.coveragerc': '[report]\nfail_under = 99\n',
      'pytest.ini': '[pytest]\naddopts = --cov=shop\n',
    },
    code: 'exit-disagrees',
    says: /fail_under/,
  },
  {
    name: 'an end after the first failure',
    files: { 'test_a.py': `def test_fails():\n    assert False\n${passing}` },
    args: ['-x'],
    code: 'tests-missing',
    says: /Only 1 of 3 tests ran \(stopping after 1 failures\)/,
  },
  {
    name: 'tests that are only listed',
    files: { 'test_a.py': passing },
    args: ['--collect-only'],
    code: 'tests-missing',
    says: /0 of 2/,
  },
  {
    name: 'a question for the version',
    files: { 'test_a.py': passing },
    args: ['--version'],
    code: 'no-results',
    says: /--version/,
  },
  {
    name: 'a JUnit file that is deleted at the end',
    files: {
      'conftest.py': 'import os\n\ndef pytest_unconfigure(config):\n    os.remove(config.option.xmlpath)\n',
      'test_a.py': passing,
    },
    code: 'no-results',
    says: /did not write its JUnit file/,
  },
  {
    name: 'a JUnit file that is cut off',
    files: {
      'conftest.py':
        'import os\n\ndef pytest_unconfigure(config):\n    os.truncate(config.option.xmlpath, os.path.getsize(config.option.xmlpath) - 30)\n',
      'test_a.py': passing,
    },
    code: 'results-damaged',
    says: /cut off/,
  },
]

describe('what looks like an end and is none', () => {
  it.each(cases)('$name', async ({ files, args = [], code, also, says, timeout = 60 }) => {
    const run = await openStage(files).run({ args, timeout })
    expect(run.codes).toEqual(also === undefined ? [code] : [code, also])
    expect(run.problems[0]?.message).toMatch(says)
  })

  it('tests that were set up and never called have not passed', async () => {
    const run = await openStage({ 'test_a.py': passing }).run({ args: ['--setup-only'] })
    expect(run.statuses).toEqual(['test_a.py::test_one: error', 'test_a.py::test_two: error'])
  })

  it('what ran before a crash counts, and what was running is an error', async () => {
    const run = await openStage({
      'test_a.py': `${passing}\ndef test_crash():\n    import ctypes\n    ctypes.string_at(0)\n`,
    }).run()
    expect(run.statuses).toEqual([
      'test_a.py::test_crash: error',
      'test_a.py::test_one: passed',
      'test_a.py::test_two: passed',
    ])
    expect(run.problems[0]?.output).toContain('Segmentation fault')
  })

  it('a worker of xdist that dies is the error of its test', async () => {
    const run = await openStage({
      'test_a.py': `${passing}\ndef test_big():\n    import os\n    os.kill(os.getpid(), 9)\n`,
    }).run({ workers: 2 })
    expect(run.statuses).toEqual([
      'test_a.py::test_big: error',
      'test_a.py::test_one: passed',
      'test_a.py::test_two: passed',
    ])
    expect(run.tests.find(({ status }) => status === 'error')?.failures[0]?.message).toMatch(
      /worker .* crashed/,
    )
  })

  it('a project without JUnit XML is no problem', async () => {
    const run = await openStage({
      'pytest.ini': '[pytest]\naddopts = -p no:junitxml\n',
      'test_a.py': passing,
    }).run()
    expect(run.codes).toEqual([])
    expect(run.reports).toEqual([])
  })
})
