import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { needsPackageIndex, openInstallStage, sharedCache } from './install/test/real-index.ts'
import { openUv } from './install/uv.ts'
import { openRemembered } from './remembered.ts'
import { runTools } from './run-tools.ts'
import { scriptTool } from './test/stage.ts'

const cache = sharedCache()
const names = ['pkg/__init__.py', 'pkg/a.py', 'pkg/b.py', 'pkg/c.py']

describe('with a package index', () => {
  needsPackageIndex(cache)

  test('of a tool that looks along imports, files are looked at again that reach the changed one', async () => {
    const stage = await openInstallStage(cache)
    await stage.write({
      'ruff.in': 'ruff',
      'pkg/__init__.py': '',
      'pkg/a.py': 'from pkg import b',
      'pkg/b.py': 'x = 1',
      'pkg/c.py': '',
    })
    const uv = await openUv(stage.context)
    await uv.run(
      'a lock',
      ['pip', 'compile', '--generate-hashes', '--no-header', 'ruff.in', '-o', 'ruff.txt'],
      { cwd: stage.root },
    )
    const requirements = (await stage.host.files.readText(join(stage.root, 'ruff.txt'))) ?? ''
    const version = /^ruff==(\S+)/m.exec(requirements)?.[1] ?? ''
    const seen: string[][] = []
    const tool = scriptTool('', {
      id: 'importer',
      scope: 'imports',
      parse: ({ request }) => {
        seen.push([...request.files])
        return { findings: [] }
      },
    })
    const run = async (mode: 'file' | 'imports') => {
      const remembered = await openRemembered(stage.host, join(stage.root, '../store'))
      const change = {
        cache: mode,
        remembered,
        locks: { ruff: { version, requirements } },
        offline: false,
      } as const
      const request = await stage.request([{ tool, files: names }], change)
      const [first] = request.plan.packages
      if (first === undefined) throw new Error('no package')
      const plan = { ...request.plan, packages: [{ ...first, project: stage.project(names) }] }
      const [outcome] = await runTools({ ...request, plan })
      await remembered.save()
      return outcome?.run
    }
    expect(await run('imports')).toMatchObject({ status: 'clean', remembered: 0 })
    await stage.write({ 'pkg/b.py': 'x = 2' })
    expect(await run('imports')).toMatchObject({ status: 'clean', remembered: 2 })
    expect(seen).toEqual([names, ['pkg/a.py', 'pkg/b.py']])
    expect(await run('file')).toMatchObject({ remembered: 0 })
  })
})
