import { rmSync } from 'node:fs'
import { mkdtemp, realpath, stat } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The top of the working tree that holds `cwd`, by its `.git` (a file in worktrees and submodules); else `cwd`. */
export async function findWorkspace(cwd: string): Promise<string> {
  const start = await realpath(resolve(cwd))
  for (let folder = start; ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) return start
  }
}

/** Where the platform keeps what may be deleted at any time. A relative XDG_CACHE_HOME does not count, as its specification says. */
export function userCacheFolder(
  env: Environment,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  const xdg = env['XDG_CACHE_HOME'] ?? ''
  if (isAbsolute(xdg)) return join(xdg, 'ci-actions')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ci-actions')
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'ci-actions')
  return join(home, '.cache', 'ci-actions')
}

/** Gone when the process ends. */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ci-actions-')))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
