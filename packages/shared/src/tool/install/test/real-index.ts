/** Installing for real, from the registries that the machine is set up for. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { messageOf } from '../../../action/errors.ts'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '../../../host/recording/index.ts'
import { toolEnvironment } from '../../../host/tool-environment.ts'
import type { Stage } from '../../test/stage.ts'
import { openStage } from '../../test/stage.ts'
import type { InstallContext } from '../context.ts'
import { openInstallContext } from '../context.ts'
import { lockedClosure } from '../lock-closure.ts'
import { parseLockFile } from '../lock-file.ts'
import type { SuiteLocks } from '../suite-lock.ts'
import { openUv } from '../uv.ts'

export const environment = toolEnvironment(
  { ...process.env, VIRTUAL_ENV: undefined },
  process.platform,
).variables

export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
}

/** A small tool without dependencies, with the hashes of the fixture. */
export const requirements =
  lockedClosure(parseLockFile('uv.lock', fixture('uv.lock')), [{ name: 'pycodestyle', extras: [] }]) ?? ''
export const locks: SuiteLocks = { pycodestyle: { version: '2.15.0', requirements } }
export const tool = {
  id: 'pycodestyle',
  name: 'Pycodestyle',
  install: { kind: 'python', package: 'pycodestyle', executable: 'pycodestyle' },
} as const
export const signs = { locks: [], declared: [] }

/** One cache folder for the tests of a file. */
export function sharedCache(): string {
  const folder = mkdtempSync(join(tmpdir(), 'install-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Skips the tests of the group, with the reason, where no package index can be reached. */
export function needsPackageIndex(cacheFolder: string): void {
  let unreachable: string | undefined
  beforeAll(async () => {
    const host = recordingHost({
      facts: {
        cacheFolder,
        temporary: cacheFolder,
        toolEnvironment: environment,
        platform: process.platform === 'win32' ? 'win32' : 'linux',
      },
      files: nodeFiles,
      clock: nodeClock,
      processes: nodeProcesses(new AbortController().signal),
    })
    await openUv(openInstallContext({ host, offline: false, lockedOnly: false })).catch((error) => {
      unreachable = messageOf(error)
    })
  })
  beforeEach((context) => {
    if (unreachable !== undefined) context.skip(`no package index: ${unreachable.slice(0, 200)}`)
  })
}

export interface InstallStage extends Stage {
  readonly context: InstallContext
}

export async function openInstallStage(cacheFolder: string, offline = false): Promise<InstallStage> {
  const stage = await openStage({ environment, cacheFolder })
  return { ...stage, context: openInstallContext({ host: stage.host, offline, lockedOnly: false }) }
}

/** What the program says with `--version`, or other arguments. */
export async function versionOf(
  stage: Stage,
  command: readonly string[],
  args = ['--version'],
): Promise<string> {
  const [program = '', ...leading] = command
  const result = await stage.host.processes.run({
    command: program,
    args: [...leading, ...args],
    cwd: stage.root,
    env: environment,
    timeoutMs: 60_000,
    maxBytes: 100_000,
  })
  return result.stdout.trim()
}
