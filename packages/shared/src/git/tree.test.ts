import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Repository } from './repository.ts'
import { openRepository } from './repository.ts'
import {
  checkOut,
  commitAll,
  commitTree,
  git,
  scratchFolder,
  scratchHost,
  scratchRemote,
  scratchRepository,
  writeTree,
} from './test/scratch.ts'
import { checkOutTree, readAt } from './tree.ts'

async function open(folder: string): Promise<Repository> {
  const repository = await openRepository(scratchHost(folder), folder)
  if (!repository) throw new Error(`${folder} did not open`)
  return repository
}

describe('checkOutTree', () => {
  it('writes the files of the commit and changes nothing else', async () => {
    const tree = { 'a.py': 'base\n', 'pkg/ü "x".py': 'base\n', 'new\nline.py': 'base\n' }
    const folder = scratchRepository(tree)
    const base = git(folder, 'rev-parse', 'HEAD')
    commitTree(folder, { 'a.py': 'head\n', 'b.py': 'head\n' })
    writeTree(folder, { 'a.py': 'edited\n', 'c.py': 'new\n' })
    const before = [
      git(folder, 'status', '--porcelain=v2'),
      git(folder, 'for-each-ref'),
      git(folder, 'config', '--list'),
    ]
    const target = join(scratchFolder(), 'deep', 'base')
    await checkOutTree(await open(folder), base, target)
    for (const [path, text] of Object.entries(tree))
      expect(readFileSync(join(target, path), 'utf8')).toBe(text)
    expect(readdirSync(target).sort()).toEqual(['a.py', 'new\nline.py', 'pkg'])
    expect([
      git(folder, 'status', '--porcelain=v2'),
      git(folder, 'for-each-ref'),
      git(folder, 'config', '--list'),
    ]).toEqual(before)
  })

  it('works on a commit fetched by itself, in a linked worktree, and with a sparse checkout', async () => {
    const remote = scratchRemote()
    const author = scratchRepository({ 'a/a.py': 'a\n', 'b/b.py': 'b\n' })
    const base = git(author, 'rev-parse', 'HEAD')
    git(author, 'push', '--quiet', remote.url, `${base}:refs/heads/main`)
    const clone = checkOut(remote, base, 'shallow')
    git(clone, 'sparse-checkout', 'set', 'a')
    const worktree = join(scratchFolder(), 'w')
    git(clone, 'worktree', 'add', '--quiet', '--detach', worktree)
    for (const folder of [clone, worktree]) {
      const target = scratchFolder()
      await checkOutTree(await open(folder), base, target)
      expect(readFileSync(join(target, 'b/b.py'), 'utf8')).toBe('b\n')
    }
  })

  it('keeps links inside and leaves out those that lead elsewhere', async () => {
    const folder = scratchRepository({ 'pkg/a.py': 'a\n' })
    symlinkSync('pkg/a.py', join(folder, 'inside.py'))
    symlinkSync('pkg', join(folder, 'folder'))
    symlinkSync('/etc/passwd', join(folder, 'absolute.py'))
    symlinkSync('../../../../etc/passwd', join(folder, 'pkg/relative.py'))
    symlinkSync('..', join(folder, 'pkg/up'))
    symlinkSync('pkg/up/..', join(folder, 'through.py'))
    symlinkSync('nowhere', join(folder, 'dangling.py'))
    symlinkSync('loop.py', join(folder, 'loop.py'))
    const sha = commitAll(folder)
    const target = scratchFolder()
    await checkOutTree(await open(folder), sha, target)
    expect(readFileSync(join(target, 'inside.py'), 'utf8')).toBe('a\n')
    expect(readdirSync(target).sort()).toEqual(['folder', 'inside.py', 'pkg'])
    expect(readdirSync(join(target, 'pkg')).sort()).toEqual(['a.py', 'up'])
  })

  it('takes line endings from the attributes of the commit', async () => {
    const folder = scratchRepository({ '.gitattributes': '*.py text eol=crlf\n', 'a.py': 'a\n' })
    const base = git(folder, 'rev-parse', 'HEAD')
    commitTree(folder, { '.gitattributes': '*.py text eol=lf\n' })
    const target = scratchFolder()
    await checkOutTree(await open(folder), base, target)
    expect(readFileSync(join(target, 'a.py'), 'utf8')).toBe('a\r\n')
  })

  it('starts no filters and no hooks', async () => {
    const folder = scratchRepository({ '.gitattributes': '*.bin filter=big.files\n', 'x.bin': 'pointer\n' })
    const marker = join(scratchFolder(), 'ran')
    git(folder, 'config', 'filter.big.files.smudge', `touch "${marker}"; cat`)
    git(folder, 'config', 'filter.big.files.required', 'true')
    const hooks = scratchFolder()
    for (const name of ['post-checkout', 'post-index-change']) {
      writeTree(hooks, { [name]: `#!/bin/sh\ntouch "${marker}"\n` })
      chmodSync(join(hooks, name), 0o755)
    }
    git(folder, 'config', 'core.hooksPath', hooks)
    const target = scratchFolder()
    await checkOutTree(await open(folder), git(folder, 'rev-parse', 'HEAD'), target)
    expect(readFileSync(join(target, 'x.bin'), 'utf8')).toBe('pointer\n')
    expect(existsSync(marker)).toBe(false)
  })

  it('leaves submodules empty', async () => {
    const folder = scratchRepository()
    git(folder, 'submodule', '--quiet', 'add', scratchRepository({ 'inner.py': 'x\n' }), 'sub')
    const target = scratchFolder()
    await checkOutTree(await open(folder), commitAll(folder), target)
    expect(lstatSync(join(target, 'sub')).isDirectory()).toBe(true)
    expect(readdirSync(join(target, 'sub'))).toEqual([])
  })

  it('fetches the missing files of a partial clone', async () => {
    const remote = scratchRemote()
    const author = scratchRepository({ 'a.py': 'base\n', 'b.py': 'base\n' })
    const base = git(author, 'rev-parse', 'HEAD')
    commitTree(author, { 'a.py': 'head\n', 'b.py': 'head\n' })
    git(author, 'push', '--quiet', remote.url, 'HEAD:refs/heads/main')
    const folder = scratchFolder()
    git(folder, 'clone', '--quiet', '--filter=blob:none', '--branch=main', remote.url, '.')
    const target = scratchFolder()
    const repository = await open(folder)
    await checkOutTree(repository, base, target)
    expect(readFileSync(join(target, 'b.py'), 'utf8')).toBe('base\n')
    expect(await readAt(repository, base, 'a.py')).toBe('base\n')
  })

  it('says what is missing when the commit is not there', async () => {
    const repository = await open(scratchRepository())
    await expect(checkOutTree(repository, 'a'.repeat(40), scratchFolder())).rejects.toThrow(
      'the files of aaaaaaa',
    )
    await expect(checkOutTree(repository, '--help', scratchFolder())).rejects.toThrow('not a commit id')
  })
})

describe('readAt', () => {
  it('reads a file of the commit, not of the working tree', async () => {
    const folder = scratchRepository({
      '.github/ci-actions.yml': 'a: ü\n',
      ':(top)odd "x".py': '1\n',
      sub: 'x\n',
    })
    symlinkSync('/etc/passwd', join(folder, 'link'))
    const base = commitAll(folder)
    writeTree(folder, { '.github/ci-actions.yml': 'a: changed\n' })
    const repository = await open(folder)
    expect(await readAt(repository, base, '.github/ci-actions.yml')).toBe('a: ü\n')
    expect(await readAt(repository, base, ':(top)odd "x".py')).toBe('1\n')
    for (const path of ['missing', '.github', 'link', '../x', '/etc/passwd', '']) {
      expect(await readAt(repository, base, path)).toBeUndefined()
    }
  })
})
