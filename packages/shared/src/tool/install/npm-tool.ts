/** Tools from npm, each in a folder of its own, without running any script of a package. */
import { dirname, join } from 'node:path'
import type { Host } from '../../host/ports.ts'
import { recordAt } from '../../parse/json.ts'
import { digestOf } from '../remembered-key.ts'
import type { Install } from '../tool.ts'
import { builtFolder } from './built-folder.ts'
import type { InstallContext } from './context.ts'
import { InstallError, runInstaller } from './context.ts'
import type { InstalledTool } from './installed-tool.ts'
import type { SuiteLock } from './suite-lock.ts'

type NpmInstall = Extract<Install, { kind: 'npm' }>
type NpmLock = NonNullable<SuiteLock['npm']>

export interface NpmChoice {
  readonly version: string
  readonly versionSource: 'suite-lock' | 'resolved'
  readonly versionFrom?: string | undefined
  /** With integrity of everything; taken as it is only for its own version, else npm resolves. */
  readonly lock?: NpmLock | undefined
}

export async function installNpmTool(
  context: InstallContext,
  name: string,
  install: NpmInstall,
  choice: NpmChoice,
): Promise<InstalledTool> {
  const { host } = context
  const { platform, arch } = host.facts
  const lock = lockFor(install, choice)
  const what = `${name} ${choice.version}`
  const digest = digestOf([lock.packageJson, lock.packageLock, platform, arch])
  const folder = await context.once(`npm ${digest}`, () =>
    builtFolder(context, {
      kind: 'npm',
      key: digest,
      locked: lock.packageLock !== '',
      build: (target) => runNpm(context, what, lock, target),
      intact: async (target) => (await findProgram(host, target, install)) !== undefined,
    }),
  )
  const command = await findProgram(host, folder, install)
  if (command === undefined)
    throw new InstallError(
      `${what} was installed, but has no program \`${install.executable}\` for ${platform} ${arch}.`,
    )
  const { version, versionSource, versionFrom } = choice
  return { command, version, versionSource, versionFrom, digest, notices: [] }
}

/** Plugins and parsers stand beside the tool in the suite's lock, and stay as they are there. */
function lockFor({ package: name }: NpmInstall, { lock, versionSource, version }: NpmChoice): NpmLock {
  if (lock !== undefined && versionSource === 'suite-lock') return lock
  const beside = lock === undefined ? {} : recordAt(JSON.parse(lock.packageJson), 'dependencies')
  const dependencies = { ...beside, [name]: version }
  return { packageJson: JSON.stringify({ name: 'tool', private: true, dependencies }), packageLock: '' }
}

async function runNpm(context: InstallContext, what: string, lock: NpmLock, folder: string): Promise<void> {
  const { files, facts } = context.host
  await files.write(join(folder, 'package.json'), lock.packageJson)
  if (lock.packageLock !== '') await files.write(join(folder, 'package-lock.json'), lock.packageLock)
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel', 'error']
  const network = context.offline ? ['--offline'] : []
  const verb = lock.packageLock === '' ? 'install' : 'ci'
  const command = [...(await npmCommand(context.host, what)), verb, '--ignore-scripts', ...quiet, ...network]
  await runInstaller(context, { name: 'npm', command, cwd: folder, env: facts.toolEnvironment, what })
}

/** npm run by our own Node: on Windows `npm` is a batch file, which must not be started without a shell. */
export async function npmCommand(host: Host, what: string): Promise<readonly string[]> {
  const npm = await host.processes.find('npm', host.facts.toolEnvironment)
  if (npm === undefined)
    throw new InstallError(
      `${what} comes from npm, which is not in PATH: add \`actions/setup-node\` before this step.`,
    )
  const real = (await host.files.realPath(npm)) ?? npm
  const beside = join(dirname(npm), 'node_modules', 'npm', 'bin', 'npm-cli.js')
  for (const script of [real, beside]) {
    if (script.endsWith('.js') && (await host.files.status(script)) !== undefined)
      return [host.facts.nodePath, script]
  }
  return [npm]
}

/**
 * The program by the package's `bin`, else a native one that a platform's package brings in its `bin` folder:
 * starting that one saves the launcher and its Node.
 */
async function findProgram(
  host: Host,
  folder: string,
  install: NpmInstall,
): Promise<readonly string[] | undefined> {
  const modules = join(folder, 'node_modules')
  const native = host.facts.platform === 'win32' ? `${install.executable}.exe` : install.executable
  for (const name of await host.files.list(modules)) {
    const path = join(modules, name, 'bin', native)
    const platformPackage = name !== install.package && name.startsWith(install.executable)
    if (platformPackage && (await host.files.status(path))?.kind === 'file') return [path]
  }
  const script = await binOf(host, join(modules, install.package), install.executable)
  return script === undefined ? undefined : [host.facts.nodePath, script]
}

async function binOf(host: Host, folder: string, executable: string): Promise<string | undefined> {
  try {
    const manifest: { bin?: string | Record<string, string> } = JSON.parse(
      (await host.files.readText(join(folder, 'package.json'))) ?? '',
    )
    const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[executable]
    const path = bin === undefined ? undefined : join(folder, bin)
    return path !== undefined && (await host.files.status(path))?.kind === 'file' ? path : undefined
  } catch {
    return undefined
  }
}
