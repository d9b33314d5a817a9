/** Programs from their makers' releases: nothing is unpacked or executed before its digest is checked. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { messageOf, UnavailableError, UserError } from '../../action/errors.ts'
import type { FileStatus } from '../../host/ports.ts'
import { archiveMember } from './archive-member.ts'
import { builtFolder } from './built-folder.ts'
import type { InstallContext } from './context.ts'
import { InstallError } from './context.ts'
import type { InstalledTool } from './installed-tool.ts'
import type { BinaryFile, SuiteLock } from './suite-lock.ts'

const maxBytes = 500_000_000

export async function installBinaryTool(
  context: InstallContext,
  name: string,
  lock: SuiteLock,
  wanted?: string | undefined,
): Promise<InstalledTool> {
  const { host } = context
  const { platform, arch } = host.facts
  const what = `${name} ${lock.version}`
  if (wanted !== undefined && wanted !== lock.version) {
    throw new UserError(
      `${name}: version ${wanted} was asked for, but only the digest of ${lock.version} is known. Leave the version out.`,
    )
  }
  const file = lock.binaries?.find((each) => each.platform === platform && each.arch === arch)
  if (file === undefined) throw new InstallError(`${what} is not known for ${platform} ${arch}.`)
  const program = platform === 'win32' ? 'program.exe' : 'program'
  const folder = await context.once(`binary ${file.sha256}`, () =>
    builtFolder(context, {
      kind: 'binaries',
      key: file.sha256,
      locked: true,
      build: (target) => fetchBinary(context, what, file, target, program),
      intact: async (target) => isProgram(await host.files.status(join(target, program))),
    }),
  )
  return {
    command: [join(folder, program)],
    version: lock.version,
    versionSource: 'suite-lock',
    digest: file.sha256,
    notices: [],
  }
}

function isProgram(status: FileStatus | undefined): boolean {
  return status !== undefined && status.bytes > 0 && status.executable !== false
}

async function fetchBinary(
  context: InstallContext,
  what: string,
  file: BinaryFile,
  folder: string,
  program: string,
): Promise<void> {
  const { host } = context
  if (context.offline)
    throw new InstallError(
      `${what} is not in the cache, and \`offline\` allows no download. Run once with network.`,
    )
  const answer = await host.http.request({ method: 'GET', url: file.url, timeoutMs: 300_000, maxBytes })
  if (answer.status !== 200)
    throw new UnavailableError(file.url, `answered ${answer.status} instead of ${what}`)
  const digest = createHash('sha256').update(answer.body).digest('hex')
  if (digest !== file.sha256) {
    throw new InstallError(
      `${what}: what ${file.url} sent has the SHA-256 ${digest}, not ${file.sha256}; it was not used.`,
    )
  }
  const content = file.member === undefined ? answer.body : await memberOf(what, file, answer.body)
  await host.files.write(join(folder, program), content, { executable: true })
}

async function memberOf(what: string, file: BinaryFile, archive: Uint8Array): Promise<Uint8Array> {
  try {
    return await archiveMember(archive, file.member ?? '')
  } catch (error) {
    throw new InstallError(`${what}: the archive ${file.url} cannot be used: ${messageOf(error)}.`)
  }
}
