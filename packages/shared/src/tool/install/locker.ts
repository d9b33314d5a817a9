/**
 * Programs that write lock files, run on a copy of a project. npm is to be told not to run scripts; uv builds no package
 * of an index, but does build a project whose metadata is not written down, and packages from git or an address.
 */
import type { InstallContext } from './context.ts'
import { InstallError, runInstaller } from './context.ts'
import { npmCommand } from './npm-tool.ts'
import { openUv } from './uv.ts'

export interface LockRequest {
  readonly program: 'uv' | 'npm' | 'poetry'
  readonly args: readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** For sentences: the lock file. */
  readonly what: string
}

/** Throws an `InstallError` where the program refuses or is not there, `UnavailableError` where no index was reached. */
export async function runLocker(context: InstallContext, request: LockRequest): Promise<void> {
  const { program, args, cwd, what } = request
  if (program === 'uv') {
    const uv = await openUv(context)
    await uv.run(what, args, { cwd, env: { UV_NO_BUILD: '1' }, done: 'written' })
    return
  }
  const { host } = context
  const command = program === 'npm' ? await npmCommand(host, what) : await found(context, program)
  await runInstaller(context, {
    ...{ name: program, cwd, what, done: 'written' },
    command: [...command, ...args],
    env: { ...host.facts.toolEnvironment, NO_COLOR: '1' },
  })
}

async function found({ host }: InstallContext, program: string): Promise<readonly string[]> {
  const path = await host.processes.find(program, host.facts.toolEnvironment)
  if (path === undefined) throw new InstallError(`${program} is not in PATH.`)
  return [path]
}
