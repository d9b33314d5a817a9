import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCommand } from './find-command.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-'))
  for (const name of ['first', 'second', 'first/folder']) await mkdir(join(folder, name))
  for (const name of ['first/plain', 'second/plain', 'second/tool', 'second/folder'])
    await writeFile(join(folder, name), '')
  for (const name of ['second/plain', 'second/tool', 'second/folder']) await chmod(join(folder, name), 0o755)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe.skipIf(process.platform === 'win32')('findCommand', () => {
  const path = () => ({
    PATH: [join(folder, 'none'), join(folder, 'first'), join(folder, 'second')].join(delimiter),
  })

  test('gives the first executable file in PATH', async () => {
    expect(await findCommand('tool', path())).toBe(join(folder, 'second/tool'))
    expect(await findCommand('plain', path())).toBe(join(folder, 'second/plain'))
    expect(await findCommand('folder', path())).toBe(join(folder, 'second/folder'))
  })

  test('gives nothing where there is nothing', async () => {
    expect(await findCommand('nothing', path())).toBeUndefined()
    expect(await findCommand('tool', {})).toBeUndefined()
  })

  test('takes an absolute path as it is', async () => {
    expect(await findCommand(join(folder, 'second/tool'), {})).toBe(join(folder, 'second/tool'))
    expect(await findCommand(join(folder, 'first/plain'), {})).toBeUndefined()
  })

  test('never looks in a folder that depends on where we are', async () => {
    const here = relative(process.cwd(), join(folder, 'second'))
    expect(await findCommand('tool', { PATH: here })).toBeUndefined()
    expect(await findCommand(join(here, 'tool'), path())).toBeUndefined()
    expect(await findCommand('../second/tool', path())).toBeUndefined()
  })
})
