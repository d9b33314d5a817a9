/** What differs between two folders, as a patch that `git apply` takes. */
import { UnavailableError } from '../action/errors.ts'
import type { Host } from '../host/ports.ts'
import { fixedEnvironment, fixedOptions } from './environment.ts'
import { gitReason } from './repository.ts'

/** Lock files of large projects are a few megabytes. */
const maxBytes = 64 * 1024 * 1024

/**
 * `folder` holds the old files in `a` and the new ones in `b`; `path` is the same in both. Empty where nothing differs.
 * Neither has to belong to a repository. `context`: unchanged lines around each change; `git apply` wants at least one.
 */
export async function diffFolders(
  host: Host,
  {
    folder,
    path,
    context = 3,
  }: { readonly folder: string; readonly path: string; readonly context?: number },
): Promise<string> {
  const result = await host.processes.run({
    command: 'git',
    args: [
      ...[...fixedOptions, '-c', 'core.autocrlf=false', '-c', 'core.safecrlf=false'],
      ...['diff', '--no-index', '--no-prefix', '--no-color', '--no-ext-diff', '--no-textconv', '--text'],
      `--unified=${context}`,
      ...['--', `a/${path}`, `b/${path}`],
    ],
    cwd: folder,
    env: { ...host.facts.toolEnvironment, ...fixedEnvironment },
    timeoutMs: 60_000,
    maxBytes,
  })
  if (result.ended === 'exited' && (result.exitCode === 0 || result.exitCode === 1) && !result.truncated)
    return result.stdout
  const { exitCode = -1, stdout, stderr, startError } = result
  throw new UnavailableError('a patch by git', startError ?? gitReason({ exitCode, stdout, stderr }))
}
