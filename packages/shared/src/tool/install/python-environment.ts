/** Python environments made by uv, kept by the digest of what is in them. */
import { join } from 'node:path'
import type { Host } from '../../host/ports.ts'
import { digestOf } from '../remembered-key.ts'
import { builtFolder } from './built-folder.ts'
import type { InstallContext } from './context.ts'
import type { Interpreter } from './interpreter.ts'
import { interpreterFor } from './interpreter.ts'
import type { Distributions } from './site-packages.ts'
import { installedIn, pythonOf, scriptOf } from './site-packages.ts'
import type { Uv } from './uv.ts'
import { openUv } from './uv.ts'

export interface WantedEnvironment {
  /** For messages: `Black 26.10.1`. */
  readonly what: string
  /** Everything that decides the content, interpreter and place aside. */
  readonly parts: readonly unknown[]
  /** Whether `parts` decide every version; see {@link BuiltFolder}. */
  readonly locked: boolean
  /** Interpreter of the project's environment, where there is one; else that on PATH is used. */
  readonly python?: string | undefined
  /** Program that has to be in it. */
  readonly program?: string | undefined
  /** Installs into the environment whose interpreter is `python`. */
  install(uv: Uv, python: string, folder: string): Promise<void>
}

export interface MadeEnvironment {
  readonly folder: string
  readonly distributions: Distributions
  readonly interpreter: Interpreter
}

/** Names of what was installed, to notice what has gone missing since. */
const contentsName = 'installed.json'

export async function madeEnvironment(
  context: InstallContext,
  wanted: WantedEnvironment,
): Promise<MadeEnvironment> {
  const { host } = context
  const interpreter = await interpreterFor(context, wanted.python)
  // Scripts hold the path of their environment, and it holds that of its interpreter.
  const key = digestOf([wanted.parts, interpreter.identity, interpreter.path, host.facts.cacheFolder])
  const folder = await context.once(`environment ${key}`, () =>
    builtFolder(context, {
      kind: 'environments',
      key,
      locked: wanted.locked,
      build: (target) => build(context, wanted, interpreter, target),
      intact: (target) => isIntact(host, target, wanted.program),
    }),
  )
  return { folder, distributions: (await installedIn(host, folder)) ?? new Map(), interpreter }
}

async function build(
  context: InstallContext,
  wanted: WantedEnvironment,
  interpreter: Interpreter,
  folder: string,
): Promise<void> {
  const uv = await openUv(context)
  await uv.run(wanted.what, [
    'venv',
    '--python',
    interpreter.path,
    '--no-project',
    '--allow-existing',
    folder,
  ])
  await wanted.install(uv, pythonOf(context.host, folder), folder)
  const distributions = [...((await installedIn(context.host, folder)) ?? [])]
  await context.host.files.write(join(folder, contentsName), JSON.stringify(distributions))
}

async function isIntact(host: Host, folder: string, program: string | undefined): Promise<boolean> {
  try {
    const script = program === undefined ? undefined : await scriptOf(host, folder, program)
    if (program !== undefined && !(await isProgram(host, script))) return false
    const noted: unknown = JSON.parse((await host.files.readText(join(folder, contentsName))) ?? '')
    const distributions = await installedIn(host, folder)
    return JSON.stringify([...(distributions ?? [])]) === JSON.stringify(noted)
  } catch {
    return false
  }
}

async function isProgram(host: Host, path: string | undefined): Promise<boolean> {
  const status = path === undefined ? undefined : await host.files.status(path)
  return status !== undefined && status.bytes > 0 && status.executable !== false
}

/** Digest of distributions and interpreter, without paths. */
export function environmentDigest(
  distributions: Distributions,
  interpreter: Pick<Interpreter, 'identity'>,
): string {
  return digestOf([[...distributions].sort(([a], [b]) => (a < b ? -1 : 1)), interpreter.identity])
}
