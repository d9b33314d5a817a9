import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder, writeTree } from '../git/test/scratch.ts'
import { nodeFiles, recordingHost } from '../host/recording/index.ts'
import { gatherProject } from './gather.ts'
import { withTexts } from './tool-texts.ts'

async function textsOf(top: string, folder: string, wanted: readonly string[]) {
  const host = { ...recordingHost(), files: nodeFiles }
  const files = [...wanted, 'other.txt'].map((path) => (folder === '' ? path : `${folder}/${path}`))
  const request = {
    workspace: top,
    name: '',
    folder,
    files,
    leftOut: new Set<string>(),
    paths: [],
    exclude: [],
  }
  const project = await gatherProject(host, request)
  const reads = (known: readonly string[]) => known.filter((path) => wanted.includes(path))
  return (await withTexts(host, top, project, [{ reads }, {}])).texts
}

test('has what a tool asks for, relative to the package, and nothing else', async () => {
  const top = scratchFolder()
  writeTree(top, { 'web/a/x.lock': 'locked', 'web/other.txt': 'other' })
  expect(await textsOf(top, 'web', ['a/x.lock'])).toEqual(new Map([['a/x.lock', 'locked']]))
})

test('leaves out what is not there, and links that lead out of the repository', async () => {
  const top = scratchFolder()
  const outside = scratchFolder()
  writeTree(outside, { 'secret.txt': 'secret' })
  writeTree(top, { 'x.lock': 'locked' })
  symlinkSync(join(outside, 'secret.txt'), join(top, 'out.lock'))
  symlinkSync('x.lock', join(top, 'in.lock'))
  expect(await textsOf(top, '', ['x.lock', 'out.lock', 'in.lock', 'gone.lock'])).toEqual(
    new Map([
      ['in.lock', 'locked'],
      ['x.lock', 'locked'],
    ]),
  )
})

test('leaves out what is too large', async () => {
  const top = scratchFolder()
  writeTree(top, { 'x.lock': 'x'.repeat(32 * 1024 * 1024 + 1), 'y.lock': 'y' })
  expect([...((await textsOf(top, '', ['x.lock', 'y.lock'])) ?? [])].map(([path]) => path)).toEqual([
    'y.lock',
  ])
})

test('does not touch a project for tools that ask for nothing', async () => {
  expect(await textsOf('/w', '', [])).toBeUndefined()
})
