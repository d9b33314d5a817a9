import { describe, expect, test } from 'vitest'
import { scratchRepository } from '../git/test/scratch.ts'
import { check, lineTool } from './test/stage.ts'

describe('before a tool runs', () => {
  test.each([
    ['no Python file', { 'a.txt': '' }, {}, /no Python files in the repository\. Check/],
    [
      'none where it should look',
      { 'a.py': '', 'app/b.txt': '' },
      { 'working-directory': 'app' },
      /no Python files in `app`/,
    ],
    ['none that `paths` name', { 'a.py': '' }, { paths: 'src' }, /no Python files.*`paths`/],
    ['a file with a line break in its name', { 'a\nb.py': '' }, {}, /has a line break/],
    ['configuration that hides the tools', { 'a.py': '', 'tox.ini': 'x\n' }, {}, /`tox\.ini` does not parse/],
    ['an unknown tool', { 'a.py': '' }, { tools: 'line' }, /Did you mean `lines`/],
  ])('%s is an error of the user, and nothing is started', async (_, files, inputs, words) => {
    const run = await check(scratchRepository(files), inputs)
    expect(run).toMatchObject({ verdict: 'error', exitCode: 2 })
    expect(run.said).toMatch(words)
    expect(run.host.recorded.processes.every(({ command }) => command === 'git')).toBe(true)
  })

  test('every package without a Python file is named', async () => {
    const policy = 'sample-check:\n  packages: {api: api, web: {path: web}, lib: lib}\n'
    const run = await check(scratchRepository({ 'lib/a.py': '', '.github/ci-actions.yml': policy }))
    expect(run.report.reasons.map(({ message }) => /package `(\w+)`/.exec(message)?.[1])).toEqual([
      'api',
      'web',
    ])
  })
})

describe('`plan`', () => {
  test('says for each package what would run and why, and is no verdict', async () => {
    const policy = 'sample-check:\n  packages: {api: api, web: web}\n'
    const folder = scratchRepository({
      'api/a.py': 'crash',
      'web/w.py': '',
      'web/x.py': '',
      '.github/ci-actions.yml': policy,
    })
    const tools = [lineTool('one'), lineTool('two')]
    const run = await check(folder, { plan: 'true', tools: 'two', 'tool-versions': 'two: 1.2' }, { tools })
    expect(run.verdict).toBe('incomplete')
    expect(run.host.recorded.outputs.get('verdict')).toBe('incomplete')
    expect(run.report.blocks).toMatchObject([
      { text: 'Plan for `api`: 1 Python files.' },
      {
        rows: [
          ['one', 'no', '', 'not listed in `tools`', ''],
          ['two', 'yes', '1', 'input `tools`', '1.2'],
        ],
      },
      { text: 'Plan for `web`: 2 Python files.' },
      {
        rows: [
          ['one', 'no', '', 'not listed in `tools`', ''],
          ['two', 'yes', '2', 'input `tools`', '1.2'],
        ],
      },
    ])
    expect(run.host.recorded.processes.every(({ command }) => command === 'git')).toBe(true)
  })
})

describe('what is read before anything is planned', () => {
  const order: string[] = []
  const definition = {
    survey: async () => {
      order.push('survey')
    },
    settings: async () => {
      order.push('settings')
      return {}
    },
  }

  test('comes before the settings, and what changed is known as without it', async () => {
    order.length = 0
    const folder = scratchRepository({ 'a.py': 'bad' })
    const [plain, surveyed] = [await check(folder), await check(folder, {}, { definition })]
    expect(order).toEqual(['survey', 'settings'])
    expect(surveyed.report.base).toEqual(plain.report.base)
    expect(surveyed.report.findings).toEqual(plain.report.findings)
  })

  test('comes before a plan too', async () => {
    order.length = 0
    await check(scratchRepository({ 'a.py': '' }), { plan: 'true' }, { definition })
    expect(order).toEqual(['survey', 'settings'])
  })
})

describe('an action that looks at all files', () => {
  const looked: string[] = []
  const tool = lineTool('lines', {
    applies: (project) => {
      looked.push(`${project.name}: ${project.inScope?.join(' ')}`)
      return { runs: false, status: 'not-applicable', why: 'nothing here' }
    },
  })
  const policy = { '.github/ci-actions.yml': 'sample-check:\n  packages: {api: api}\n' }
  const packages = { 'api/a.py': '', 'api/b/c.txt': '', 'apis.txt': '', Dockerfile: '', ...policy }

  test.each([
    [
      'looks at what is in no package too',
      {},
      ['api: a.py b/c.txt', ': .github/ci-actions.yml Dockerfile apis.txt'],
    ],
    ['does not where it is told where to look', { paths: 'b' }, ['api: b/c.txt']],
  ])('%s', async (_, inputs, expected) => {
    looked.length = 0
    await check(scratchRepository(packages), inputs, { tools: [tool], definition: { looksAt: 'files' } })
    expect(looked).toEqual(expected)
  })

  test('has no rest beside a package of everything, which is without those below it', async () => {
    looked.length = 0
    const all = 'sample-check:\n  packages: {all: ".", api: api}\n'
    const folder = scratchRepository({ 'api/a.py': '', '.github/ci-actions.yml': all })
    await check(folder, {}, { tools: [tool], definition: { looksAt: 'files' } })
    expect(looked).toEqual(['all: .github/ci-actions.yml', 'api: a.py'])
  })
})

describe('where nothing runs', () => {
  const idle = lineTool('lines', { applies: () => ({ runs: false, status: 'skipped', why: 'not now' }) })
  const commandsOf = async (undivided: boolean, tools = [idle]) => {
    const run = await check(scratchRepository({ 'a.py': '' }), {}, { tools, definition: { undivided } })
    return new Set(run.host.recorded.processes.map(({ command }) => command))
  }

  test('no environment is looked for in a repository as a whole', async () => {
    expect(await commandsOf(true)).toEqual(new Set(['git']))
    expect((await commandsOf(true, [lineTool('lines')])).size).toBeGreaterThan(1)
  })

  test('one is for the packages, whose results may need it', async () => {
    expect((await commandsOf(false)).size).toBeGreaterThan(1)
  })
})
