import { describe, expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { tools } from '../tools/index.ts'
import { readsPython } from '../tools/python-files.ts'
import { parseManifest } from './manifest-files.ts'
import { surveyOf } from './survey.ts'
import { unauditedNotices } from './unaudited.ts'

type Texts = Readonly<Record<string, string>>

/** `level: message`; `chosen`: ids of tools. */
function notices(files: Texts, chosen: readonly string[], links: readonly string[] = []): readonly string[] {
  const bare = projectOf({ name: 'x', files }, '/project')
  const texts = new Map(readsPython(bare.files).map((path) => [path, files[path] ?? '']))
  const project = { ...bare, texts }
  const survey = surveyOf({
    files: new Map(Object.entries(files).map(([path, text]) => [path, parseManifest(path, text)])),
    unread: [],
  })
  const status = (id: string) => (chosen.includes(id) ? 'not-applicable' : 'skipped')
  const planned = tools.map(
    (tool) => ({ tool, runs: false as const, status: status(tool.id), why: '' }) as const,
  )
  const found = unauditedNotices(project, { survey, packages: [{ project, tools: planned }], links })
  return found.map(({ level, message }) => `${level}: ${message}`)
}

const all = ['pip-audit', 'osv-scanner', 'npm-audit', 'pnpm-audit', 'yarn-audit']
const pyproject = '[project]\ndependencies = ["requests>=2"]\n'
const computed = 'setup(install_requires=read("requirements.txt"))\n'
const manifest = '{"dependencies": {"a": "^1"}}'
const dynamic = '[project]\ndynamic = ["dependencies"]\n'

describe('what nobody audits fails by the name of the file', () => {
  it.each<[string, Texts, readonly string[], RegExp]>([
    [
      'a manifest without pip-audit',
      { 'pyproject.toml': pyproject },
      ['osv-scanner'],
      /pyproject\.toml .*\(requests\).*`uv lock`/,
    ],
    [
      'a list without pip-audit',
      { 'requirements.txt': 'a==1\nb\n' },
      ['osv-scanner'],
      /requirements\.txt .*\(b\)/,
    ],
    [
      'setup.py that computes',
      { 'setup.py': computed },
      all,
      /setup\.py .*only running it would tell.*`uv lock`/,
    ],
    [
      'dependencies that only a build tells',
      { 'svc/pyproject.toml': dynamic },
      all,
      /svc\/pyproject\.toml .*`dynamic`/,
    ],
    [
      'package.json without a lock',
      { 'web/package.json': manifest },
      all,
      /web\/package\.json .*\(a\).*`npm install --package-lock-only` in `web`/,
    ],
    [
      'package.json of which a lock above knows nothing',
      { 'web/package.json': manifest, 'package.json': '{}', 'package-lock.json': '{"packages": {"": {}}}' },
      all,
      /web\/package\.json .*\(a\)/,
    ],
    [
      'package.json that wants another version than the lock above has',
      {
        'web/package.json': '{"dependencies": {"a": "1.0.0"}}',
        'package-lock.json': '{"packages": {"node_modules/a": {"version": "1.2.0"}}}',
      },
      all,
      /web\/package\.json .*\(a\)/,
    ],
    [
      'a lock below, without osv-scanner',
      { 'svc/uv.lock': '[[package]]\nname = "a"\nversion = "1"\n' },
      ['pip-audit'],
      /svc\/uv\.lock/,
    ],
    [
      'a lock of Bun, which no audit of npm reads',
      { 'web/bun.lock': '{"workspaces": {}}', 'web/package.json': manifest },
      ['npm-audit', 'pnpm-audit', 'yarn-audit'],
      /web\/bun\.lock: .*Let osv-scanner run too/,
    ],
    [
      'a lock of another package manager than the one that is asked',
      { 'pnpm-lock.yaml': 'lockfileVersion: 9\n' },
      ['npm-audit'],
      /pnpm-lock\.yaml: .*Let pnpm-audit or osv-scanner run too/,
    ],
  ])('%s', (_, files, chosen, expected) => {
    const [only, ...others] = notices(files, chosen)
    expect(others).toEqual([])
    expect(only).toMatch(/^failed: Nobody audited .* `exclude`\.$/)
    expect(only).toMatch(expected)
  })

  it('what Bun takes from elsewhere is named', () => {
    const entries = '"a": ["a@1.0.0"], "b": ["b@github:x/b#98e8ff1", {}, "x-b-98e8ff1"]'
    expect(notices({ 'bun.lock': `{"workspaces": {}, "packages": {${entries}}}` }, all)).toEqual([
      expect.stringMatching(/^warning: Not audited, .*: b \(bun\.lock\)\.$/),
    ])
  })

  it('a link that is not followed', () => {
    const links = ['requirements.txt', 'notes.txt', 'tests/requirements.txt']
    expect(notices({ 'a.py': '' }, all, links)).toEqual([
      expect.stringMatching(/^failed: Nobody audited requirements\.txt: it is a link/),
    ])
  })
})

it.each<[string, Texts, readonly string[]]>([
  ['where pip-audit resolves it', { 'pyproject.toml': pyproject, 'svc/requirements.txt': 'a\n' }, all],
  [
    'where a lock answers',
    {
      'pyproject.toml': dynamic,
      'setup.py': computed,
      'uv.lock': '[[package]]\nname = "a"\nversion = "1"\n',
    },
    all,
  ],
  [
    'where somebody chose other scanners',
    { 'pyproject.toml': pyproject, 'package.json': manifest },
    ['bandit'],
  ],
  ['of one language where only the other is audited', { 'package.json': manifest }, ['pip-audit']],
  [
    'of a workspace of Yarn 1',
    { 'web/package.json': manifest, 'package.json': '{"workspaces": {"packages": ["w*"]}}', 'yarn.lock': '' },
    all,
  ],
  [
    'of a workspace of Yarn',
    {
      'web/package.json': manifest,
      'yarn.lock': '"web@workspace:web":\n  resolution: "web@workspace:web"\n',
    },
    all,
  ],
  [
    'of a workspace of npm',
    { 'web/package.json': manifest, 'package-lock.json': '{"packages": {"": {}, "web": {"name": "web"}}}' },
    all,
  ],
  [
    'of a workspace of pnpm',
    { 'web/package.json': manifest, 'pnpm-lock.yaml': 'lockfileVersion: 9\nimporters: {web: {}}\n' },
    all,
  ],
  [
    'of what is installed above',
    {
      'libs/a/package.json': manifest,
      'package-lock.json': '{"packages": {"node_modules/a": {"version": "1.2.0"}}}',
    },
    all,
  ],
  [
    'of what comes from the repository itself',
    { 'package.json': '{"dependencies": {"a": "workspace:*", "b": "file:../b"}}' },
    all,
  ],
  ['of setup.py that only calls', { 'setup.py': 'from setuptools import setup\nsetup()\n' }, all],
])('says nothing %s', (_, files, chosen) => {
  expect(notices(files, chosen)).toEqual([])
})

it('names what comes from no index', () => {
  const files = { Pipfile: '[packages]\na = {git = "g"}\n' }
  expect(notices(files, all)).toEqual([expect.stringMatching(/^notice: Not audited.*: a \(Pipfile\)\.$/)])
})

it('warns of what illustrates, and of what may be more than a list beside it says', () => {
  const files = { 'docs/requirements.txt': 'sphinx\n', 'tests/web/package.json': manifest }
  expect(notices(files, all)).toEqual([
    expect.stringMatching(/^warning: Not audited.*: docs\/requirements\.txt, tests\/web\/package\.json\.$/),
  ])
  expect(notices({ 'setup.py': computed, 'requirements.txt': 'a==1\n' }, all)).toEqual([
    expect.stringMatching(/^warning: setup\.py: .*nobody knows/),
  ])
})

describe('what no scanner reads', () => {
  const others = {
    ...{ 'pom.xml': '', 'api/Gemfile': '', 'api/App.csproj': '', 'environment.yml': '', 'deno.lock': '' },
    ...{ 'requirements-dev.lock': '', 'reqs.txt': '' },
  }

  it('is named, with what to do', () => {
    expect(notices(others, all)).toEqual([
      expect.stringMatching(
        /^warning: Nobody audited reqs\.txt, requirements-dev\.lock: .*`requirements….txt`/,
      ),
      expect.stringMatching(
        /^warning: Nobody audited api\/App\.csproj, api\/Gemfile, deno\.lock, environment\.yml, pom\.xml: .*lock file/,
      ),
    ])
  })

  it('is nothing where a lock says more, or Trivy reads it', () => {
    const files = { ...others, 'Gemfile.lock': '', 'api/packages.lock.json': '{}' }
    expect(notices(files, [...all, 'trivy'])[1]).toMatch(/audited deno\.lock, environment\.yml:/)
  })

  it('stands with what illustrates in folders of examples', () => {
    expect(notices({ 'examples/x/pom.xml': '' }, all)).toEqual([
      expect.stringMatching(/^warning: Not audited, in folders of tests.*: examples\/x\/pom\.xml\.$/),
    ])
  })

  it('is not told where somebody chose scanners of Python alone', () => {
    expect(notices(others, ['pip-audit', 'bandit'])).toEqual([])
  })
})
