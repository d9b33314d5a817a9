/** Programs that the machine brings along. Nothing checks what they are; their version is what they say themselves. */
import { join } from 'node:path'
import type { InstallContext } from './context.ts'
import { InstallError } from './context.ts'
import type { InstalledTool } from './installed-tool.ts'
import { interpreterFor } from './interpreter.ts'

export interface PresentRequest {
  /** For messages. */
  readonly name: string
  readonly executable: string
  readonly versionArgs?: readonly string[] | undefined
  /** Interpreter of the project's own environment; absent without one. */
  readonly python?: string | undefined
}

/** Throws an `InstallError` where it is not in PATH. */
export async function findPresentTool(
  context: InstallContext,
  request: PresentRequest,
): Promise<InstalledTool> {
  const found = await presentTool(context, request)
  if (found === undefined)
    throw new InstallError(`${request.name}: there is no \`${request.executable}\` in PATH.`)
  return found
}

/** Undefined where it is not in PATH. */
export async function presentTool(
  context: InstallContext,
  { executable, versionArgs = ['--version'], python }: PresentRequest,
): Promise<InstalledTool | undefined> {
  const { host } = context
  const env = host.facts.toolEnvironment
  // Many machines have `python3` alone.
  const program =
    executable === 'python'
      ? (await interpreterFor(context, python)).path
      : await host.processes.find(executable, env)
  if (program === undefined) return undefined
  const said = await host.processes.run({
    command: program,
    args: versionArgs,
    cwd: join(host.facts.temporary),
    env,
    timeoutMs: 30_000,
    maxBytes: 100_000,
  })
  const version = /\d+(?:\.\d+)+[\w.+-]*/.exec(said.stdout || said.stderr)?.[0] ?? 'unknown'
  return {
    command: [program],
    version,
    versionSource: 'path',
    versionFrom: executable,
    digest: said.stdout,
    notices: [],
  }
}
