import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UnavailableError } from '../../action/errors.ts'
import { runTools } from '../run-tools.ts'
import { openStage, scriptTool } from '../test/stage.ts'
import { InstallError, openInstallContext } from './context.ts'
import { installTool } from './install.ts'
import type { SuiteLocks } from './suite-lock.ts'
import {
  environment,
  locks,
  needsPackageIndex,
  openInstallStage,
  requirements,
  sharedCache,
  signs,
  tool,
  versionOf,
} from './test/real-index.ts'

const cache = sharedCache()
const request = { tool, locks, signs }

describe('with a package index', () => {
  needsPackageIndex(cache)

  test('a locked tool is installed, runs, and is then found made, without network', async () => {
    const stage = await openInstallStage(cache)
    const installed = await installTool(stage.context, request)
    expect(installed).toMatchObject({ version: '2.15.0', versionSource: 'suite-lock' })
    expect(await versionOf(stage, installed.command)).toContain('2.15.0')
    const offline = await openInstallStage(cache, true)
    expect(await installTool(offline.context, request)).toEqual(installed)
    expect(offline.host.recorded.processes.filter(({ args }) => args.includes('pip'))).toEqual([])
  })

  test('a damaged environment is made again', async () => {
    const stage = await openInstallStage(cache)
    const { command } = await installTool(stage.context, request)
    const library = join(command[0] ?? '', '../../lib')
    const [python = ''] = await stage.host.files.list(library)
    await stage.host.files.remove(join(library, python, 'site-packages', 'pycodestyle-2.15.0.dist-info'))
    const repaired = await installTool((await openInstallStage(cache)).context, request)
    expect(repaired.command).not.toEqual(command)
    expect(await versionOf(stage, repaired.command)).toContain('2.15.0')
  })

  test('a half-made environment is never used', async () => {
    const stage = await openInstallStage(cache)
    const { command } = await installTool(stage.context, request)
    await stage.host.files.remove(join(command[0] ?? '', '../../installed.json'))
    expect((await installTool((await openInstallStage(cache)).context, request)).command).not.toEqual(command)
  })

  test('two runs that install the same at the same time both get it', async () => {
    const other: SuiteLocks = {
      pycodestyle: { version: '2.15.0', requirements: `${requirements}\n# together` },
    }
    const stages = [await openInstallStage(cache), await openInstallStage(cache)]
    const versions = stages.map(async (stage) =>
      versionOf(stage, (await installTool(stage.context, { ...request, locks: other })).command),
    )
    for (const version of await Promise.all(versions)) expect(version).toContain('2.15.0')
  })

  test('what does not have the locked hash is refused, and is no matter of the network', async () => {
    const wrong = requirements.replaceAll(/sha256:[0-9a-f]{8}/g, 'sha256:00000000')
    const { context } = await openInstallStage(cache)
    const failing = installTool(context, {
      ...request,
      locks: { pycodestyle: { version: '2.15.0', requirements: wrong } },
    })
    await expect(failing).rejects.toThrow(InstallError)
    await expect(failing).rejects.toThrow(/hash mismatch/i)
  })

  test('a version that was asked for is resolved', async () => {
    const stage = await openInstallStage(cache)
    const installed = await installTool(stage.context, { ...request, wanted: '2.14.0' })
    expect(installed).toMatchObject({ version: '2.14.0', versionSource: 'resolved', versionFrom: 'input' })
    expect(await versionOf(stage, installed.command)).toContain('2.14.0')
  })

  test('a version that does not exist is the fault of who asked for it', async () => {
    const { context } = await openInstallStage(cache)
    const failing = installTool(context, { ...request, wanted: '99.9' })
    await expect(failing).rejects.toThrow(InstallError)
    await expect(failing).rejects.toThrow(/Pycodestyle 99\.9/)
  })
})

describe('without network', () => {
  test('what is not in the cache says so', async () => {
    const { context } = await openInstallStage(join(cache, 'empty'), true)
    await expect(installTool(context, request)).rejects.toThrow(/not in the cache.*`offline`/s)
  })

  test('an index that does not answer is the fault of the world', async () => {
    const { PIP_FIND_LINKS: _, PIP_EXTRA_INDEX_URL: __, ...rest } = environment
    const nowhere = { ...rest, PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0' }
    const stage = await openStage({ environment: nowhere })
    const context = openInstallContext({ host: stage.host, offline: false, lockedOnly: false })
    await expect(installTool(context, request)).rejects.toThrow(UnavailableError)
    const planned = { ...scriptTool(''), install: tool.install, id: 'pycodestyle' }
    const outcomes = await runTools(await stage.request([planned], { locks, offline: false }))
    expect(outcomes).toMatchObject([{ run: { status: 'failed' }, unavailable: 'the package index' }])
  })
})
