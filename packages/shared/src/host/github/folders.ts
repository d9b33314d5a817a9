import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { GithubEvent } from '../ports.ts'
import { isTrusted } from './trust.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Folders {
  readonly workspace: string
  readonly temporary: string
  readonly cacheFolder: string
}

export async function prepareFolders(env: Environment, event: GithubEvent | undefined): Promise<Folders> {
  const runnerTemp = env['RUNNER_TEMP'] || tmpdir()
  const temporary = join(runnerTemp, `ci-actions-${randomBytes(8).toString('hex')}`)
  await mkdir(temporary, { recursive: true, mode: 0o700 })
  return {
    workspace: await withoutLinks(resolve(env['GITHUB_WORKSPACE'] || process.cwd())),
    temporary: await withoutLinks(temporary),
    cacheFolder: await firstWritable(cacheFolders(env, event, runnerTemp)),
  }
}

/**
 * On a hosted runner one fixed path, because the Actions cache finds an entry only by the path that it was saved
 * from. A self-hosted runner keeps the folder, so there each repository has its own, and pull requests one apart
 * from trusted branches: nothing that a pull request writes may be believed later.
 */
function cacheFolders(env: Environment, event: GithubEvent | undefined, runnerTemp: string): string[] {
  const hosted = env['RUNNER_ENVIRONMENT'] === 'github-hosted'
  const trust = isTrusted(event) ? 'trusted' : 'untrusted'
  const repository = (event?.repository ?? '').replaceAll(/[^\w.-]+/g, '-') || 'none'
  const name = hosted ? ['ci-actions'] : ['ci-actions', repository, trust]
  return [env['RUNNER_TOOL_CACHE'], runnerTemp].flatMap((root) => (root ? [join(root, ...name)] : []))
}

async function firstWritable(folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.W_OK)
      return folder
    } catch {
      // The next one.
    }
  }
  throw new Error(`No folder for caches can be written: ${folders.join(', ')}`)
}

/** Tools print resolved paths. On Windows that could turn a drive into a network path, so not there. */
async function withoutLinks(path: string): Promise<string> {
  if (process.platform === 'win32') return path
  return realpath(path).catch(() => path)
}
