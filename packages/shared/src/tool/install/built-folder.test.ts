import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeClock, nodeFiles, recordingHost } from '../../host/recording/index.ts'
import { temporaryFolder } from '../test/stage.ts'
import { builtFolder } from './built-folder.ts'
import { openInstallContext } from './context.ts'

const dayMs = 24 * 60 * 60 * 1000

async function openShelf() {
  const cacheFolder = await temporaryFolder()
  let shift = 0
  const clock = { ...nodeClock, now: () => Date.now() + shift }
  const host = recordingHost({ facts: { cacheFolder }, files: nodeFiles, clock })
  let builds = 0
  return {
    parent: join(cacheFolder, 'kind'),
    builds: () => builds,
    pass: (days: number) => {
      shift += days * dayMs
    },
    get: (letter: string, { locked = true, offline = false } = {}) =>
      builtFolder(openInstallContext({ host, offline, lockedOnly: false }), {
        kind: 'kind',
        key: letter.repeat(64),
        locked,
        build: async (target) => {
          builds += 1
          await host.files.write(join(target, 'file'), letter)
        },
        intact: async (target) => (await host.files.readText(join(target, 'file'))) === letter,
      }),
  }
}

test('what is not locked is made again after a week, but not without network', async () => {
  const shelf = await openShelf()
  const first = await shelf.get('a', { locked: false })
  shelf.pass(6)
  expect(await shelf.get('a', { locked: false })).toBe(first)
  shelf.pass(2)
  expect(await shelf.get('a', { locked: false, offline: true })).toBe(first)
  expect(await shelf.get('a', { locked: false })).not.toBe(first)
  const locked = await shelf.get('b')
  shelf.pass(20)
  expect(await shelf.get('b')).toBe(locked)
})

test('what nobody used for a month goes, and what another run may be making stays', async () => {
  const shelf = await openShelf()
  const old = await shelf.get('a')
  const abandoned = join(shelf.parent, 'e'.repeat(16), '0badcafe')
  const inTheMaking = join(shelf.parent, 'f'.repeat(16), '0badcafe')
  for (const folder of [abandoned, inTheMaking]) await nodeFiles.write(join(folder, 'file'), '')
  const longAgo = new Date(Date.now() - 31 * dayMs)
  for (const path of [old, join(shelf.parent, `${'a'.repeat(64)}.json`), abandoned])
    await utimes(path, longAgo, longAgo)
  const kept = await shelf.get('c')
  expect(await nodeFiles.status(old)).toBeUndefined()
  expect(await nodeFiles.status(abandoned)).toBeUndefined()
  expect(await nodeFiles.status(inTheMaking)).toBeDefined()
  expect(await nodeFiles.status(kept)).toBeDefined()
})
