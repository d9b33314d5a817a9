import { renameSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedFiles, listAbsent, listFiles, listTree } from './files.ts'
import type { Repository } from './repository.ts'
import { openRepository } from './repository.ts'
import { commitAll, git, scratchHost, scratchRepository, writeTree } from './test/scratch.ts'

async function open(folder: string): Promise<Repository> {
  const repository = await openRepository(scratchHost(folder), folder)
  if (!repository) throw new Error(`${folder} did not open`)
  return repository
}

describe('listFiles', () => {
  it('lists what exists and is not ignored, whatever its name', async () => {
    const odd = ['with blank.py', 'quo"te.py', 'new\nline.py', 'ü/木.py', '-dash.py']
    const folder = scratchRepository({
      ...Object.fromEntries(odd.map((path) => [path, 'x\n'])),
      'gone.py': 'x\n',
    })
    unlinkSync(join(folder, 'gone.py'))
    writeTree(folder, {
      '.gitignore': 'out/\n*.pyc\n',
      'out/x.py': 'x\n',
      'x.pyc': '',
      'un tracked.py': 'x\n',
    })
    expect(await listFiles(await open(folder))).toEqual([...odd, '.gitignore', 'un tracked.py'].sort())
  })

  it('lists from the top, wherever it was opened', async () => {
    const folder = scratchRepository({ 'a.py': 'x\n', 'sub/b.py': 'x\n' })
    const repository = await openRepository(scratchHost(folder), join(folder, 'sub'))
    expect(repository && (await listFiles(repository))).toEqual(['a.py', 'sub/b.py'])
  })

  it('leaves out submodules and other repositories', async () => {
    const inner = scratchRepository({ 'inner.py': 'x\n' })
    const folder = scratchRepository({ 'a.py': 'x\n' })
    git(folder, 'submodule', '--quiet', 'add', inner, 'sub')
    git(folder, 'clone', '--quiet', inner, 'other')
    const repository = await open(folder)
    expect(await listFiles(repository)).toEqual(['.gitmodules', 'a.py'])
    expect((await listAbsent(repository)).submodules).toEqual(['sub'])
  })

  it.each(['tracked', 'untracked'])('keeps links to a file of the tree and no others (%s)', async (how) => {
    const folder = scratchRepository({ 'pkg/a.py': 'x\n' })
    symlinkSync('pkg/a.py', join(folder, 'inside.py'))
    symlinkSync('pkg', join(folder, 'folder'))
    symlinkSync('/etc/passwd', join(folder, 'outside.py'))
    symlinkSync('.git/config', join(folder, 'config.py'))
    symlinkSync('inside.py', join(folder, 'chain.py'))
    symlinkSync('loop.py', join(folder, 'loop.py'))
    symlinkSync('nowhere.py', join(folder, 'dangling.py'))
    if (how === 'tracked') commitAll(folder)
    expect(await listTree(await open(folder))).toEqual({
      files: ['chain.py', 'inside.py', 'pkg/a.py'],
      links: new Map([
        ['chain.py', 'pkg/a.py'],
        ['inside.py', 'pkg/a.py'],
      ]),
    })
  })

  it('does not follow a link that took the place of a folder', async () => {
    const folder = scratchRepository({ 'pkg/a.py': 'x\n', 'b.py': 'x\n' })
    renameSync(join(folder, 'pkg'), `${folder}-moved`)
    symlinkSync(`${folder}-moved`, join(folder, 'pkg'))
    const listed = await listFiles(await open(folder))
    renameSync(`${folder}-moved`, join(folder, 'back'))
    expect(listed).toEqual(['b.py'])
  })

  it('leaves out what a sparse checkout leaves out', async () => {
    const folder = scratchRepository({ 'a/a.py': 'x\n', 'b/b.py': 'x\n', 'top.py': 'x\n' })
    git(folder, 'sparse-checkout', 'set', 'a')
    expect(await listFiles(await open(folder))).toEqual(['a/a.py', 'top.py'])
  })

  it('lists a file in conflict once', async () => {
    const folder = scratchRepository({ 'a.py': '1\n' })
    git(folder, 'checkout', '--quiet', '-b', 'other')
    writeTree(folder, { 'a.py': '2\n' })
    commitAll(folder)
    git(folder, 'checkout', '--quiet', 'main')
    writeTree(folder, { 'a.py': '3\n' })
    commitAll(folder)
    expect(() => git(folder, 'merge', '--quiet', 'other')).toThrow()
    expect(await listFiles(await open(folder))).toEqual(['a.py'])
  })

  it('lists the files before the first commit', async () => {
    const folder = scratchRepository({ 'a.py': 'x\n' })
    git(folder, 'checkout', '--quiet', '--orphan', 'empty')
    expect(await listFiles(await open(folder))).toEqual(['a.py'])
  })
})

describe('generatedFiles', () => {
  it('follows .gitattributes, with negation and odd names', async () => {
    const attributes = [
      '*_pb2.py linguist-generated',
      'vendor/** linguist-vendored=true',
      'vendor/own.py -linguist-vendored',
      'x.py linguist-generated=false',
      '',
    ].join('\n')
    const folder = scratchRepository({ '.gitattributes': attributes })
    const paths = ['a.py', 'ü "q"\n_pb2.py', 'vendor/lib/x.py', 'vendor/own.py', 'x.py']
    expect(await generatedFiles(await open(folder), paths)).toEqual(
      new Set(['ü "q"\n_pb2.py', 'vendor/lib/x.py']),
    )
  })

  it('asks nothing about nothing', async () => {
    expect(await generatedFiles(await open(scratchRepository()), [])).toEqual(new Set())
  })
})
