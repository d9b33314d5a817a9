import { chmod, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeFiles as files } from './files.ts'

let folder: string

beforeEach(async () => {
  folder = await files.realPath(await mkdtemp(join(tmpdir(), 'files-'))).then((path) => path ?? '')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('what does not exist is undefined or empty, not an error', async () => {
  const nothing = join(folder, 'a/b')
  expect(await files.status(nothing)).toBeUndefined()
  expect(await files.read(nothing)).toBeUndefined()
  expect(await files.readText(nothing)).toBeUndefined()
  expect(await files.realPath(nothing)).toBeUndefined()
  expect(await files.list(nothing)).toEqual([])
  await expect(files.remove(nothing)).resolves.toBeUndefined()
})

test('a path below a file, and a folder read as a file, are nothing either', async () => {
  await files.write(join(folder, 'file'), 'x')
  expect(await files.readText(join(folder, 'file/below'))).toBeUndefined()
  expect(await files.readText(folder)).toBeUndefined()
})

test('write makes folders, replaces, keeps permissions and leaves nothing else behind', async () => {
  const path = join(folder, 'new/folder/file')
  await files.write(path, 'one')
  await chmod(path, 0o755)
  await files.write(path, new Uint8Array([0x74, 0x77, 0x6f]))
  expect(await files.readText(path)).toBe('two')
  expect((await stat(path)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o755)
  expect(await readdir(join(folder, 'new/folder'))).toEqual(['file'])
})

test('a failed write leaves nothing behind', async () => {
  await files.makeFolder(join(folder, 'taken'))
  await expect(files.write(join(folder, 'taken'), 'x')).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['taken'])
})

test('pieces of any length are written whole and in order', async () => {
  const path = join(folder, 'pieces')
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      await files.write(path, pieces.values())
      expect(await files.readText(path)).toBe(pieces.join(''))
    }),
    { numRuns: 40 },
  )
})

/** Texts of one to three bytes a unit, around the size of a buffer. */
const piece = fc
  .tuple(
    fc.constantFrom('a', 'ü', '€', '😀'),
    fc.constantFrom(0, 1, 1000, 174_762, 174_763, 524_288, 600_000),
  )
  .map(([character, times]) => character.repeat(times))

test('where making a piece fails, the file stays as it was', async () => {
  const path = join(folder, 'kept')
  await files.write(path, 'before')
  const broken = function* () {
    yield 'x'.repeat(600_000)
    yield 'y'
    throw new Error('no more')
  }
  await expect(files.write(path, broken())).rejects.toThrow('no more')
  expect(await files.readText(path)).toBe('before')
  expect(await readdir(folder)).toEqual(['kept'])
})

test('text that is not UTF-8 is readable, and a byte order mark is no part of it', async () => {
  await files.write(join(folder, 'latin1'), new Uint8Array([0x61, 0xe4, 0x62]))
  await files.write(join(folder, 'bom'), new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))
  expect(await files.readText(join(folder, 'latin1'))).toBe('a\uFFFDb')
  expect(await files.readText(join(folder, 'bom'))).toBe('a')
})

test('status tells files, folders and links apart', async () => {
  await files.write(join(folder, 'file'), '12345')
  await symlink(join(folder, 'file'), join(folder, 'link'))
  expect(await files.status(join(folder, 'file'))).toMatchObject({ kind: 'file', bytes: 5 })
  expect(await files.status(folder)).toMatchObject({ kind: 'folder' })
  expect(await files.status(join(folder, 'link'))).toMatchObject({ kind: 'link' })
  expect(await files.realPath(join(folder, 'link'))).toBe(join(folder, 'file'))
})

test.skipIf(process.platform === 'win32')('status says whether a file may be executed', async () => {
  const path = join(folder, 'script')
  await files.write(path, '#!/bin/sh')
  expect(await files.status(path)).toMatchObject({ executable: false })
  await chmod(path, 0o755)
  expect(await files.status(path)).toMatchObject({ executable: true })
})

test('list is sorted, append appends, copy copies folders, rename renames', async () => {
  for (const name of ['b', 'a', 'C']) await files.append(join(folder, name), name)
  await files.append(join(folder, 'a'), '2')
  expect(await files.list(folder)).toEqual(['C', 'a', 'b'])
  await files.copy(folder, `${folder}-copy`)
  await files.rename(`${folder}-copy`, `${folder}-moved`)
  expect(await files.readText(join(`${folder}-moved`, 'a'))).toBe('a2')
  await files.remove(`${folder}-moved`)
  expect(await files.status(`${folder}-moved`)).toBeUndefined()
})

test('stream gives the bytes', async () => {
  await files.write(join(folder, 'file'), 'x'.repeat(100_000))
  let bytes = 0
  for await (const chunk of files.stream(join(folder, 'file'))) bytes += chunk.length
  expect(bytes).toBe(100_000)
})
