import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../action/errors.ts'
import { nodeFiles, nodeProcesses, recordingHost } from '../../host/recording/index.ts'
import { temporaryFolder } from '../test/stage.ts'
import { openInstallContext } from './context.ts'
import { installTool } from './install.ts'
import { tarGz } from './test/archives.ts'
import { environment, signs } from './test/real-index.ts'

const body = '#!/bin/sh\necho "hadolint 2.15.1"\n'
const sha256 = createHash('sha256').update(body).digest('hex')
const tool = { id: 'hadolint', name: 'Hadolint', install: { kind: 'binary', name: 'hadolint' } } as const

function locksWith(digest: string) {
  const file = { platform: 'linux', arch: 'x64', url: 'https://example.com/hadolint', sha256: digest }
  return { hadolint: { version: '2.15.1', binaries: [file] } }
}

async function open(
  platform: 'linux' | 'darwin' = 'linux',
  offline = false,
  sent: string | Uint8Array = body,
) {
  const folder = await temporaryFolder()
  const host = recordingHost({
    facts: { platform, arch: 'x64', cacheFolder: folder, toolEnvironment: environment },
    files: nodeFiles,
    processes: nodeProcesses(new AbortController().signal),
    http: () => ({ status: 200, body: sent }),
  })
  return { host, folder, context: openInstallContext({ host, offline, lockedOnly: true }) }
}

test.skipIf(process.platform === 'win32')(
  'a program with the known digest is fetched once and runs',
  async () => {
    const { host, folder, context } = await open()
    const { command, versionSource } = await installTool(context, { tool, locks: locksWith(sha256), signs })
    expect(versionSource).toBe('suite-lock')
    const said = await host.processes.run({
      command: command[0] ?? '',
      args: [],
      cwd: folder,
      env: environment,
      timeoutMs: 10_000,
      maxBytes: 1000,
    })
    expect(said.stdout).toBe('hadolint 2.15.1\n')
    const later = openInstallContext({ host, offline: true, lockedOnly: true })
    expect((await installTool(later, { tool, locks: locksWith(sha256), signs })).command).toEqual(command)
  },
)

test('a program with another digest is neither kept nor started', async () => {
  const { host, folder, context } = await open()
  await expect(installTool(context, { tool, locks: locksWith('0'.repeat(64)), signs })).rejects.toThrow(
    sha256,
  )
  expect(host.recorded.processes).toEqual([])
  for (const entry of await host.files.list(`${folder}/binaries`))
    expect(await host.files.list(`${folder}/binaries/${entry}`)).toEqual([])
})

test('a platform without a digest, another version and no network are refused in words', async () => {
  const request = { tool, locks: locksWith(sha256), signs }
  await expect(installTool((await open('darwin')).context, request)).rejects.toThrow(/not known for darwin/)
  await expect(installTool((await open()).context, { ...request, wanted: '9.9' })).rejects.toThrow(UserError)
  await expect(installTool((await open('linux', true)).context, request)).rejects.toThrow(/offline/)
})

describe('a program in an archive', () => {
  function lockOf(archive: Uint8Array, member: string) {
    const digest = createHash('sha256').update(archive).digest('hex')
    const file = {
      platform: 'linux',
      arch: 'x64',
      url: 'https://example.com/a.tar.gz',
      sha256: digest,
      member,
    }
    return { hadolint: { version: '2.15.1', binaries: [file] } }
  }
  const archive = tarGz([{ name: 'hadolint-2.15.1/hadolint', content: body }])

  test.skipIf(process.platform === 'win32')('is the only file of it that is kept, and runs', async () => {
    const { host, folder, context } = await open('linux', false, archive)
    const locks = lockOf(archive, 'hadolint-2.15.1/hadolint')
    const [command = ''] = (await installTool(context, { tool, locks, signs })).command
    expect(await host.files.list(dirname(command))).toEqual(['complete.json', 'program'])
    const said = await host.processes.run({
      command,
      args: [],
      cwd: folder,
      env: environment,
      timeoutMs: 10_000,
      maxBytes: 1000,
    })
    expect(said.stdout).toBe('hadolint 2.15.1\n')
  })

  test('that is not in it is told with its address', async () => {
    const { context } = await open('linux', false, archive)
    const failing = installTool(context, { tool, locks: lockOf(archive, 'hadolint'), signs })
    await expect(failing).rejects.toThrow(
      'Hadolint 2.15.1: the archive https://example.com/a.tar.gz cannot be used: there is no hadolint in it.',
    )
  })
})

test('a kept program that is damaged is fetched again', async () => {
  const { host, context } = await open()
  const [command = ''] = (await installTool(context, { tool, locks: locksWith(sha256), signs })).command
  await host.files.write(command, '')
  const again = openInstallContext({ host, offline: false, lockedOnly: true })
  const [repaired = ''] = (await installTool(again, { tool, locks: locksWith(sha256), signs })).command
  expect(await host.files.readText(repaired)).toBe(body)
})

describe('a program that the machine has', () => {
  async function withProgram(version: string, lockedOnly = false) {
    const { host, folder } = await open()
    const program = join(folder, 'bin/hadolint')
    await host.files.write(program, `#!/bin/sh\necho "hadolint ${version}"\n`, { executable: true })
    const facts = {
      ...host.facts,
      temporary: folder,
      toolEnvironment: { ...environment, PATH: `${folder}/bin:/usr/bin:/bin` },
    }
    const context = openInstallContext({ host: { ...host, facts }, offline: false, lockedOnly })
    return { program, installed: await installTool(context, { tool, locks: locksWith(sha256), signs }) }
  }

  test.skipIf(process.platform === 'win32')(
    'is used in the wanted version, and said to be unverified',
    async () => {
      const { program, installed } = await withProgram('2.15.1')
      expect(installed).toMatchObject({ command: [program], versionSource: 'path', version: '2.15.1' })
    },
  )

  test.skipIf(process.platform === 'win32')('is passed over in another version', async () => {
    expect((await withProgram('2.15.0')).installed.versionSource).toBe('suite-lock')
  })

  test.skipIf(process.platform === 'win32')('is passed over where only locked ones are allowed', async () => {
    expect((await withProgram('2.15.1', true)).installed.versionSource).toBe('suite-lock')
  })
})
