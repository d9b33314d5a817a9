import { describe, expect, it } from 'vitest'
import { sampleProject, top } from '../test/sample-project.ts'
import { checkHygiene } from './hygiene.ts'
import { readManifests } from './manifest-files.ts'
import { surveyOf } from './survey.ts'

async function check(files: Readonly<Record<string, string>>) {
  const { host, project } = sampleProject(files)
  return checkHygiene(surveyOf(await readManifests(host, top, project)))
}

/** `rule file:line message` */
async function problems(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const result = await check(files)
  return (result?.findings ?? []).map(
    ({ rule, location, message }) => `${rule} ${location?.path}:${location?.line ?? ''} ${message}`,
  )
}

const pyproject = '[project]\nname = "service"\ndependencies = [\n  "flask>=3",\n  "requests",\n]\n'

function uvLock(...packages: readonly (readonly [string, string])[]): string {
  const own = '[[package]]\nname = "service"\nversion = "1"\nsource = { virtual = "." }\n'
  const others = packages.map(
    ([name, version]) =>
      `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "r" }\n`,
  )
  return [own, ...others].join('\n')
}

it('has nothing to look at where there is no manifest', async () => {
  expect(await check({ 'main.py': '' })).toBeUndefined()
})

it('counts for the metric of dependencies, as hygiene, and blocks nothing by its severity', async () => {
  const result = await check({ 'requirements.txt': 'flask\n' })
  expect(result?.findings).toMatchObject([
    { metric: 'dependencies', level: 'note', security: { kind: 'hygiene', claims: [{ severity: 'low' }] } },
  ])
})

describe('unpinned', () => {
  it('names the first of a list, once for the file', async () => {
    const [only, ...others] = await problems({
      'requirements.txt': 'a==1\nflask\nrequests>=2\nb\nc\nd\n',
    })
    expect(others).toEqual([])
    expect(only).toMatch(
      /^unpinned requirements\.txt:2 .* 5 of its 6 packages \(flask, requests, b, c and 1 more\)/,
    )
    expect(only).toContain('`uv pip compile --generate-hashes requirements.in -o requirements.txt`')
  })

  it.each<[string, Record<string, string>]>([
    ['everything has a version', { 'requirements.txt': 'a==1\nb[x]==2 ; python_version > "3"\n' }],
    ['it is for developers', { 'requirements-dev.txt': 'pytest\n', 'requirements/test.txt': 'pytest\n' }],
    ['a lock file is there', { 'requirements.txt': 'flask\n', 'uv.lock': uvLock(['flask', '3.0']) }],
    [
      'constraints pin it',
      { 'requirements.txt': '-c constraints.txt\nflask\n', 'constraints.txt': 'flask==3\n' },
    ],
    ['it comes from git', { 'requirements.txt': 'a @ git+https://example.org/a@0123456\n' }],
    ['a list beside pins it', { 'pyproject.toml': pyproject, 'requirements.txt': 'flask==3\nrequests==2\n' }],
    ['settings are all there is', { 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' }],
    [
      'the workspace has a lock',
      {
        'package.json': '{"workspaces": ["web"]}',
        'web/package.json': '{"dependencies": {"a": "1"}}',
        'yarn.lock': 'a@1:\n',
      },
    ],
  ])('says nothing where %s', async (_, files) => {
    expect((await problems(files)).filter((each) => each.startsWith('unpinned'))).toEqual([])
  })

  it.each<[string, Record<string, string>, string]>([
    ['uv', { 'pyproject.toml': pyproject }, '`uv lock`'],
    [
      'Poetry',
      { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "*"\nflask = "^3"\n' },
      '`poetry lock`',
    ],
    ['Pipenv', { Pipfile: '[packages]\nflask = "*"\n' }, '`pipenv lock`'],
    [
      'npm',
      { 'web/package.json': '{"dependencies": {"a": "^1"}}' },
      '`npm install --package-lock-only` in `web`',
    ],
    ['setuptools', { 'setup.cfg': '[options]\ninstall_requires =\n  flask>=3\n' }, '`uv lock`'],
  ])('asks for the lock file of %s', async (_, files, command) => {
    const [only] = await problems(files)
    expect(only).toMatch(/^unpinned /)
    expect(only).toContain(command)
  })
})

describe('stale-lock', () => {
  it('names what a lock lacks and what it holds in another version', async () => {
    const found = await problems({ 'pyproject.toml': pyproject, 'uv.lock': uvLock(['flask', '2.9']) })
    expect(found).toEqual([
      'stale-lock uv.lock: uv.lock does not fit pyproject.toml: flask 2.9 is not >=3, requests is missing. Write it anew with `uv lock` and commit it.',
    ])
  })

  it.each<[string, Record<string, string>]>([
    ['fits', { 'pyproject.toml': pyproject, 'uv.lock': uvLock(['flask', '3.1'], ['requests', '2']) }],
    [
      'has one of two versions that fits',
      { 'pyproject.toml': pyproject, 'uv.lock': uvLock(['flask', '2'], ['flask', '3.1'], ['requests', '2']) },
    ],
    [
      'rightly leaves out what holds elsewhere',
      {
        'pyproject.toml': '[project]\ndependencies = ["tomli; python_version < \'3.11\'"]\n',
        'uv.lock': uvLock(),
      },
    ],
    [
      'has it from git',
      {
        'pyproject.toml': '[project]\ndependencies = ["a>=2"]\n[tool.uv.sources]\na = { git = "g" }\n',
        'uv.lock': '[[package]]\nname = "a"\nversion = "1"\nsource = { git = "g" }\n',
      },
    ],
  ])('says nothing where the lock %s', async (_, files) => {
    expect(await problems(files)).toEqual([])
  })

  it('compares poetry.lock with caret constraints', async () => {
    const files = (version: string) => ({
      'pyproject.toml': '[tool.poetry.dependencies]\npython = "*"\nflask = "^2.1"\n',
      'poetry.lock': `[[package]]\nname = "Flask"\nversion = "${version}"\n`,
    })
    expect(await problems(files('2.3'))).toEqual([])
    expect(await problems(files('3.0'))).toHaveLength(1)
  })

  it('compares package-lock.json with package.json, as `npm ci` does', async () => {
    const files = (copied: string) => ({
      'package.json': '{"dependencies": {"a": "^2.0.0"}, "devDependencies": {"b": "*"}}',
      'package-lock.json': `{"packages": {"": {"dependencies": {"a": "${copied}"}, "devDependencies": {"b": "*"}}}}`,
    })
    expect(await problems(files('^2.0.0'))).toEqual([])
    expect(await problems(files('^1.0.0'))).toEqual([
      'stale-lock package-lock.json: package-lock.json does not fit package.json: a was locked for ^1.0.0, not ^2.0.0. Write it anew with `npm install --package-lock-only` and commit it.',
    ])
  })

  it('compares pnpm-lock.yaml and yarn.lock with package.json', async () => {
    const manifest = { 'package.json': '{"dependencies": {"a": "^2"}}' }
    const pnpm = (range: string) =>
      `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ${range}\n        version: 2.0.0\n`
    const yarn = (range: string) => `a@${range}:\n  version "2.0.0"\n`
    expect(await problems({ ...manifest, 'pnpm-lock.yaml': pnpm('^2') })).toEqual([])
    expect(await problems({ ...manifest, 'yarn.lock': yarn('^2') })).toEqual([])
    expect(await problems({ ...manifest, 'pnpm-lock.yaml': pnpm('^1') })).toHaveLength(1)
    expect(await problems({ ...manifest, 'yarn.lock': yarn('^1') })).toHaveLength(1)
  })

  it('compares a compiled list with its source', async () => {
    const files = (pin: string) => ({
      'requirements.in': 'flask>=3\n',
      'requirements.txt': `# This file was autogenerated by uv via the following command:\n${pin}\n`,
    })
    expect(await problems(files('flask==3.0.1'))).toEqual([])
    expect(await problems(files('flask==2.0'))).toHaveLength(1)
    expect(await problems(files('click==8.0'))).toHaveLength(1)
  })
})

describe('conflicts', () => {
  it('finds two pins of one package, across included lists', async () => {
    const [only] = await problems({
      'requirements.txt': '-r base.txt\nFlask==3.0\n',
      'base.txt': 'a==1\nflask==2.0\n',
    })
    expect(only).toMatch(
      /^conflicts base\.txt:2 flask is asked for as ==3\.0 \(requirements\.txt, line 2\) and as ==2\.0/,
    )
  })

  it('finds a pin that a range excludes, and leaves other conditions alone', async () => {
    expect(await problems({ 'requirements.txt': 'a==1.5\na<1\n' })).toHaveLength(1)
    const apart = 'a==1 ; python_version < "3.9"\na==2 ; python_version >= "3.9"\n'
    expect(await problems({ 'requirements.txt': apart })).toEqual([])
  })

  it('finds a locked package that needs another version than is locked', async () => {
    const poetry = (version: string) =>
      `[[package]]\nname = "requests"\nversion = "2.32"\n[package.dependencies]\nurllib3 = ">=1.21,<3"\n[[package]]\nname = "urllib3"\nversion = "${version}"\n`
    expect(await problems({ 'poetry.lock': poetry('2.2') })).toEqual([])
    const [only] = await problems({ 'poetry.lock': poetry('3.1') })
    expect(only).toContain('requests 2.32 needs urllib3 >=1.21,<3, and poetry.lock holds urllib3 3.1')
    expect(only).toContain('`poetry lock`')
  })
})

it('fails for a lock file that cannot be read, and warns of other files', async () => {
  const result = await check({ 'uv.lock': '[[', 'requirements.txt': '-r gone.txt\na==1\n' })
  expect(result?.notices).toMatchObject([
    { level: 'failed', message: expect.stringContaining('uv.lock') },
    { level: 'warning', message: expect.stringContaining('gone.txt was not read: it does not exist') },
  ])
})
