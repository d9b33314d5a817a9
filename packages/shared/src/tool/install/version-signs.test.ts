import { expect, test } from 'vitest'
import { openStage } from '../test/stage.ts'
import { fixture } from './test/real-index.ts'
import { readVersionSigns } from './version-signs.ts'

test('a package finds the lock file of the workspace above it, its own first', async () => {
  const stage = await openStage()
  await stage.write({ 'uv.lock': fixture('uv.lock'), 'services/api/poetry.lock': fixture('poetry.lock') })
  const project = { ...stage.project([]), root: `${stage.root}/services/api`, folder: 'services/api' }
  const { locks } = await readVersionSigns(stage.host, project, undefined)
  expect(locks.map((lock) => lock.path)).toEqual(['services/api/poetry.lock', 'uv.lock'])
})

test('a lock file that cannot be read says nothing, and that is said', async () => {
  const stage = await openStage()
  await stage.write({ 'uv.lock': '[[package', 'requirements-dev.txt': 'black==24.4.2' })
  const signs = await readVersionSigns(stage.host, stage.project(['requirements-dev.txt']), undefined)
  expect(signs.locks).toEqual([])
  expect(signs.declared.map(({ from }) => from)).toEqual(['requirements-dev.txt'])
  expect(stage.host.recorded.log()).toContain('uv.lock cannot be read')
})
