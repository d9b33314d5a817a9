import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRepository } from '../../../packages/shared/src/git/repository.ts'
import {
  git,
  scratchFolder,
  scratchHost,
  scratchRepository,
} from '../../../packages/shared/src/git/test/scratch.ts'
import { linkNotices, linksOutside } from './outside-links.ts'
import { projectOf } from './test/sample-project.ts'

const everything = { paths: [], exclude: [] }

async function links(inputs: Parameters<typeof linksOutside>[1], folder = '') {
  const top = scratchRepository({ 'a.py': 'x\n', 'src/b.py': 'x\n' })
  const outside = scratchFolder()
  const ends = {
    'requirements.txt': outside,
    'src/gone.txt': '../../nowhere',
    'same.py': 'a.py',
    folder: 'src',
    git: '.git/config',
  }
  for (const [path, end] of Object.entries(ends)) symlinkSync(end, join(top, path))
  git(top, 'add', 'requirements.txt')
  const repository = await openRepository(scratchHost(top), top)
  return linksOutside({ repository, projects: [{ ...projectOf(['a.py']), folder }] }, inputs)
}

it('finds links out of the tree and to nothing, tracked or not', async () => {
  expect(await links(everything)).toEqual(['git', 'requirements.txt', 'src/gone.txt'])
})

it.each([
  ['`exclude`', { paths: [], exclude: ['src', 'git'] }, '', ['requirements.txt']],
  ['`paths`', { paths: ['src'], exclude: [] }, '', ['src/gone.txt']],
  ['the folder', everything, 'src', ['src/gone.txt']],
])('respects %s', async (_, inputs, folder, expected) => {
  expect(await links(inputs, folder)).toEqual(expected)
})

it('names them', () => {
  expect(linkNotices([])).toEqual([])
  expect(linkNotices(['a', 'b'])).toEqual([expect.stringMatching(/^2 links not followed, .*: a, b\.$/)])
})
