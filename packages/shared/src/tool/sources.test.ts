import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepLines, openSources } from './sources.ts'
import { openStage } from './test/stage.ts'

test('reads files of the workspace, and nothing else', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': 'one\r\ntwo\n', '../secret.py': 'secret', 'folder/b.py': '' })
  await symlink(join(stage.root, '../secret.py'), join(stage.root, 'link.py'))
  await symlink(join(stage.root, 'a.py'), join(stage.root, 'inside.py'))
  const sources = openSources(stage.host.files, stage.root)
  expect(await sources.lines('a.py')).toEqual(['one', 'two', ''])
  expect(await sources.lines('inside.py')).toEqual(['one', 'two', ''])
  expect(await sources.text('a.py')).toBe('one\r\ntwo\n')
  for (const path of ['link.py', '../secret.py', 'missing.py', 'folder', '']) {
    expect(await sources.lines(path)).toBeUndefined()
    expect(await sources.text(path)).toBeUndefined()
    expect(await sources.file(path)).toBeUndefined()
  }
})

test('the digest of a file is that of its bytes', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': 'x', 'b.py': 'x', 'c.py': 'y' })
  const sources = openSources(stage.host.files, stage.root)
  const [a, b, c] = await Promise.all(['a.py', 'b.py', 'c.py'].map((path) => sources.file(path)))
  expect(a?.digest).toBe(b?.digest)
  expect(a?.digest).not.toBe(c?.digest)
})

test('lines that are kept are read once, as long as there is room for them', async () => {
  const asked: string[] = []
  const lines = async (path: string) => {
    asked.push(path)
    return path === 'missing.py' ? undefined : [path === 'large.py' ? 'x'.repeat(9_000_000) : path]
  }
  const stage = await openStage()
  const kept = keepLines({ ...openSources(stage.host.files, stage.root), lines })
  for (const path of ['a.py', 'large.py', 'missing.py', 'a.py', 'large.py', 'missing.py'])
    expect(await kept.lines(path)).toEqual(await lines(path))
  expect(asked.filter((path) => path === 'a.py')).toHaveLength(3)
  expect(asked.filter((path) => path === 'missing.py')).toHaveLength(3)
  expect(asked.filter((path) => path === 'large.py')).toHaveLength(4)
})
