/** The command as people start it: what it prints where, and how it ends. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { SHARED_CACHE } from '../../../scripts/runner.ts'
import { version } from '../src/version.ts'

const command = fileURLToPath(new URL('../bin/ci-actions.js', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'ci-actions-'))
mkdirSync(join(project, 'src'))
writeFileSync(join(project, 'pyproject.toml'), '[tool.ruff]\n')
writeFileSync(join(project, 'src/app.py'), '"""App."""\n\nX = 1\n')
writeFileSync(join(project, 'src/unused.py'), 'import os\n')
spawnSync('git', ['init', '--quiet'], { cwd: project })
afterAll(() => rmSync(project, { recursive: true }))

const ownCache = { XDG_CACHE_HOME: join(project, '.cache') }
const sharedCache = { XDG_CACHE_HOME: SHARED_CACHE }

function run(args: readonly string[], { cwd = project, env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    env: { ...process.env, CI: 'true', ...ownCache, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** On a terminal, which Python makes; what is printed comes with the line ends of terminals. */
function runOnTerminal(args: readonly string[], env: Readonly<Record<string, string>>) {
  const python =
    'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], lambda fd: os.read(fd, 65536))))'
  const { CI: _ci, NO_COLOR: _colour, ...own } = process.env
  const { status, stdout } = spawnSync('python3', ['-c', python, process.execPath, command, ...args], {
    cwd: project,
    env: { ...own, ...sharedCache, TERM: 'xterm-256color', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  return { status, stdout }
}

const ruff = ['quality-gate', '--tools', 'ruff']

describe('ci-actions', () => {
  it('helps', () => {
    expect(run([])).toMatchObject({ status: 0, stdout: expect.stringContaining('quality-gate'), stderr: '' })
    expect(run(['quality-gate', '--help']).stdout).toContain('--complexity-limit')
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('plans, with nothing but the result on standard output', () => {
    const { status, stdout } = run(['quality-gate', '--plan', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ action: 'quality-gate', tools: [] })
    expect(status).toBe(0)
  })

  it('takes paths relative to where it is started', () => {
    const { stdout } = run(['quality-gate', '--plan', '--format', 'json', 'app.py'], {
      cwd: join(project, 'src'),
    })
    expect(JSON.parse(stdout).inputs).toContainEqual({
      name: 'paths',
      value: 'src/app.py',
      from: 'command line',
    })
  })

  it('writes to a file when asked to', () => {
    const args = ['quality-gate', '--plan', '--format', 'html', '--output', 'out/plan.html']
    const { status, stdout } = run(args)
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    expect(readFileSync(join(project, 'out/plan.html'), 'utf8')).toMatch(/^<!doctype html>/i)
  })

  it('clears what it remembers', () => {
    mkdirSync(join(project, '.cache/ci-actions'), { recursive: true })
    writeFileSync(join(project, '.cache/ci-actions/something'), '')
    expect(run(['cache', 'clear'])).toMatchObject({ status: 0 })
    expect(() => readFileSync(join(project, '.cache/ci-actions/something'))).toThrow()
  })
})

describe('the exit code', () => {
  it('is 0 for a verdict that passed, and 1 for one that failed', () => {
    expect(run([...ruff, 'src/app.py'], { env: sharedCache }).status).toBe(0)
    const failed = run([...ruff, '--gate', 'lint-errors == 0'], { env: sharedCache })
    expect(failed.status).toBe(1)
    expect(failed.stdout).toMatch(/src\/unused\.py:1:8[\s\S]*F401/)
  })

  it('is 2 for wrong options and values, which are all named', () => {
    const options = run(['quality-gate', '--formt', 'json', '--base'])
    expect(options).toMatchObject({ status: 2, stdout: '' })
    expect(options.stderr).toMatch(/--base.*needs a value[\s\S]*Did you mean `--format`/)
    const values = run(['quality-gate', '--gate', 'scroe > 3', '--complexity-limit', 'x', '--format', 'json'])
    expect(values.status).toBe(2)
    expect(JSON.parse(values.stdout)).toMatchObject({ verdict: 'error' })
    expect(values.stderr).toMatch(/scroe[\s\S]*did not run|did not run[\s\S]*scroe/)
    expect(run(['quality-gate', '/']).status).toBe(2)
  })

  it('is 4 where something cannot be reached', () => {
    const nowhere = 'http://127.0.0.1:9/'
    const env = { PIP_INDEX_URL: nowhere, UV_DEFAULT_INDEX: nowhere, PIP_RETRIES: '0', PIP_FIND_LINKS: '' }
    const { status, stdout } = run([...ruff, '--format', 'json'], { env })
    expect(status).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'incomplete' })
  })
})

describe('standard output', () => {
  const check = (format: string) => run([...ruff, '--format', format, 'src'], { env: sharedCache })

  it('has the format and nothing else; progress goes to standard error, in plain lines', () => {
    const json = check('json')
    expect(JSON.parse(json.stdout)).toMatchObject({ action: 'quality-gate', 'schema-version': 1 })
    expect(json.stderr).toMatch(/^Ruff: 1 finding, \d/m)
    expect(json.stderr).not.toContain('\u001b')
    expect(JSON.parse(check('sarif').stdout)).toMatchObject({ version: '2.1.0' })
    expect(check('html').stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    const text = check('terminal').stdout
    expect(text).toContain('Quality gate failed')
    expect(text).not.toContain('\u001b')
    expect(text).not.toMatch(/^Ruff: /m)
  })
})

// Pseudo-terminals of Python are not for Windows.
describe.skipIf(process.platform === 'win32')('on a terminal', () => {
  const erased = '\u001b[0J'

  it('shows a live table, which is gone when the report comes, both in colour', () => {
    const { status, stdout } = runOnTerminal(ruff, {})
    expect(status, stdout).toBe(1)
    const end = stdout.lastIndexOf(erased)
    const [table, report] = [stdout.slice(0, end), stdout.slice(end)]
    expect(table).toMatch(/Ruff {2}running/)
    expect(report).toContain('Quality gate failed')
    expect(report).not.toMatch(/Ruff {2}(running|1 finding)/)
    expect(colours(table)).not.toEqual([])
    expect(colours(report)).not.toEqual([])
  })

  it('prints no colour where nobody wants it, and no table in CI', () => {
    const { stdout } = runOnTerminal(ruff, { NO_COLOR: '1' })
    expect(stdout).toContain(erased)
    expect(colours(stdout)).toEqual([])
    expect(runOnTerminal(ruff, { CI: 'true' }).stdout).not.toContain(erased)
  })
})

/** Control sequences, without those that a redrawn table moves the cursor with. */
function colours(text: string): readonly string[] {
  const sequences = text.split('\u001b[').slice(1)
  return sequences.filter((sequence) => !/^(\d+A|0J)/.test(sequence))
}
