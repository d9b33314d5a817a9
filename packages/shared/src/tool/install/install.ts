/** Makes a tool ready, wherever it comes from. */
import type { Notice, Tool } from '../tool.ts'
import { installBinaryTool } from './binary-tool.ts'
import type { InstallContext } from './context.ts'
import { InstallError } from './context.ts'
import type { InstalledTool } from './installed-tool.ts'
import { interpreterFor } from './interpreter.ts'
import { installNpmTool } from './npm-tool.ts'
import { findPresentTool, presentTool } from './present-tool.ts'
import type { VersionChoice, VersionSigns, VersionWish } from './project-version.ts'
import { chooseVersion } from './project-version.ts'
import { environmentDigest } from './python-environment.ts'
import { installPythonTool } from './python-tool.ts'
import { environmentOf, scriptOf } from './site-packages.ts'
import type { SuiteLock, SuiteLocks } from './suite-lock.ts'

export interface InstallRequest {
  readonly tool: Pick<Tool, 'id' | 'name' | 'install'>
  readonly locks: SuiteLocks
  /** Version asked for by input. */
  readonly wanted?: string | undefined
  /** What the project says about versions. */
  readonly signs: VersionSigns
  /** Interpreter of the project's own environment; absent without one. */
  readonly python?: string | undefined
}

/** Throws `UserError`, `InstallError` or `UnavailableError`, all with words for the report. */
export async function installTool(context: InstallContext, request: InstallRequest): Promise<InstalledTool> {
  const { tool } = request
  const { install } = tool
  switch (install.kind) {
    case 'python': {
      const choice = chooseVersion(wish(context, request, install), request.signs)
      if (choice.source === 'project-environment') return inEnvironment(context, request, choice)
      return installPythonTool(context, tool.name, install, choice, request.python)
    }
    case 'npm':
      return installFromNpm(context, request, install)
    case 'binary':
      return installBinary(context, request, install)
    case 'present':
      return findPresentTool(context, {
        name: tool.name,
        executable: install.executable,
        python: request.python,
      })
  }
}

type From<Kind> = Extract<Tool['install'], { kind: Kind }>

function lockOf(request: InstallRequest, packageName: string): SuiteLock | undefined {
  return request.locks[request.tool.id] ?? request.locks[packageName]
}

function wish(
  context: InstallContext,
  request: InstallRequest,
  install: From<'python'> | From<'npm'>,
): VersionWish {
  const lock = lockOf(request, install.package)
  const python = install.kind === 'python' ? install : undefined
  return {
    name: request.tool.name,
    package: install.package,
    extras: python?.extras ?? [],
    plugins: python?.plugins ?? [],
    wanted: request.wanted,
    suite: lock && { version: lock.version, requirements: lock.requirements ?? '' },
    lockedOnly: context.lockedOnly,
  }
}

/** A project that names a version of the Python package around an npm tool means the tool's version. */
async function installFromNpm(
  context: InstallContext,
  request: InstallRequest,
  install: From<'npm'>,
): Promise<InstalledTool> {
  const { name } = request.tool
  const lock = lockOf(request, install.package)
  const { version, from } = chooseVersion(wish(context, request, install), request.signs)
  if (
    lock !== undefined &&
    (version === lock.version || (context.lockedOnly && request.wanted === undefined))
  ) {
    const choice = { version: lock.version, versionSource: 'suite-lock', lock: lock.npm } as const
    const installed = await installNpmTool(context, name, install, choice)
    return version === lock.version
      ? installed
      : { ...installed, notices: [passedOver(name, version, from, lock.version)] }
  }
  if (context.lockedOnly)
    throw new InstallError(
      `${name} ${version}: its integrity is not known, and only locked versions are allowed.`,
    )
  const choice = { version, versionSource: 'resolved', versionFrom: from, lock: lock?.npm } as const
  return installNpmTool(context, name, install, choice)
}

/** Hashes in a Python lock file are those of a package that fetches the tool, not of the tool. */
function passedOver(name: string, version: string, from: string | undefined, used: string): Notice {
  return {
    level: 'warning',
    message: `${name} ${version} of ${from ?? 'the project'} comes from npm without integrity; only locked versions are allowed, so ${used} of the suite was used.`,
  }
}

async function inEnvironment(
  context: InstallContext,
  request: InstallRequest,
  choice: VersionChoice,
): Promise<InstalledTool> {
  const { install, name } = request.tool
  const executable = install.kind === 'python' ? install.executable : name
  const program = request.python && (await scriptOf(context.host, environmentOf(request.python), executable))
  if (!program)
    throw new InstallError(
      `${name} ${choice.version} is installed in ${choice.from ?? 'the environment'}, but its program \`${executable}\` is not.`,
    )
  const interpreter = await interpreterFor(context, request.python)
  const digest = environmentDigest(request.signs.environment?.packages ?? new Map(), interpreter)
  return {
    command: [program],
    version: choice.version,
    versionSource: choice.source,
    versionFrom: choice.from,
    digest,
    notices: [],
  }
}

/** One that the machine has in the very version that is wanted is used as it is; else the verified one. */
async function installBinary(
  context: InstallContext,
  { tool: { name }, ...request }: InstallRequest,
  install: From<'binary'>,
): Promise<InstalledTool> {
  const lock = request.locks[install.name] ?? { version: 'unknown' }
  const { wanted = lock.version } = request
  if (!context.lockedOnly) {
    const { versionArgs } = install
    const present = await presentTool(context, { name, executable: install.name, versionArgs })
    if (present?.version === wanted) return present
  }
  return installBinaryTool(context, name, lock, request.wanted)
}
