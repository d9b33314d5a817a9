import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runAction } from '@ci-actions/shared'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { commitTree, git } from '../../../packages/shared/src/git/test/scratch.ts'
import { testSuite } from './action.ts'
import { environmentWith } from './run/test/stage.ts'

const sources = {
  'shop/__init__.py': '',
  'shop/tax.py': 'RATE = 19\n',
  'shop/cart.py': 'def total(prices):\n    return sum(prices)\n',
  'shop/unused.py': 'X = 1\n',
  'tests/test_tax.py': 'from shop.tax import RATE\n\ndef test_rate():\n    assert RATE == 19\n',
  'tests/test_cart.py': 'from shop.cart import total\n\ndef test_total():\n    assert total([1, 2]) == 3\n',
  'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["."]\n',
}

let virtualEnvironment: string
beforeAll(async () => {
  virtualEnvironment = dirname(dirname((await environmentWith('requirements')).python))
}, 300_000)

/** A run on a change of these files, compared with the commit before. */
async function runOn(
  change: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
  tree: Readonly<Record<string, string>> = sources,
) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'affected-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const workspace = join(folder, 'project')
  mkdirSync(workspace)
  git(workspace, 'init', '--quiet', '--initial-branch=main')
  const base = commitTree(workspace, tree, 'base')
  for (const [path, text] of Object.entries(change)) writeFileSync(join(workspace, path), text)
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  const host = recordingHost({
    facts: {
      ...{ kind: 'local', workspace, temporary, cacheFolder: join(folder, 'cache') },
      toolEnvironment: { PATH: process.env['PATH'] ?? '', VIRTUAL_ENV: virtualEnvironment },
      projectEnvironment: { PATH: process.env['PATH'] ?? '' },
    },
    files: nodeFiles,
    clock: nodeClock,
    processes: nodeProcesses(new AbortController().signal),
    inputs: { history: 'off', select: 'affected', base, ...inputs },
  })
  const { report, verdict } = await runAction(testSuite, host)
  const tests = report.metrics.find(({ name }) => name === 'tests')?.value
  return { report, verdict, tests, notices: report.notices.join('\n') }
}

describe('select: affected', { timeout: 60_000 }, () => {
  it('runs the tests that the change can affect, and says what it leaves out', async () => {
    const { verdict, tests, notices } = await runOn({ 'shop/tax.py': 'RATE = 7\n' })
    expect([verdict, tests]).toEqual(['failed', 1])
    expect(notices).toContain(
      '1 of 2 test files run. Left out, since they load nothing that changed: `tests/test_cart.py`.',
    )
  })

  it('runs all of them in doubt, and says what the doubt is', async () => {
    const { verdict, tests, notices } = await runOn({ 'tests/conftest.py': '' })
    expect([verdict, tests]).toEqual(['passed', 2])
    expect(notices).toMatch(/^All tests run: .*conftest/m)
  })

  it('is green where no test can see the change', async () => {
    const { verdict, tests, report } = await runOn({ 'README.md': 'Words.\n' })
    expect([verdict, tests]).toEqual(['passed', 0])
    expect(report.notices.at(-1)).toBeDefined()
    expect(report.notices).toContain('No test can see the change, so none was run.')
  })

  it('does not judge the coverage of a part of the tests, and says so', async () => {
    const { verdict, notices } = await runOn(
      { 'shop/tax.py': 'RATE = 19  # still\n' },
      { gate: 'coverage >= 85%' },
    )
    expect(verdict).toBe('passed')
    expect(notices).toContain('Not judged here, since only a part of the tests ran: `coverage >= 85%`.')
  })

  it('does not stand beside what chooses as well', async () => {
    const { report } = await runOn({}, { paths: 'tests' })
    expect(report.reasons[0]?.message).toContain('`select: affected` and `paths`')
  })

  describe('in a folder of its repository', () => {
    const part = { 'working-directory': 'shop' }
    const parts = {
      'libs/money.py': 'from libs_base import PENCE\n\nPOUND = 100 * PENCE\n',
      'libs/libs_base.py': 'PENCE = 1\n',
      'shop/pyproject.toml': '[tool.pytest.ini_options]\npythonpath = [".", "../libs"]\n',
      'shop/cart.py': 'from money import POUND\n\ndef price():\n    return 2 * POUND\n',
      'shop/tests/test_cart.py': 'from cart import price\n\ndef test_price():\n    assert price() == 200\n',
      'shop/tests/test_other.py': 'def test_other():\n    pass\n',
      'mail/test_mail.py': 'def test_mail():\n    pass\n',
    }

    it('runs the tests that a change elsewhere can affect', async () => {
      const { verdict, tests, notices } = await runOn({ 'libs/libs_base.py': 'PENCE = 3\n' }, part, parts)
      expect([verdict, tests]).toEqual(['failed', 1])
      expect(notices).toContain('1 of 2 test files run. Left out')
      expect(notices).toContain('`tests/test_other.py`')
    })

    it('runs none where only other parts changed', async () => {
      const { verdict, tests } = await runOn(
        { 'mail/test_mail.py': 'def test_mail():\n    assert 0\n' },
        part,
        parts,
      )
      expect([verdict, tests]).toEqual(['passed', 0])
    })

    it('runs everything where its tests lie elsewhere too', async () => {
      const settings =
        '[tool.pytest.ini_options]\ntestpaths = ["tests", "../mail"]\npythonpath = [".", "../libs"]\n'
      const { tests, notices } = await runOn(
        { 'mail/test_mail.py': 'def test_mail():\n    assert 1\n' },
        part,
        { ...parts, 'shop/pyproject.toml': settings },
      )
      expect([tests, notices]).toEqual([3, expect.stringContaining('`testpaths` leaves the project')])
    })
  })
})
