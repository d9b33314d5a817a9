import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { recordingHost } from '@ci-actions/shared/testing'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { environmentWith, openStage } from '../run/test/stage.ts'
import { isCoverageData, readCoverageData } from './python-data.ts'

let python: string
beforeAll(async () => {
  python = (await environmentWith('requirements')).python
}, 300_000)

const shop = {
  'shop/__init__.py': '',
  'shop/cart.py':
    'def total(prices):\n    if prices:\n        return sum(prices)\n    return 0\n\n\ndef debug():  # pragma: no cover\n    raise NotImplementedError\n\n\ndef dump():\n    print("cart")\n',
  'shop/tax.py': 'def tax(price):\n    return price * 19\n',
  'one.py': 'from shop.cart import total\ntotal([1])\n',
  'other.py': 'from shop.cart import total\nfrom shop.tax import tax\ntotal([])\ntax(1)\n',
}

/** A project with data files of real runs, `.coverage.one` and `.coverage.other`. */
async function measured(more: Readonly<Record<string, string>> = {}, options: readonly string[] = []) {
  const { root, host } = openStage({ ...shop, ...more })
  const run = async (script: string, branch: readonly string[] = options) => {
    const args = ['-m', 'coverage', 'run', '--source=shop', ...branch, `--data-file=.coverage.${script}`]
    const env = { ...host.facts.toolEnvironment, PYTHONPATH: root }
    const request = { cwd: root, env, timeoutMs: 60_000, maxBytes: 10_000 }
    const { exitCode, stderr } = await host.processes.run({
      ...request,
      command: python,
      args: [...args, `${script}.py`],
    })
    expect([exitCode, stderr]).toEqual([0, ''])
  }
  const sources = Object.keys({ ...shop, ...more })
  const read = (names: readonly string[]) =>
    readCoverageData(host, {
      ...{ python, folder: root, top: root, sources, roots: [root], timeoutMs: 60_000 },
      files: names.map((name) => join(root, name)),
    })
  return { root, host, run, read }
}

/** Lines by file, relative to the project. */
function linesOf(root: string, { reports }: Awaited<ReturnType<typeof readCoverageData>>) {
  return reports.map(({ files }) =>
    Object.fromEntries(
      files.map(({ path, covered, missed }) => [path.slice(root.length + 1), { covered, missed }]),
    ),
  )
}

/** Changes a data file by SQL, as somebody might who has nothing good in mind. */
async function tamper(host: Host, file: string, ...statements: readonly string[]) {
  const script =
    'import sqlite3, sys\nd = sqlite3.connect(sys.argv[1])\nfor s in sys.argv[2:]: d.execute(s)\nd.commit()\n'
  const env = { ...host.facts.toolEnvironment }
  const about = { cwd: host.facts.temporary, env, timeoutMs: 60_000, maxBytes: 10_000 }
  const { stderr } = await host.processes.run({
    ...about,
    command: python,
    args: ['-c', script, file, ...statements],
  })
  expect(stderr).toBe('')
}

describe('data files of coverage.py', { timeout: 120_000 }, () => {
  it('are told by how they begin', async () => {
    const { root, host, run } = await measured()
    await run('one')
    expect(await isCoverageData(host, join(root, '.coverage.one'))).toBe(true)
    expect(await isCoverageData(host, join(root, 'one.py'))).toBe(false)
    expect(await isCoverageData(host, join(root, 'shop/__init__.py'))).toBe(false)
  })

  it('come together, without the lines that the project leaves out', async () => {
    const config = '[report]\nexclude_also =\n    def dump\nfail_under = 100\n'
    const { root, run, read } = await measured({ '.coveragerc': config })
    await run('one')
    await run('other')
    const one = readFileSync(join(root, '.coverage.one'))
    expect(linesOf(root, await read(['.coverage.one', '.coverage.other']))).toEqual([
      {
        'shop/__init__.py': { covered: [], missed: [] },
        'shop/cart.py': { covered: [1, 2, 3, 4], missed: [] },
        'shop/tax.py': { covered: [1, 2], missed: [] },
      },
    ])
    expect(linesOf(root, await read(['.coverage.one']))[0]).toMatchObject({
      'shop/cart.py': { missed: [4] },
      'shop/tax.py': { covered: [], missed: [1, 2] },
    })
    expect(readFileSync(join(root, '.coverage.one')).equals(one)).toBe(true)
  })

  it('may be with branches and without', async () => {
    const { root, run, read } = await measured()
    await run('one', ['--branch'])
    await run('other', [])
    const data = await read(['.coverage.one', '.coverage.other'])
    expect(data.reports).toHaveLength(2)
    const cart = data.reports
      .flatMap(({ files }) => files)
      .filter(({ path }) => path === join(root, 'shop/cart.py'))
    expect(cart.map(({ branches }) => branches.length).sort()).toEqual([0, 1])
  })

  it('of another machine are about the files of this repository, and no others', async () => {
    const { root, host, run, read } = await measured()
    await run('one')
    const secret = join(host.facts.temporary, 'secret.py')
    writeFileSync(secret, 'password = 1\n')
    await tamper(
      host,
      join(root, '.coverage.one'),
      `update file set path = replace(path, '${root}', '/app')`,
      `insert into file (path) values ('${secret}'), ('/dev/zero'), ('/app/shop/gone.py')`,
    )
    const data = await read(['.coverage.one'])
    expect(linesOf(root, data)[0]).toMatchObject({
      'shop/cart.py': { missed: [4, 12] },
    })
    expect(data.lost).toEqual(['/app/shop/gone.py', '/dev/zero', secret])
    rmSync(join(root, 'shop/tax.py'))
    symlinkSync(secret, join(root, 'shop/tax.py'))
    expect((await read(['.coverage.one'])).lost).toContain('/app/shop/tax.py')
  })

  it('run nothing of the project: no plugin, and nothing with the name of coverage', async () => {
    const evil = 'open("ran", "w").close()\ndef coverage_init(reg, options): pass\n'
    const { root, run, read } = await measured({ 'evil.py': evil })
    await run('one')
    writeFileSync(join(root, '.coveragerc'), '[run]\nplugins = evil\ndebug = trace\n')
    cpSync(join(root, 'evil.py'), join(root, 'coverage.py'))
    expect((await read(['.coverage.one'])).reports).toHaveLength(1)
    expect(existsSync(join(root, 'ran'))).toBe(false)
  })

  it('name what only a plugin can read', async () => {
    const { root, host, run, read } = await measured()
    await run('one')
    const id = `(select id from file where path = '${join(root, 'shop/tax.py')}')`
    await tamper(host, join(root, '.coverage.one'), `insert into tracer values (${id}, 'django')`)
    const data = await read(['.coverage.one'])
    expect(data.lost).toEqual([join(root, 'shop/tax.py')])
    expect(Object.keys(linesOf(root, data)[0] ?? {})).not.toContain('shop/tax.py')
  })

  it('that are damaged are named', async () => {
    const { root, host, run, read } = await measured()
    await run('one')
    const whole = readFileSync(join(root, '.coverage.one'))
    writeFileSync(join(root, '.coverage.cut'), whole.subarray(0, 5000))
    await expect(read(['.coverage.cut'])).rejects.toThrow(ToolOutputError)
    await run('other')
    const several = read(['.coverage.one', '.coverage.cut', '.coverage.other'])
    await expect(several).rejects.toThrow(
      /^Coverage data \(\.coverage\.cut\) cannot be read: coverage\.py says/,
    )
    await tamper(host, join(root, '.coverage.other'), 'drop table line_bits')
    await expect(read(['.coverage.one', '.coverage.other'])).rejects.toThrow(/\(\.coverage\.other\)/)
    await tamper(host, join(root, '.coverage.one'), 'drop table coverage_schema')
    const foreign = readFileSync(join(root, '.coverage.one'))
    await expect(read(['.coverage.one'])).rejects.toThrow(ToolOutputError)
    expect(readFileSync(join(root, '.coverage.one')).equals(foreign)).toBe(true)
    const [left] = await host.files.list(host.facts.temporary)
    expect(left).toBe('project')
  })

  it('whose sources no longer are Python are named', async () => {
    const { root, run, read } = await measured()
    await run('one')
    writeFileSync(join(root, 'shop/tax.py'), 'def tax(:\n')
    await expect(read(['.coverage.one'])).rejects.toThrow(/coverage\.py says: .*shop\/tax\.py/)
    rmSync(join(root, 'shop/tax.py'))
    expect((await read(['.coverage.one'])).lost).toEqual([join(root, 'shop/tax.py')])
  })
})

test.each([
  [
    'is not installed',
    { exitCode: 1, stderr: "ModuleNotFoundError: No module named 'coverage'" },
    'in `install`',
  ],
  ['does not start', { ended: 'not-started', startError: 'no such file' } as const, 'no such file'],
  ['takes too long', { ended: 'timed-out' } as const, 'took too long'],
  ['says nothing', { exitCode: 0 }, 'no answer'],
])('coverage.py %s', async (_, answer, message) => {
  const host = recordingHost({ files: { '/w/.coverage': 'SQLite format 3\0' }, processes: () => answer })
  const about = { python: '/v/bin/python', folder: '/w', top: '/w', sources: [], roots: [], timeoutMs: 1000 }
  const reading = readCoverageData(host, { ...about, files: ['/w/.coverage'] })
  await expect(reading).rejects.toThrow(ToolOutputError)
  await expect(reading).rejects.toThrow(message)
  expect(await host.files.list(host.facts.temporary)).toEqual([])
})
