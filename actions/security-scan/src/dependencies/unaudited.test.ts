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
      'a lock below, without osv-scanner',
      { 'svc/uv.lock': '[[package]]\nname = "a"\nversion = "1"\n' },
      ['pip-audit'],
      /svc\/uv\.lock/,
    ],
  ])('%s', (_, files, chosen, expected) => {
    const [only, ...others] = notices(files, chosen)
    expect(others).toEqual([])
    expect(only).toMatch(/^failed: Nobody audited .* `exclude`\.$/)
    expect(only).toMatch(expected)
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
  ['of packages of a workspace', { 'web/package.json': manifest, 'yarn.lock': '' }, all],
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
