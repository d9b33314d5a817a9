/** The tree that a release publishes, as people get it: by npm, by pre-commit, and to read. */
import { spawnSync } from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commitAll, git } from '../../scripts/example-repository.ts'
import { buildReleaseTree } from '../../scripts/release-tree.ts'
import { inheritedEnvironment, NODE, SHARED_CACHE } from '../../scripts/runner.ts'
import { deadLinks } from '../contract/links.ts'
import { installPythonTool } from './python-tool.ts'

const top = resolve(import.meta.dirname, '../..')
const scratch = mkdtempSync(join(tmpdir(), 'ci-actions-tree-'))
const tree = join(scratch, 'tree')
const commandLine = join(tree, 'ci-actions/ci-actions.mjs')
const { version } = JSON.parse(readFileSync(join(top, 'packages/cli/package.json'), 'utf8'))
const preCommit = installPythonTool('pre-commit')

/** The pinned Node by the names that tools look for, before all others. */
function environment(): Record<string, string> {
  const folder = join(scratch, 'bin')
  mkdirSync(folder, { recursive: true })
  for (const name of ['node', 'nodejs']) symlinkSync(NODE, join(folder, name))
  const inherited = inheritedEnvironment()
  return { ...inherited, PATH: [folder, inherited['PATH']].join(delimiter), XDG_CACHE_HOME: SHARED_CACHE }
}

let env: Record<string, string> = {}

beforeAll(() => {
  env = environment()
  buildReleaseTree(tree)
  git(tree, 'init', '--quiet', '--initial-branch', 'main')
  commitAll(tree, 'release')
  git(tree, 'tag', 'v2')
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the release tree', () => {
  test('has each action at the top, and what its texts refer to', () => {
    const names = readdirSync(join(top, 'actions'))
    expect(
      globSync(['*/action.yml', 'schemas/*', 'LICENSE', '*/LICENSE', 'docs/gate.md'], {
        cwd: tree,
      }).toSorted(),
    ).toEqual(
      [
        ...['LICENSE', 'docs/gate.md', 'schemas/policy.json', 'schemas/result.json'],
        ...names.flatMap((name) => [`${name}/LICENSE`, `${name}/action.yml`]),
      ].toSorted(),
    )
    for (const name of names) {
      const { runs } = parse(readFileSync(join(tree, name, 'action.yml'), 'utf8'))
      const bundle = join(name, runs.main)
      expect(readFileSync(join(tree, bundle))).toEqual(readFileSync(join(top, 'actions', bundle)))
    }
    expect(readFileSync(join(tree, '.pre-commit-hooks.yaml'))).toEqual(
      readFileSync(join(top, '.pre-commit-hooks.yaml')),
    )
  })

  test('has no link that leads nowhere', () => {
    const documents = globSync(['*.md', 'docs/*.md', '*/README.md'], { cwd: tree })
    expect(documents.length).toBeGreaterThan(10)
    const dead = documents.map((file) => [file, deadLinks(tree, file)] as const)
    expect(dead.filter(([, links]) => links.length > 0)).toEqual([])
  })

  test('has a command line that says which Node it needs', () => {
    const old =
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.1.0" } })'
    const args = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, commandLine, '--version']
    const { status, stdout, stderr } = spawnSync(NODE, args, { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('needs Node 24 or newer')
  })

  test('is an npm package with the command and nothing else', () => {
    const prefix = join(scratch, 'npm')
    const from = `git+${pathToFileURL(tree).href}#v2`
    const options = ['--global', '--prefix', prefix, '--no-audit', '--no-fund', '--no-update-notifier']
    const npm = spawnSync('npm', ['install', ...options, from], { env, encoding: 'utf8' })
    expect(npm.status, npm.stderr).toBe(0)
    const [installed] = globSync('**/node_modules/ci-actions', { cwd: prefix })
    const files = globSync('**/*.*', { cwd: join(prefix, installed ?? '') })
    expect(files.toSorted()).toEqual([
      'README.md',
      'ci-actions/ci-actions.mjs',
      'ci-actions/licenses.txt',
      'package.json',
    ])
    const [command] = globSync(['bin/ci-actions', 'ci-actions.cmd'], { cwd: prefix })
    const { stdout } = spawnSync(join(prefix, command ?? ''), ['--version'], { env, encoding: 'utf8' })
    expect(stdout).toBe(`${version}\n`)
  })
})

describe('with pre-commit', () => {
  const project = join(scratch, 'project')
  const file = join(project, 'app.py')

  beforeAll(() => {
    const hooks = ['quality-gate', 'quality-gate-fix'].map((id) => ({ id, language_version: 'system' }))
    const configuration = { repos: [{ repo: pathToFileURL(tree).href, rev: 'v2', hooks }] }
    mkdirSync(join(project, '.github'), { recursive: true })
    // JSON is YAML.
    writeFileSync(join(project, '.pre-commit-config.yaml'), JSON.stringify(configuration))
    writeFileSync(join(project, '.github/ci-actions.yml'), 'quality-gate:\n  tools: [ruff, black]\n')
    writeFileSync(file, 'X = 1\n')
    git(project, 'init', '--quiet', '--initial-branch', 'main')
    commitAll(project, 'base')
    git(project, 'checkout', '--quiet', '-b', 'topic')
  })

  function runHook(folder: string, id: string) {
    const paths = { PYTHONPATH: folder, PRE_COMMIT_HOME: join(scratch, 'pre-commit') }
    const { status, stdout, stderr } = spawnSync(
      'python3',
      ['-m', 'pre_commit', 'run', '--all-files', '--verbose', id],
      {
        cwd: project,
        env: { ...env, ...paths },
        encoding: 'utf8',
      },
    )
    return { status, log: stdout + stderr }
  }

  test('the gate judges the branch, and the other hook repairs it', (context) => {
    if (preCommit.kind === 'none') return context.skip(preCommit.why)
    const gate = () => runHook(preCommit.folder, 'quality-gate')
    const before = gate()
    expect(before.status, before.log).toBe(0)
    writeFileSync(file, 'X  =  1\n')
    commitAll(project, 'change')
    const changed = gate()
    expect(changed.status, changed.log).toBe(1)
    expect(changed.log).toContain('new.formatting-issues is 1, must be 0')
    // pre-commit fails a hook that changes files, so that somebody looks at them.
    const repaired = runHook(preCommit.folder, 'quality-gate-fix')
    expect(repaired.log).toContain('files were modified by this hook')
    expect(readFileSync(file, 'utf8')).toBe('X = 1\n')
    const after = gate()
    expect(after.status, after.log).toBe(0)
  })
})
