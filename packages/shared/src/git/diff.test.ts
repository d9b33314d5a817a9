import { chmodSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changesOf, lines } from './test/changes.ts'
import { commitAll, commitTree, git, scratchFolder, scratchRepository, writeTree } from './test/scratch.ts'

function numbered(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('')
}

describe('readChanges', () => {
  it('finds nothing in a clean tree', async () => {
    expect(await changesOf(scratchRepository())).toEqual([])
  })

  it('sees what is committed, staged, edited and not tracked together', async () => {
    const folder = scratchRepository({
      'a.py': numbered(1, 9),
      'b.py': numbered(1, 9),
      'c.py': numbered(1, 9),
    })
    const base = git(folder, 'rev-parse', 'HEAD')
    commitTree(folder, { 'a.py': numbered(1, 9).replace('line 2\n', 'two\n') })
    writeTree(folder, { 'b.py': numbered(1, 9).replace('line 3\nline 4\n', 'three\nfour\nand\n') })
    git(folder, 'add', 'b.py')
    writeTree(folder, { 'c.py': `zero\n${numbered(1, 9)}`, 'new.py': 'n\nn\n' })
    expect(await changesOf(folder, base)).toEqual([
      { path: 'a.py', kind: 'modified', lines: lines([2, 2]) },
      { path: 'b.py', kind: 'modified', lines: lines([3, 5]) },
      { path: 'c.py', kind: 'modified', lines: lines([1, 1]) },
      { path: 'new.py', kind: 'added', lines: lines([1, 2]) },
    ])
  })

  it('gives no lines where lines were only taken away', async () => {
    const folder = scratchRepository({ 'a.py': numbered(1, 9), 'gone.py': 'x\n' })
    unlinkSync(join(folder, 'gone.py'))
    writeTree(folder, { 'a.py': numbered(4, 9) })
    expect(await changesOf(folder)).toEqual([
      { path: 'a.py', kind: 'modified', lines: [] },
      { path: 'gone.py', kind: 'deleted', lines: [] },
    ])
  })

  const renamed = [
    { path: 'new.py', oldPath: 'old.py', kind: 'renamed', lines: lines([5, 5]) },
    { path: 'same.py', oldPath: 'sub/same.py', kind: 'renamed', lines: [] },
  ]

  it.each(['committed', 'untracked'])('follows renames with edits (%s)', async (how) => {
    const folder = scratchRepository({ 'old.py': numbered(1, 20), 'sub/same.py': numbered(40, 60) })
    renameSync(join(folder, 'old.py'), join(folder, 'new.py'))
    renameSync(join(folder, 'sub/same.py'), join(folder, 'same.py'))
    writeTree(folder, { 'new.py': numbered(1, 20).replace('line 5\n', 'five\n') })
    const base = git(folder, 'rev-parse', 'HEAD')
    if (how === 'committed') commitAll(folder)
    expect(await changesOf(folder, base)).toEqual(renamed)
  })

  it('takes all of a large untracked file as new, and reads it where it may have been moved', async () => {
    const large = numbered(1, 110_000)
    const folder = scratchRepository({ 'old.json': large, 'other.py': 'x\n' })
    writeTree(folder, { 'report.json': large, 'new.py': 'n\n' })
    const all = lines([1, Number.MAX_SAFE_INTEGER])
    const added = { path: 'new.py', kind: 'added', lines: lines([1, 1]) }
    expect(await changesOf(folder)).toEqual([added, { path: 'report.json', kind: 'added', lines: all }])
    unlinkSync(join(folder, 'old.json'))
    expect(await changesOf(folder)).toEqual([
      added,
      { path: 'report.json', oldPath: 'old.json', kind: 'renamed', lines: [] },
    ])
  })

  it('does not lose untracked files when there are very many', async () => {
    const folder = scratchRepository({ 'old.py': numbered(1, 20) })
    renameSync(join(folder, 'old.py'), join(folder, 'z.py'))
    const many = Array.from({ length: 300 }, (_, index) => `${'long-name'.repeat(12)}/${index}.py`)
    writeTree(folder, Object.fromEntries(many.map((path) => [path, `${path}\n`])))
    const changes = await changesOf(folder)
    expect(changes).toContainEqual({ path: 'old.py', kind: 'deleted', lines: [] })
    expect(changes).toContainEqual({ path: 'z.py', kind: 'added', lines: lines([1, 20]) })
    expect(changes.filter((change) => change.kind === 'added')).toHaveLength(301)
  })

  it('does not charge a switch of line endings, but the lines edited with it', async () => {
    const folder = scratchRepository({ 'a.py': numbered(1, 4), 'b.py': numbered(1, 4) })
    const crlf = numbered(1, 4).replaceAll('\n', '\r\n')
    writeTree(folder, { 'a.py': crlf, 'b.py': crlf.replace('line 3', 'three') })
    expect(await changesOf(folder)).toEqual([
      { path: 'a.py', kind: 'modified', lines: [] },
      { path: 'b.py', kind: 'modified', lines: lines([3, 3]) },
    ])
  })

  const odd = [
    'with blank.py',
    'quo"te.py',
    "apo'strophe.py",
    'back\\slash.py',
    'new\nline.py',
    'tab\t.py',
    'ü/ß 木.py',
    ' lead.py',
    '-dash.py',
    ':(top)x.py',
    'a/b b/c.py',
  ]

  it.each(['committed', 'untracked'])('takes any name (%s)', async (how) => {
    const folder = scratchRepository(Object.fromEntries(odd.map((path) => [path, 'old\n'])))
    const base = git(folder, 'rev-parse', 'HEAD')
    writeTree(folder, Object.fromEntries(odd.map((path) => [path, 'old\nnew\n'])))
    writeTree(folder, Object.fromEntries(odd.map((path) => [`n${path}`, '1\n2\n'])))
    if (how === 'committed') commitAll(folder)
    const changes = await changesOf(folder, base)
    const expected = odd.flatMap((path) => [
      { path, kind: 'modified', lines: lines([2, 2]) },
      { path: `n${path}`, kind: 'added', lines: lines([1, 2]) },
    ])
    expect(new Set(changes)).toEqual(new Set(expected))
  })

  it('is not taken in by content that looks like a patch', async () => {
    const folder = scratchRepository({ 'a.py': 'x\nmiddle\ny\n', 'z.py': 'x\n' })
    const patch = 'diff --git a/z.py b/z.py\n--- a/z.py\n@@ -1,0 +2,9 @@\n++ b/z.py\n'
    writeTree(folder, { 'a.py': `x\n${patch}middle\nchanged\n`, 'z.py': 'x\ny' })
    expect(await changesOf(folder)).toEqual([
      { path: 'a.py', kind: 'modified', lines: lines([2, 5], [7, 7]) },
      { path: 'z.py', kind: 'modified', lines: lines([2, 2]) },
    ])
  })

  it('counts a last line without newline', async () => {
    const folder = scratchRepository({ 'a.py': 'one\ntwo', 'b.py': 'one\n' })
    writeTree(folder, { 'a.py': 'one\n2', 'b.py': 'uno' })
    expect(await changesOf(folder)).toEqual([
      { path: 'a.py', kind: 'modified', lines: lines([2, 2]) },
      { path: 'b.py', kind: 'modified', lines: lines([1, 1]) },
    ])
  })

  it('gives no lines for modes, binaries and links', async () => {
    const folder = scratchRepository({ 'mode.py': 'x\n', 'binary.bin': 'a\0b\n', 'becomes-link.py': 'x\n' })
    symlinkSync('mode.py', join(folder, 'link.py'))
    const base = commitAll(folder)
    chmodSync(join(folder, 'mode.py'), 0o755)
    writeFileSync(join(folder, 'binary.bin'), 'a\0c\nd\n')
    rmSync(join(folder, 'becomes-link.py'))
    symlinkSync('mode.py', join(folder, 'becomes-link.py'))
    rmSync(join(folder, 'link.py'))
    writeTree(folder, { 'link.py': '1\n2\n' })
    symlinkSync('/etc/passwd', join(folder, 'new-link.py'))
    expect(await changesOf(folder, base)).toEqual([
      { path: 'becomes-link.py', kind: 'modified', lines: [] },
      { path: 'binary.bin', kind: 'modified', lines: [] },
      { path: 'link.py', kind: 'modified', lines: lines([1, 2]) },
      { path: 'mode.py', kind: 'modified', lines: [] },
      { path: 'new-link.py', kind: 'added', lines: [] },
    ])
  })

  it('counts the lines of files that are new, whatever they are called', async () => {
    const folder = scratchRepository()
    const files = {
      '7\t0\tnull.bin': 'a\0b\n',
      empty: '',
      'open-end': '1\n2',
      windows: '1\r\n2\r\n',
      'ü\n.py': '1\n',
    }
    writeTree(folder, files)
    expect(await changesOf(folder)).toEqual([
      { path: '7\t0\tnull.bin', kind: 'added', lines: [] },
      { path: 'empty', kind: 'added', lines: [] },
      { path: 'open-end', kind: 'added', lines: lines([1, 2]) },
      { path: 'windows', kind: 'added', lines: lines([1, 2]) },
      { path: 'ü\n.py', kind: 'added', lines: lines([1, 1]) },
    ])
  })

  it('leaves submodules and repositories in the tree alone', async () => {
    const folder = scratchRepository({ 'a.py': 'x\n' })
    const inner = scratchRepository({ 'inner.py': 'x\n' })
    git(folder, 'submodule', '--quiet', 'add', inner, 'sub')
    const base = commitAll(folder)
    commitTree(join(folder, 'sub'), { 'inner.py': 'y\n' })
    git(folder, 'clone', '--quiet', inner, 'other')
    expect(await changesOf(folder, base)).toEqual([])
  })

  it('sees a file that is there and no longer tracked as it is', async () => {
    const folder = scratchRepository({ 'same.py': 'x\n', 'edited.py': 'x\n' })
    git(folder, 'rm', '--quiet', '--cached', 'same.py', 'edited.py')
    writeTree(folder, { 'edited.py': 'x\ny\n' })
    expect(await changesOf(folder)).toEqual([{ path: 'edited.py', kind: 'modified', lines: lines([2, 2]) }])
  })

  it('does not take for deleted what a sparse checkout leaves out', async () => {
    const folder = scratchRepository({ 'in/a.py': 'a\n', 'out/b.py': 'b\n' })
    const base = git(folder, 'rev-parse', 'HEAD')
    git(folder, 'sparse-checkout', 'set', 'in')
    writeTree(folder, { 'in/a.py': 'a\nmore\n' })
    expect((await changesOf(folder, base)).map(({ path }) => path)).toEqual(['in/a.py'])
  })

  it('does not see ignored files', async () => {
    const folder = scratchRepository({ '.gitignore': 'out/\n' })
    writeTree(folder, { 'out/x.py': 'x\n' })
    expect(await changesOf(folder)).toEqual([])
  })

  it('is not misled by what the user has set up', async () => {
    const folder = scratchRepository({ 'a.py': numbered(1, 9), 'sub/b.py': 'b\n' })
    const settings = {
      'diff.noprefix': 'true',
      'diff.context': '9',
      'diff.external': 'false',
      'color.ui': 'always',
      'diff.renames': 'false',
      'diff.interHunkContext': '9',
      'diff.relative': 'true',
      'core.quotepath': 'true',
      'status.showUntrackedFiles': 'no',
      'core.hooksPath': scratchFolder(),
    }
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value)
    writeTree(folder, {
      'a.py': numbered(1, 9).replace('line 2\n', 'two\n').replace('line 7\n', 'seven\n'),
      'sub/ü.py': '1\n',
    })
    expect(await changesOf(folder)).toEqual([
      {
        path: 'a.py',
        kind: 'modified',
        lines: lines([2, 2], [7, 7]),
      },
      { path: 'sub/ü.py', kind: 'added', lines: lines([1, 1]) },
    ])
  })

  it('leaves the index as it was', async () => {
    const folder = scratchRepository({ 'a.py': 'x\n' })
    writeTree(folder, { 'a.py': 'y\n', 'b.py': 'z\n' })
    const before = git(folder, 'status', '--porcelain=v2')
    await changesOf(folder)
    expect(git(folder, 'status', '--porcelain=v2')).toBe(before)
  })
})
