import { expect, test } from 'vitest'
import { readChanges } from '../git/diff.ts'
import { openRepository } from '../git/repository.ts'
import { commitAll, scratchHost, scratchRepository, writeTree } from '../git/test/scratch.ts'
import type { PathScope } from '../parse/path-patterns.ts'
import { openRemembered } from '../tool/remembered.ts'
import type { ToolProgress } from '../tool/run-tools.ts'
import { planned, scriptTool } from '../tool/test/stage.ts'
import { runOnBase, storedKey } from './base-side.ts'

test('whoever watches the run sees nothing of the tools on the base', async () => {
  const folder = scratchRepository()
  writeTree(folder, { 'a.py': 'x = 1\n' })
  const base = commitAll(folder)
  writeTree(folder, { 'a.py': 'x = 2\n' })
  const host = scratchHost(folder)
  const repository = await openRepository(host, folder)
  if (repository === undefined) throw new Error('no repository')
  const project = {
    name: '',
    root: folder,
    folder: '',
    pythonFiles: ['a.py'],
    files: ['a.py'],
    configuration: [],
    firstParty: ['a'],
  }
  const looked = "require('fs').readFileSync('a.py', 'utf8').includes('1') || process.exit(9)"
  const events: ToolProgress[] = []
  const { runs } = await runOnBase(repository, base, await readChanges(repository, base), {
    plan: { packages: [{ project, tools: [planned(scriptTool(looked, { scope: 'file' }))] }], settings: {} },
    host,
    reportFolder: `${host.facts.temporary}/report`,
    locks: {},
    offline: true,
    lockedOnly: false,
    cache: 'off',
    environments: new Map(),
    remembered: await openRemembered(host, `${host.facts.temporary}/remembered`),
    onProgress: (event) => void events.push(event),
  })
  expect([...runs.values()]).toMatchObject([{ how: 'run', findings: [] }])
  expect(events).toEqual([])
})

test.each([
  ['other paths', { paths: ['src'], exclude: [] }, ''],
  ['other files left out', { paths: [], exclude: ['*.py'] }, ''],
  ['another folder', { paths: [], exclude: [] }, 'app'],
])('a stored result is not one of %s', (_, scope, folder) => {
  const keyOf = (where: PathScope, path: string) => {
    const project = {
      name: '',
      root: '/',
      folder: path,
      pythonFiles: [],
      files: [],
      configuration: [],
      firstParty: [],
    }
    const packages = [{ project, tools: [planned(scriptTool(''))] }]
    return storedKey({ packages, settings: {}, scope: where }, packages[0] ?? expect.unreachable(), 'script')
  }
  const whole = { paths: [], exclude: [] }
  expect(keyOf(whole, '')).toBe(keyOf(whole, ''))
  expect(keyOf(scope, folder)).not.toBe(keyOf(whole, ''))
})
