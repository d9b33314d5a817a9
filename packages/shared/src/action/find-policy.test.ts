import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeFiles, nodeProcesses, recordingHost } from '../host/recording/index.ts'
import { UnavailableError } from './errors.ts'
import type { PolicyRequest } from './find-policy.ts'
import { findPolicy } from './find-policy.ts'

let top = ''
let workspace = ''

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'find-policy-')))
  workspace = join(top, 'workspace')
  mkdirSync(workspace)
})
afterEach(() => rmSync(top, { recursive: true }))

function write(path: string, text: string): void {
  const file = join(workspace, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function git(...args: readonly string[]): void {
  const settings = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.org',
    '-c',
    'init.defaultBranch=main',
  ]
  execFileSync('git', [...settings, ...args], { cwd: workspace, stdio: 'pipe' })
}

function find(wanted: Partial<PolicyRequest> = {}, event?: string) {
  const host = recordingHost({
    files: nodeFiles,
    processes: nodeProcesses(new AbortController().signal),
    facts: {
      workspace,
      temporary: join(top, 'temporary'),
      toolEnvironment: { PATH: process.env['PATH'] ?? '', HOME: top },
    },
    github: false,
    ...(event !== undefined && { event: { name: event } }),
  })
  return findPolicy(host, { ref: 'head', workingDirectory: '.', offline: true, ...wanted })
}

describe('findPolicy, of the head', () => {
  it('reads either of the two names, and finds nothing where there is none', async () => {
    expect(await find()).toEqual({ notices: [] })
    write('.github/ci-actions.yaml', 'a: 1')
    expect((await find()).source).toEqual({ path: '.github/ci-actions.yaml', text: 'a: 1' })
  })

  it('looks at the top of the checkout that holds the working directory', async () => {
    write('.github/ci-actions.yml', 'other: 1')
    write('checkout/.git', 'gitdir: elsewhere')
    write('checkout/.github/ci-actions.yml', 'own: 1')
    write('checkout/services/api/app.py', '')
    expect((await find({ workingDirectory: 'checkout/services/api' })).source?.text).toBe('own: 1')
    expect((await find()).source?.text).toBe('other: 1')
  })

  it('follows links inside of the workspace, and none that leads out', async () => {
    write('policies/all.yml', 'a: 1')
    mkdirSync(join(workspace, '.github'))
    symlinkSync('../policies/all.yml', join(workspace, '.github/ci-actions.yml'))
    expect((await find()).source?.text).toBe('a: 1')
    writeFileSync(join(top, 'secret'), 'password: x')
    symlinkSync(join(top, 'secret'), join(workspace, '.github/ci-actions.yaml'))
    await expect(find()).rejects.toThrow('outside the repository')
  })

  it('refuses a folder, and a file of many megabytes', async () => {
    mkdirSync(join(workspace, '.github/ci-actions.yml'), { recursive: true })
    await expect(find()).rejects.toThrow('is not a file')
    rmSync(join(workspace, '.github'), { recursive: true })
    write('.github/ci-actions.yml', `# ${'x'.repeat(300 * 1024)}`)
    await expect(find()).rejects.toThrow('larger than 256 KiB')
  })
})

describe('findPolicy, of the base', () => {
  beforeEach(() => {
    git('init', '--quiet')
    write('.github/ci-actions.yml', 'strict: 1')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'base')
    git('switch', '--quiet', '--create', 'feature')
    write('.github/ci-actions.yml', 'lax: 1')
    git('commit', '--quiet', '--all', '--message', 'loosen')
  })

  it('reads the base commit, not the working tree', async () => {
    expect((await find({ ref: 'base', base: 'main' })).source).toEqual({
      path: '.github/ci-actions.yml of the base',
      text: 'strict: 1',
    })
    expect((await find({ ref: 'head' })).source?.text).toBe('lax: 1')
  })

  it('never falls back to the head where a change is proposed', async () => {
    await expect(find({ ref: 'base', base: 'no-such-branch' }, 'pull_request')).rejects.toThrow(
      UnavailableError,
    )
  })

  it('says that it has no effect where nothing is proposed', async () => {
    const found = await find({ ref: 'base', base: 'main' }, 'schedule')
    expect(found.source?.text).toBe('lax: 1')
    expect(found.notices.join()).toContain('no effect on `schedule`')
  })

  it('needs a repository', async () => {
    rmSync(join(workspace, '.git'), { recursive: true })
    await expect(find({ ref: 'base' })).rejects.toThrow('needs a git repository')
  })
})
