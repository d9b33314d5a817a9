import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { prepareEnvironment } from './environment.ts'
import { installTool } from './install.ts'
import {
  fixture,
  locks,
  needsPackageIndex,
  openInstallStage,
  sharedCache,
  signs,
  tool,
  versionOf,
} from './test/real-index.ts'
import { openUv } from './uv.ts'

const cache = sharedCache()
const pin = '"pycodestyle==2.14.0"'

describe('with a package index', () => {
  needsPackageIndex(cache)

  test.each<[string, Record<string, string>, string]>([
    [
      'a requirements file and what it includes',
      { 'dev.txt': '-r base.txt\n', 'base.txt': 'pycodestyle==2.14.0\n' },
      'dev.txt',
    ],
    [
      'the project itself',
      { 'pyproject.toml': `[project]\nname = "x"\nversion = "1"\ndependencies = [${pin}]\n` },
      '.',
    ],
    [
      'an extra',
      {
        'pyproject.toml': `[project]\nname = "x"\nversion = "1"\ndependencies = []\n[project.optional-dependencies]\nlint = [${pin}]\n`,
      },
      '.[lint]',
    ],
  ])("the project's environment is made from %s, and found again without network", async (_, files, line) => {
    const stage = await openInstallStage(cache)
    await stage.write(files)
    const text = files['pyproject.toml']
    const configuration =
      text === undefined ? [] : [{ name: 'pyproject.toml', path: 'pyproject.toml', text, data: parse(text) }]
    const request = { host: stage.host, project: { ...stage.project([]), configuration }, install: [line] }
    const made = await prepareEnvironment({ ...request, offline: false })
    expect(made.kind).toBe('installed')
    expect(await versionOf(stage, [made.python, '-m', 'pycodestyle'])).toContain('2.14.0')
    expect(await prepareEnvironment({ ...request, offline: true })).toEqual(made)
    // The project itself is neither built nor installed.
    expect(made.message).toContain('1 package,')
    expect(await stage.host.files.list(stage.root)).toEqual(Object.keys(files).sort())
  })

  test('a changed requirements file makes another environment', async () => {
    const stage = await openInstallStage(cache)
    const request = { host: stage.host, project: stage.project([]), install: ['dev.txt'], offline: false }
    await stage.write({ 'dev.txt': '-r base.txt', 'base.txt': 'pycodestyle==2.14.0' })
    const before = await prepareEnvironment(request)
    await stage.write({ 'base.txt': 'pycodestyle==2.15.0' })
    const after = await prepareEnvironment(request)
    expect(after.digest).not.toBe(before.digest)
    expect(await versionOf(stage, [after.python, '-m', 'pycodestyle'])).toContain('2.15.0')
  })

  test("the project's environment is made from the lock files of uv and Poetry", async () => {
    const stage = await openInstallStage(cache)
    const pyproject = `[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11"\n[dependency-groups]\nlint = [${pin}]\n`
    await stage.write({ 'pyproject.toml': pyproject, 'poetry.lock': fixture('poetry.lock') })
    const uv = await openUv(stage.context)
    await uv.run('the lock file', ['lock'], { cwd: stage.root })
    const request = { host: stage.host, project: stage.project([]), offline: false, context: stage.context }
    const fromUv = await prepareEnvironment({ ...request, install: ['uv.lock'] })
    expect(await versionOf(stage, [fromUv.python, '-m', 'pycodestyle'])).toContain('2.14.0')
    const fromPoetry = await prepareEnvironment({ ...request, install: ['poetry.lock'] })
    expect(await versionOf(stage, [fromPoetry.python, '-m', 'flake8'])).toMatch(
      /7\.5\.0.*flake8-comprehensions/,
    )
    expect(await stage.host.files.list(stage.root)).toEqual(['poetry.lock', 'pyproject.toml', 'uv.lock'])
  })

  test('`.venv` is found, and its tools are run from there', async () => {
    const stage = await openInstallStage(cache)
    const uv = await openUv(stage.context)
    await uv.run('an environment', ['venv', '.venv'], { cwd: stage.root })
    await uv.run('a tool', ['pip', 'install', '--python', '.venv', 'pycodestyle==2.14.0'], {
      cwd: stage.root,
    })
    const found = await prepareEnvironment({
      host: stage.host,
      project: stage.project([]),
      install: [],
      offline: true,
    })
    expect(found).toMatchObject({
      kind: 'venv',
      name: '.venv',
      message: expect.stringContaining('1 package'),
    })
    const environment = { packages: new Map([['pycodestyle', '2.14.0']]), from: '.venv' }
    const installed = await installTool(stage.context, {
      tool,
      locks,
      signs: { ...signs, environment },
      python: found.python,
    })
    expect(installed).toMatchObject({
      version: '2.14.0',
      versionSource: 'project-environment',
      versionFrom: '.venv',
    })
    expect(installed.command[0]).toContain('.venv')
    expect(await versionOf(stage, installed.command)).toContain('2.14.0')
  })
})

describe('without network', () => {
  test('a `.venv` whose interpreter is gone is not used', async () => {
    const stage = await openInstallStage(cache, true)
    await stage.write({ '.venv/lib/python3.11/site-packages/x-1.dist-info/METADATA': '' })
    const found = await prepareEnvironment({
      host: stage.host,
      project: stage.project([]),
      install: [],
      offline: true,
    })
    expect(found.kind).toBe('none')
    expect(found.message).toContain('PATH')
  })

  test.each([
    [
      '../outside.txt',
      /`..\/outside.txt` cannot be included: it (leads out of the repository|does not exist)/,
    ],
    ['missing.txt', /`missing.txt` cannot be included: it does not exist/],
    ['environment.yml', /not known/],
    ['.', /pyproject\.toml/],
  ])('`install: %s` is refused in words', async (line, words) => {
    const stage = await openInstallStage(cache, true)
    await stage.write({ '../outside.txt': 'x', 'environment.yml': 'x' })
    const preparing = prepareEnvironment({
      host: stage.host,
      project: stage.project([]),
      install: [line],
      offline: true,
    })
    await expect(preparing).rejects.toThrow(words)
  })
})
