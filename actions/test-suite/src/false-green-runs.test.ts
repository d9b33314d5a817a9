/**
 * Runs that end like a green one, or could: none of them passes here. Each case runs the whole action, with real
 * pytest. More ways in which pytest and its process end are in `run/pytest-guards.test.ts`.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Inputs } from './test/suite-project.ts'
import { openSuiteProject, saidBy } from './test/suite-project.ts'

const passing = 'def test_one():\n    pass\n\ndef test_two():\n    pass\n\ndef test_three():\n    pass\n'
const failing = 'def test_fails():\n    assert False\n'
const addopts = (text: string) => ({ 'pytest.ini': `[pytest]\naddopts = ${text}\n` })
/** What pytest remembers of a run in which one of three tests failed. */
const remembered = {
  'pytest.ini': '[pytest]\ncache_dir = memory\n',
  'memory/v/cache/lastfailed': '{"test_a.py::test_two": true}',
}

interface Case {
  readonly name: string
  /** Of `test_a.py`. */
  readonly tests?: string
  readonly files?: Readonly<Record<string, string>>
  readonly inputs?: Inputs
  readonly env?: Inputs
  readonly verdict?: 'failed' | 'incomplete'
  /** What a person has to be told. */
  readonly says: RegExp
}

const ends: readonly Case[] = [
  {
    name: 'os._exit(0) half way',
    tests: `${passing}\ndef test_leaves():\n    import os\n    os._exit(0)\n`,
    verdict: 'failed',
    says: /ended with exit code 0 before pytest did/,
  },
  {
    name: 'os._exit(0) between two tests',
    files: {
      'conftest.py':
        'import os\n\ndef pytest_runtest_logfinish(nodeid):\n    if nodeid.endswith("two"):\n        os._exit(0)\n',
    },
    says: /ended with exit code 0 before pytest did/,
  },
  {
    name: 'sys.exit(0) in conftest.py',
    files: { 'conftest.py': 'import sys\n\nsys.exit(0)\n' },
    says: /exit code 0 without running/,
  },
  {
    name: 'sys.exit(0) while a file is imported',
    files: { 'test_b.py': 'import sys\n\nsys.exit(0)\n' },
    says: /test_b\.py/,
  },
  {
    name: 'a test that kills its process group',
    tests: `${passing}\ndef test_group():\n    import os, signal\n    os.killpg(0, signal.SIGKILL)\n`,
    verdict: 'failed',
    says: /SIGKILL.*test_a\.py::test_group/,
  },
  {
    name: 'a fixture of the session that fails before the tests',
    files: {
      'conftest.py':
        'import pytest\n\n@pytest.fixture(scope="session", autouse=True)\ndef database():\n    raise OSError("refused")\n',
    },
    verdict: 'failed',
    says: /`errors` is 3/,
  },
  {
    name: 'a fixture of the session that fails after them',
    files: {
      'conftest.py':
        'import pytest\n\n@pytest.fixture(scope="session", autouse=True)\ndef database():\n    yield\n    raise OSError("left over")\n',
    },
    verdict: 'failed',
    says: /`errors` is 1/,
  },
  {
    name: 'an end after the first failure, asked for in addopts',
    tests: `${failing}\n${passing}`,
    files: addopts('--maxfail=1'),
    verdict: 'failed',
    says: /Only 1 of 4 tests ran \(stopping after 1 failures\)/,
  },
  {
    name: 'the same, with xdist',
    tests: `${failing}\n${passing}`,
    files: addopts('-x -n 2'),
    verdict: 'failed',
    says: /tests after that did not run|Only \d of 4 tests ran/,
  },
]

const nothing: readonly Case[] = [
  ...['--co', '--collect-only', '--fixtures'].map((option) => ({
    name: `${option} in addopts`,
    files: addopts(option),
    says: /Only 0 of 3 tests ran|no test|without running/i,
  })),
  ...['--setup-only', '--setup-plan'].map((option) => ({
    name: `${option} in addopts`,
    files: addopts(option),
    verdict: 'failed' as const,
    says: /`errors` is 3/,
  })),
  {
    name: 'our plugin switched off',
    inputs: { args: '-p\nno:ci_actions_recorder' },
    says: /nothing was recorded/,
  },
  {
    name: 'all plugins of the environment switched off, and one is asked for',
    env: { PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' },
    inputs: { workers: '2' },
    says: /exit code 4/,
  },
  {
    name: 'a plugin that takes out all tests',
    files: { 'conftest.py': 'def pytest_collection_modifyitems(items):\n    items.clear()\n' },
    says: /No test ran/,
  },
  {
    name: 'a plugin that skips all tests',
    files: {
      'conftest.py':
        'import pytest\n\ndef pytest_collection_modifyitems(items):\n    for item in items:\n        item.add_marker(pytest.mark.skip("no database"))\n',
    },
    says: /No test ran: all 3 tests were skipped/,
  },
  {
    name: 'files that skip themselves, since a module is missing',
    tests: `import pytest\n\npytest.importorskip("missing_module")\n\n${passing}`,
    says: /No test ran/,
  },
]

const parts: readonly Case[] = [
  {
    name: '--lf in PYTEST_ADDOPTS, with a memory of failures',
    files: remembered,
    env: { PYTEST_ADDOPTS: '--lf' },
    says: /`--last-failed` is set/,
  },
  {
    name: 'the same, with xdist',
    files: remembered,
    env: { PYTEST_ADDOPTS: '--lf' },
    inputs: { workers: '2' },
    says: /`--last-failed` is set/,
  },
]

describe.for([
  ['it ended early', ends],
  ['nothing ran', nothing],
  ['a part ran', parts],
] as const)('%s', ([, cases]) => {
  it.each(cases)(
    '$name',
    async ({ tests = passing, files = {}, inputs, env, verdict = 'incomplete', says }) => {
      const end = await openSuiteProject({ 'test_a.py': tests, ...files }).run(inputs, env)
      expect(saidBy(end)).toMatch(says)
      expect(end.verdict).toBe(verdict)
    },
  )
})

it('does not pass with --stepwise, after a failure that is mended', async () => {
  const project = openSuiteProject({
    'test_a.py': passing.replace('_two():\n    pass', '_two():\n    assert 0'),
  })
  await project.run({ args: '--stepwise' })
  project.write({ 'test_a.py': passing })
  rmSync(join(project.root, '__pycache__'), { recursive: true, force: true })
  const end = await project.run({ args: '--stepwise' })
  expect(saidBy(end)).toMatch(/`--stepwise` is set/)
  expect(end.verdict).toBe('incomplete')
})

describe('what is left out is said', () => {
  it.each<[string, Readonly<Record<string, string>>, Inputs, Inputs, number]>([
    ['-k in addopts', addopts('-k two'), {}, {}, 2],
    ['-k in addopts, with xdist', addopts('-k two'), {}, { workers: '2' }, 2],
    ['--deselect in PYTEST_ADDOPTS', {}, { PYTEST_ADDOPTS: '--deselect test_a.py::test_two' }, {}, 1],
    ['markers', {}, {}, { keywords: 'not two' }, 1],
    [
      'a plugin that takes tests out in silence',
      { 'conftest.py': 'def pytest_collection_modifyitems(items):\n    del items[1:]\n' },
      {},
      {},
      2,
    ],
  ])('%s', async (_, files, env, inputs, left) => {
    const end = await openSuiteProject({ 'test_a.py': passing, ...files }).run(inputs, env)
    expect(end.report.notices.join('\n')).toMatch(new RegExp(`^${left} tests? did not run: left out by`, 'm'))
    expect(end.verdict).toBe('passed')
  })

  it('and nothing, where nothing is', async () => {
    const end = await openSuiteProject({ 'test_a.py': passing }).run({}, { PYTEST_ADDOPTS: '--lf' })
    expect([end.verdict, saidBy(end).includes('did not run')]).toEqual(['passed', false])
  })
})
