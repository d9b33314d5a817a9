/** With the real Gitleaks and git, where they are: what a merge commit adds itself, and what git would hide. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ToolRequest, ToolResult } from '@ci-actions/shared'
import { afterAll, describe, expect, it } from 'vitest'
import { goToolFolders } from '../../../../scripts/go-tools.ts'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { gitleaks } from './gitleaks.ts'

const program = goToolFolders({ build: false }).get('gitleaks')
const [first, second, ofBranch] = [
  'a8Kd02jfLq39sKfmXz71PwQe5VbNtR6uYcH4',
  'Qm7Rz0KpVw31nXcJt82LdYs6HbFgUe5iAoT9',
  'Zx4Wn8LbTq26vJdRk05MyGc3PsHfUe7iAoB1',
].map((text) => ['ghp', text].join('_'))
const folder = mkdtempSync(join(tmpdir(), 'gitleaks-merges-'))
const output = mkdtempSync(join(tmpdir(), 'gitleaks-output-'))
afterAll(() => {
  for (const each of [folder, output]) rmSync(each, { recursive: true, force: true })
})

function git(...args: readonly string[]): string {
  const people = {
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@b.example',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@b.example',
  }
  const result = spawnSync('git', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...people } })
  return result.stdout.trim()
}

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  git('add', '--all')
  git('commit', '--quiet', '--message', 'm')
  return git('rev-parse', 'HEAD')
}

/** A merge that adds a file of its own, and one that resolves a conflict with a line of its own. */
function merges(): { readonly clean: string; readonly conflict: string; readonly base: string } {
  git('init', '--quiet', '--initial-branch', 'main')
  const base = commit({ 'both.py': 'x = 1\n' })
  git('checkout', '--quiet', '-b', 'topic')
  commit({ 'of-branch.py': `t = "${ofBranch}"\n` })
  git('checkout', '--quiet', 'main')
  commit({ 'other.py': 'y = 1\n' })
  git('merge', '--quiet', '--no-commit', '--no-ff', 'topic')
  const clean = commit({ 'added.py': `t = "${first}"\n` })
  git('checkout', '--quiet', 'topic')
  commit({ 'both.py': 'x = 2\n' })
  git('checkout', '--quiet', 'main')
  commit({ 'both.py': 'x = 3\n' })
  git('merge', '--quiet', 'topic')
  return { base, clean, conflict: commit({ 'both.py': `t = "${second}"\n` }) }
}

function asked(commits: string, files: Readonly<Record<string, string>> = {}): ToolRequest {
  const installed = { command: ['gitleaks'], version: '8.30.1' }
  const settings = { 'secret-commits': commits }
  const request = requestFor(
    gitleaks,
    { name: 'merges', files },
    { top: folder, installed, changes: { outputFolder: output, settings } },
  )
  return { ...request, project: { ...request.project, root: folder } }
}

async function lookAt(commits: string): Promise<ToolResult> {
  const request = asked(commits)
  const invocation = gitleaks.invocations(request)[1] ?? expect.unreachable()
  for (const [path, text] of Object.entries(invocation.inputs ?? {})) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const { status, stderr } = spawnSync(join(program ?? '', 'gitleaks'), invocation.args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...invocation.env },
  })
  const report = readFileSync(invocation.outputs?.['report'] ?? '', 'utf8')
  return gitleaks.parse(
    outputOf(request, { invocation, exitCode: status ?? -1, stdout: '', stderr, files: { report } }),
  )
}

describe.skipIf(program === undefined)('commits', () => {
  it('that merge are looked at for what they add themselves, not for what they bring together', async () => {
    const { clean, conflict } = merges()
    const { findings } = await lookAt(`${clean} ${conflict}`)
    const seen = findings.map(({ location, security }) => [
      location?.path,
      security?.secret?.value,
      security?.commit,
    ])
    expect(seen.toSorted()).toEqual([
      ['added.py', first, clean],
      ['both.py', second, conflict],
    ])
    const whole = await lookAt('all')
    const values = whole.findings.map(({ security }) => security?.secret?.value)
    expect(values.toSorted()).toEqual([first, second, ofBranch].toSorted())
  })

  it('are read whatever attributes call binary', async () => {
    const hidden = commit({ '.gitattributes': '* -diff\n', 'hidden.py': `t = "${first}"\n` })
    const { findings } = await lookAt(hidden)
    expect(findings.map(({ location }) => location?.path)).toEqual(['hidden.py'])
  })
})

it('says where git is too old for that, and looks at the others', async () => {
  const request = asked('all')
  const invocation = gitleaks.invocations(request)[1] ?? expect.unreachable()
  const ended = { exitCode: 0, stdout: '', stderr: '', files: { report: '[]' } }
  for (const said of [
    'unrecognized argument: --diff-merges=remerge',
    'unknown value for --diff-merges: remerge',
    "invalid value for '--diff-merges': 'remerge'",
  ]) {
    const stderr = `0:00AM ERR [git] fatal: ${said}\n0:00AM ERR failed to scan Git repository error="stderr is not empty"\n`
    const { notices, followUp = [] } = await gitleaks.parse(
      outputOf(request, { ...ended, invocation, stderr }),
    )
    expect(notices).toEqual([{ level: 'warning', message: expect.stringContaining('git 2.35') }])
    expect(followUp).toHaveLength(1)
    expect(followUp[0]?.args.join(' ')).toContain('--log-opts=--relative --diff-filter=tuxdb --full-history')
    expect(followUp[0]).toEqual({ ...invocation, args: followUp[0]?.args })
    const again = outputOf(request, { ...ended, invocation: followUp[0] ?? invocation, stderr })
    await expect(async () => gitleaks.parse(again)).rejects.toThrow('did not look at everything')
  }
})

it('counts secrets of commits in files that the user leaves out', async () => {
  const { project, ...rest } = asked('all', { 'app.py': '', 'vendor/kept.py': '' })
  const request = { ...rest, project: { ...project, inScope: ['app.py'] } }
  const invocation = gitleaks.invocations(request)[1] ?? expect.unreachable()
  const leak = (File: string) => ({
    RuleID: 'r',
    File,
    Commit: '1'.repeat(40),
    Secret: 'made-up-value',
    StartLine: 1,
  })
  const report = JSON.stringify([leak('app.py'), leak('vendor/kept.py'), leak('vendor/gone.py')])
  const { findings, notices } = await gitleaks.parse(
    outputOf(request, { invocation, exitCode: 7, stdout: '', stderr: '', files: { report } }),
  )
  expect(findings.map(({ location }) => location?.path)).toEqual(['app.py', 'vendor/gone.py'])
  expect(notices).toEqual([
    {
      level: 'notice',
      message:
        '1 secret in commits stands in files that are not in scope, and does not count: vendor/kept.py.',
    },
  ])
})
