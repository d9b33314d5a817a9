import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles } from '../../../../packages/shared/src/git/files.ts'
import { openRepository } from '../../../../packages/shared/src/git/repository.ts'
import {
  commitAll,
  scratchHost,
  scratchRepository,
} from '../../../../packages/shared/src/git/test/scratch.ts'
import { readSelectionFacts } from './selection-facts.ts'

async function facts(folder: string) {
  const host = scratchHost(folder)
  const repository = await openRepository(host, folder)
  if (repository === undefined) throw new Error('no repository')
  return readSelectionFacts(host, repository, await listFiles(repository))
}

test('reads Python files and configuration, and nothing else', async () => {
  const folder = scratchRepository({ 'a.py': 'a = 1', 'sub/pytest.ini': '[pytest]', 'data.json': '{}' })
  const { sources, obstacles } = await facts(folder)
  expect(Object.fromEntries(sources)).toEqual({ 'a.py': 'a = 1', 'sub/pytest.ini': '[pytest]' })
  expect(obstacles).toEqual([])
})

test('does not read a file that is too large, so that all tests run', async () => {
  const folder = scratchRepository({ 'a.py': '#'.repeat(4 * 1024 * 1024 + 1), 'b.py': '' })
  expect([...(await facts(folder)).sources.keys()]).toEqual(['b.py'])
})

test('sees links, behind which other files may change', async () => {
  const folder = scratchRepository({ 'pkg/a.py': '' })
  symlinkSync('pkg', join(folder, 'linked'))
  commitAll(folder)
  expect((await facts(folder)).obstacles).toEqual(['there are symbolic links'])
})
