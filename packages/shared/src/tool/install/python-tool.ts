/** Tools from the Python index, each in an environment of its own. */
import { join } from 'node:path'
import type { Install } from '../tool.ts'
import type { InstallContext } from './context.ts'
import { InstallError } from './context.ts'
import type { InstalledTool } from './installed-tool.ts'
import type { VersionChoice } from './project-version.ts'
import { environmentDigest, madeEnvironment } from './python-environment.ts'
import { scriptOf } from './site-packages.ts'
import type { Uv } from './uv.ts'

type PythonInstall = Extract<Install, { kind: 'python' }>

/** Installs the chosen version, or finds it made. */
export async function installPythonTool(
  context: InstallContext,
  name: string,
  install: PythonInstall,
  choice: VersionChoice,
  python?: string | undefined,
): Promise<InstalledTool> {
  const locked = choice.source === 'suite-lock' || choice.source === 'project-lock'
  const what = `${name} ${choice.version}`
  const made = await madeEnvironment(context, {
    what,
    python,
    parts: [choice.source, choice.requirements],
    program: install.executable,
    locked,
    install: (uv, python, folder) =>
      installRequirements(context, uv, { what, python, folder, choice, locked }),
  })
  const program = await scriptOf(context.host, made.folder, install.executable)
  if (program === undefined)
    throw new InstallError(`${what} was installed, but has no program \`${install.executable}\`.`)
  return {
    command: [program],
    version: made.distributions.get(install.package.toLowerCase()) ?? choice.version,
    versionSource: choice.source,
    versionFrom: choice.from,
    digest: environmentDigest(made.distributions, made.interpreter),
    notices: choice.notices,
  }
}

interface Wanted {
  readonly what: string
  readonly python: string
  readonly folder: string
  readonly choice: VersionChoice
  readonly locked: boolean
}

async function installRequirements(context: InstallContext, uv: Uv, wanted: Wanted): Promise<void> {
  const file = join(wanted.folder, 'requirements.txt')
  await context.host.files.write(file, `${wanted.choice.requirements}\n`)
  // Building from source runs code that fetches unverified build tools: not where hashes are what is promised.
  const verified = ['--require-hashes', '--no-deps', '--only-binary', ':all:']
  await uv.run(wanted.what, [
    'pip',
    'install',
    '--python',
    wanted.python,
    ...(wanted.locked ? verified : []),
    '-r',
    file,
  ])
}
