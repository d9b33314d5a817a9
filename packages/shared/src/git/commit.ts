/** Commits: what is checked out, what is here, and how one that is not here is brought. */
import type { GitAnswer, Repository } from './repository.ts'
import { gitReason, isObjectId } from './repository.ts'

export interface Commit {
  readonly sha: string
  readonly parents: readonly string[]
}

/** The commit checked out; undefined where there is none yet. */
export async function headCommit(repository: Repository): Promise<Commit | undefined> {
  const sha = await resolveCommit(repository, 'HEAD')
  return sha === undefined ? undefined : readCommit(repository, sha)
}

/** Parents come from the commit object itself, so they are known in a clone of depth one too. */
async function readCommit(repository: Repository, sha: string): Promise<Commit> {
  const { stdout } = await repository.git(['cat-file', 'commit', sha])
  const headers = stdout.split('\n\n', 1)[0] ?? ''
  const parents = [...headers.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, parent]) => parent ?? [])
  return { sha, parents }
}

/** The commit that `revision` names in this repository; undefined where it names none. */
export async function resolveCommit(repository: Repository, revision: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const sha = (await repository.git(args)).stdout.trim()
  return isObjectId(sha) ? sha : undefined
}

/** Commits whose parents were cut off by a shallow clone; empty in a complete one. */
export async function shallowCommits(
  repository: Repository,
  options: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const path = await repository.git([
    ...options,
    'rev-parse',
    '--path-format=absolute',
    '--git-path',
    'shallow',
  ])
  const text = await repository.files.readText(path.stdout.replace(/\n$/, ''))
  return new Set((text ?? '').split('\n').filter(isObjectId))
}

/** The remote that commits are fetched from. */
export async function remoteName(repository: Repository): Promise<string | undefined> {
  const names = (await repository.git(['remote'])).stdout.split('\n').filter((name) => name !== '')
  return names.includes('origin') ? 'origin' : names[0]
}

/** `why` is undefined when the commit is there. */
export interface Obtained {
  readonly why?: string | undefined
}

/**
 * Makes sure that the commit and its files are here. What is missing is fetched by itself, without history, in
 * a shallow clone; in a complete clone with its history, because one shallow commit makes the whole clone shallow.
 */
export async function obtainCommit(repository: Repository, sha: string, offline: boolean): Promise<Obtained> {
  if (await hasCommit(repository, sha)) return {}
  if (offline) return { why: 'it is not in this clone, and `offline` forbids to fetch it' }
  const remote = await remoteName(repository)
  if (!remote) return { why: 'it is not in this clone, which has no remote to fetch it from' }
  const depth = (await shallowCommits(repository)).size > 0 ? ['--depth=1'] : []
  const answer = await fetchFrom(repository, [...depth, '--no-write-fetch-head', remote, sha])
  if (await hasCommit(repository, sha)) return {}
  return { why: `it is not in this clone and could not be fetched (\`${gitReason(answer)}\`)` }
}

async function hasCommit(repository: Repository, sha: string): Promise<boolean> {
  return (await repository.git(['cat-file', '-e', `${sha}^{commit}`])).exitCode === 0
}

const fetchTimeoutMs = 5 * 60_000

/** `git fetch` with the token, and, where that is refused, with what the checkout or the user has set up. */
export async function fetchFrom(
  repository: Repository,
  args: readonly string[],
  options: readonly string[] = [],
): Promise<GitAnswer> {
  return overNetwork(repository, [
    ...options,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    ...args,
  ])
}

export async function overNetwork(repository: Repository, args: readonly string[]): Promise<GitAnswer> {
  if (repository.hasToken) {
    const answer = await repository.git(args, { network: 'token', timeoutMs: fetchTimeoutMs })
    if (answer.exitCode === 0) return answer
  }
  return repository.git(args, { network: 'own', timeoutMs: fetchTimeoutMs })
}
