import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runAction } from '@ci-actions/shared'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { testSuite } from './action.ts'
import { environmentWith } from './run/test/stage.ts'

const sources = {
  'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["."]\n',
  'shop/__init__.py': '',
  'shop/cart.py':
    'def total(prices):\n    if prices:\n        return sum(prices)\n    return 0\n\n\ndef debug():  # pragma: no cover\n    print(1)\n',
  'tests/test_one.py': 'from shop.cart import total\n\ndef test_one():\n    assert total([1]) == 1\n',
  'tests/test_two.py': 'from shop.cart import total\n\ndef test_two():\n    assert total([]) == 0\n',
  'results.xml': '<testsuite><testcase name="a"/></testsuite>',
}

let python: string
beforeAll(async () => {
  python = (await environmentWith('requirements')).python
}, 300_000)

/** A project with the results of others, and the data files of one run of pytest for each test file. */
async function project() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'suite-coverage-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, 'project')
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const processes = nodeProcesses(new AbortController().signal)
  const environment = { PATH: process.env['PATH'] ?? '', VIRTUAL_ENV: dirname(dirname(python)) }
  const measure = async (name: string) => {
    const args = ['-m', 'coverage', 'run', '--source=shop', `--data-file=.coverage.${name}`]
    const pytest = ['-m', 'pytest', '-q', `tests/test_${name}.py`]
    const about = { cwd: root, env: environment, timeoutMs: 60_000, maxBytes: 10_000 }
    const { exitCode } = await processes.run({ ...about, command: python, args: [...args, ...pytest] })
    expect(exitCode).toBe(0)
  }
  const suite = async (inputs: Readonly<Record<string, string>>) => {
    const temporary = mkdtempSync(join(folder, 'temporary-'))
    const host = recordingHost({
      facts: {
        ...{ kind: 'local', workspace: root, temporary, cacheFolder: join(folder, 'cache') },
        toolEnvironment: environment,
        projectEnvironment: { PATH: environment.PATH },
      },
      ...{ files: nodeFiles, clock: nodeClock, processes },
      inputs: { history: 'off', 'default-gate': 'off', ...inputs },
    })
    const { report, verdict, exitCode } = await runAction(testSuite, host)
    const value = (name: string) => report.metrics.find((metric) => metric.name === name)?.value
    return { report, verdict, exitCode, value, said: report.reasons.map(({ message }) => message).join('\n') }
  }
  return { root, measure, suite }
}

describe('data files of coverage.py', { timeout: 120_000 }, () => {
  it('are united with each other and with reports', async () => {
    const { root, measure, suite } = await project()
    await measure('one')
    const reading = { reports: 'results.xml', 'coverage-reports': '.coverage.*', gate: 'coverage >= 100%' }
    const one = await suite(reading)
    expect([one.verdict, one.value('coverage')]).toEqual(['failed', 75])
    await measure('two')
    const both = await suite(reading)
    expect([both.verdict, both.value('coverage')]).toEqual(['passed', 100])
    expect(both.report.notices.join('\n')).toContain('2 data files of coverage.py')
    rmSync(join(root, '.coverage.one'))
    writeFileSync(join(root, 'one.info'), 'SF:shop/cart.py\nDA:3,1\nend_of_record\n')
    const mixed = await suite({ ...reading, 'coverage-reports': '.coverage.*\n*.info' })
    expect([mixed.verdict, mixed.value('coverage')]).toEqual(['passed', 100])
  })

  it('are measured by a run that does not ask for it', async () => {
    const { measure, suite } = await project()
    await measure('one')
    const { verdict, value } = await suite({ 'coverage-reports': '.coverage.one', gate: 'coverage >= 70%' })
    expect([verdict, value('tests'), value('coverage')]).toEqual(['passed', 2, 75])
  })

  it('that cannot be read are no coverage, and not green', async () => {
    const { root, measure, suite } = await project()
    await measure('one')
    writeFileSync(join(root, '.coverage.two'), 'SQLite format 3\0 and no more')
    writeFileSync(join(root, 'one.info'), 'SF:shop/cart.py\nDA:3,1\nend_of_record\n')
    const damaged = await suite({ reports: 'results.xml', 'coverage-reports': '.coverage.*\n*.info' })
    expect([damaged.verdict, damaged.exitCode, damaged.value('coverage')]).toEqual([
      'incomplete',
      1,
      undefined,
    ])
    expect(damaged.report.reasons[0]).toMatchObject({ code: 'coverage-damaged' })
    const python = join(root, 'no-such-python')
    const without = await suite({
      reports: 'results.xml',
      'coverage-reports': '.coverage.one',
      python,
      install: '.',
    })
    expect(without.verdict).not.toBe('passed')
    expect(without.said).toContain('no-such-python')
  })
})

it('are read beside the parts that are merged', { timeout: 120_000 }, async () => {
  const { root, measure, suite } = await project()
  await measure('one')
  await measure('two')
  const run = await suite({})
  cpSync(join(root, run.report.reportFolder ?? ''), join(root, 'parts/1'), { recursive: true })
  const merged = await suite({
    mode: 'merge',
    ...{ reports: 'parts/**', 'coverage-reports': '.coverage.*', gate: 'coverage >= 100%' },
  })
  expect([merged.verdict, merged.value('tests'), merged.value('coverage')]).toEqual(['passed', 2, 100])
})

describe('coverage reports', { timeout: 60_000 }, () => {
  it('that are none are named, and the tests still count', async () => {
    const { root, suite } = await project()
    writeFileSync(join(root, 'cover.xml'), sources['results.xml'])
    const { verdict, exitCode, value, said } = await suite({
      reports: 'results.xml',
      'coverage-reports': 'cover.xml',
    })
    expect([verdict, exitCode, value('tests')]).toEqual(['incomplete', 1, 1])
    expect(said).toContain('`cover.xml`')
  })

  it('that a run was to write and did not leave the results of its tests', async () => {
    const { suite } = await project()
    const { verdict, value, report } = await suite({ 'coverage-reports': 'cov/*.xml' })
    expect([verdict, value('tests')]).toEqual(['incomplete', 2])
    expect(report.reasons[0]).toMatchObject({ code: 'coverage-missing' })
  })
})

it('of a folder of the repository are about the files of that folder', async () => {
  const files = { 'svc/src/a.py': 'A = 1\n', 'svc/lib/src/a.py': 'A = 2\n', 'r.xml': sources['results.xml'] }
  const host = recordingHost({
    facts: { workspace: '/w' },
    files: {
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])),
      '/w/cover.info': 'SF:src/a.py\nDA:1,1\nend_of_record\n',
    },
    inputs: {
      ...{ reports: 'r.xml', 'coverage-reports': 'cover.info', 'working-directory': 'svc', history: 'off' },
      gate: 'coverage{path="svc/src/a.py"} >= 100%',
    },
  })
  const { verdict, report } = await runAction(testSuite, host)
  expect([verdict, report.reasons]).toEqual(['passed', []])
})
