/**
 * uv, which installs all Python tools. Installed by pip from our own lock file, so that what checks the hashes of
 * everything else was itself checked.
 */
import { join } from 'node:path'
import { messageOf } from '../../action/errors.ts'
import { digestOf } from '../remembered-key.ts'
import { builtFolder } from './built-folder.ts'
import type { InstallContext } from './context.ts'
import { InstallError, runInstaller } from './context.ts'
import { pipIndexSettings, uvIndexSettings } from './index-settings.ts'
import type { Interpreter } from './interpreter.ts'
import { findInterpreter } from './interpreter.ts'
import { uvLock } from './uv-lock.ts'

export interface Uv {
  readonly path: string
  /** `what` is installed, for messages. */
  run(
    what: string,
    args: readonly string[],
    options?: { cwd?: string; env?: Readonly<Record<string, string>> | undefined; done?: string },
  ): Promise<string>
}

export function openUv(context: InstallContext): Promise<Uv> {
  return context.once('uv', async () => {
    const { host } = context
    const interpreter = await findInterpreter(context)
    const path = await installUv(context, interpreter).catch((error) => uvOnPath(context, error))
    const settings = await uvIndexSettings(context, interpreter.path)
    const folder = join(host.facts.cacheFolder, 'uv-work')
    return {
      path,
      run: (what, args, options) =>
        runInstaller(context, {
          name: 'uv',
          command: [path, ...args, ...(context.offline ? ['--offline'] : [])],
          cwd: options?.cwd ?? folder,
          env: { ...uvEnvironment(context), ...settings, ...options?.env },
          what,
          done: options?.done,
        }),
    }
  })
}

/** A folder of our own as `cwd` keeps the project's `uv.toml` and index settings out of tools' environments. */
function uvEnvironment(context: InstallContext): Record<string, string> {
  const { toolEnvironment, cacheFolder } = context.host.facts
  const { VIRTUAL_ENV: _, CONDA_PREFIX: __, ...environment } = toolEnvironment
  return {
    UV_CACHE_DIR: join(cacheFolder, 'uv-cache'),
    ...environment,
    // A Python from the network would be another one in every run.
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_PROGRESS: '1',
    NO_COLOR: '1',
  }
}

async function installUv(context: InstallContext, interpreter: Interpreter): Promise<string> {
  const key = digestOf([uvLock.requirements, interpreter.identity])
  const folder = await builtFolder(context, {
    kind: `uv/${uvLock.version}`,
    key,
    locked: true,
    build: (target) => pipInstall(context, interpreter, target),
    intact: async (target) => (await uvBinary(context, target)) !== undefined,
  })
  const binary = await uvBinary(context, folder)
  if (binary === undefined)
    throw new InstallError(`uv ${uvLock.version} was installed into ${folder} without a program.`)
  return binary
}

/**
 * Some Pythons come without pip. A uv that is already there then does, but nobody checked it, so not where only
 * what was checked may run.
 */
async function uvOnPath(context: InstallContext, error: unknown): Promise<string> {
  const { host } = context
  const path = await host.processes.find('uv', host.facts.toolEnvironment)
  if (!/No module named pip/.test(messageOf(error)) || path === undefined || context.lockedOnly) throw error
  host.runner.log(`This Python has no pip; ${path} is used, whose version is not checked.`)
  return path
}

async function pipInstall(context: InstallContext, interpreter: Interpreter, target: string): Promise<void> {
  const { host } = context
  const requirements = join(target, 'requirements.txt')
  await host.files.write(requirements, uvLock.requirements)
  const options = [
    '--require-hashes',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--disable-pip-version-check',
    '--no-input',
    '--quiet',
  ]
  const network = context.offline ? ['--no-index'] : []
  const command = [
    interpreter.path,
    '-m',
    'pip',
    'install',
    ...options,
    ...network,
    '--target',
    target,
    '-r',
    requirements,
  ]
  await runInstaller(context, {
    name: 'pip',
    command,
    cwd: target,
    env: { ...host.facts.toolEnvironment, ...pipIndexSettings(host.facts.toolEnvironment) },
    what: `uv ${uvLock.version}`,
  })
}

async function uvBinary(context: InstallContext, folder: string): Promise<string | undefined> {
  const names = context.host.facts.platform === 'win32' ? ['bin/uv.exe', 'Scripts/uv.exe'] : ['bin/uv']
  for (const name of names) {
    const path = join(folder, name)
    if (((await context.host.files.status(path))?.bytes ?? 0) > 0) return path
  }
  return undefined
}
