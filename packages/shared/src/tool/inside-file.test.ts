import { execFileSync } from 'node:child_process'
import { realpath, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { insideFile } from './inside-file.ts'
import { openStage } from './test/stage.ts'

async function openFolder() {
  const stage = await openStage()
  await stage.write({ 'a.txt': '12345', 'folder/b.txt': '', '../out.txt': 'x', '../out/c.txt': 'x' })
  await symlink(join(stage.root, 'a.txt'), join(stage.root, 'folder/inside.txt'))
  await symlink(join(stage.root, '../out.txt'), join(stage.root, 'out.txt'))
  await symlink(join(stage.root, '../out'), join(stage.root, 'out'))
  await symlink('nowhere', join(stage.root, 'broken.txt'))
  execFileSync('mkfifo', [join(stage.root, 'pipe')])
  const top = await realpath(stage.root)
  const look = (path: string, maxBytes = 100, folder = stage.root) =>
    insideFile(stage.host.files, { folder, path, top, maxBytes })
  return { look, top }
}

test('a regular file is given with its links resolved', async () => {
  const { look, top } = await openFolder()
  const a = { path: join(top, 'a.txt'), status: { kind: 'file', bytes: 5 } }
  expect(await look('a.txt')).toMatchObject(a)
  expect(await look('folder/inside.txt', 5)).toMatchObject(a)
  expect(await look('../a.txt', 5, join(top, 'folder'))).toMatchObject(a)
})

test.for<[string, string, number?]>([
  ['/etc/passwd', 'it is outside the repository'],
  ['missing.txt', 'it does not exist'],
  ['broken.txt', 'it does not exist'],
  ['out.txt', 'it leads out of the repository'],
  ['out/c.txt', 'it leads out of the repository'],
  ['../out.txt', 'it leads out of the repository'],
  ['.', 'it leads out of the repository'],
  ['folder', 'it is no file'],
  ['pipe', 'it is no file'],
  ['a.txt', 'it is too large', 4],
])('%s is not read: %s', async ([path, why, maxBytes]) => {
  const { look } = await openFolder()
  expect(await look(path, maxBytes)).toEqual({ why })
})
