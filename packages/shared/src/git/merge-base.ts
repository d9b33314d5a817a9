/** The merge base of two commits where the clone may be too shallow to know it. */
import type { GithubApi } from '../host/ports.ts'
import { fetchFrom, remoteName, resolveCommit, shallowCommits } from './commit.ts'
import type { Repository } from './repository.ts'
import { gitReason, isObjectId } from './repository.ts'

export type MergeBase =
  | { readonly kind: 'found'; readonly sha: string }
  /** The histories have no commit in common. */
  | { readonly kind: 'unrelated' }
  | { readonly kind: 'unknown'; readonly why: string }

const cutOff: MergeBase = { kind: 'unknown', why: 'the clone is too shallow to tell' }

/**
 * The merge base as far as the commits that are here prove it. In a shallow clone a common ancestor counts
 * only if nothing between it and the two commits was cut off: behind the cut there may be a nearer one.
 */
export async function mergeBaseHere(
  repository: Repository,
  one: string,
  other: string,
  options: readonly string[] = [],
): Promise<MergeBase> {
  const cut = await shallowCommits(repository, options)
  const answer = await repository.git([...options, 'merge-base', one, other])
  const sha = answer.stdout.trim()
  if (!isObjectId(sha)) return answer.exitCode === 1 && cut.size === 0 ? { kind: 'unrelated' } : cutOff
  if (cut.size === 0) return { kind: 'found', sha }
  const between = await repository.git([...options, 'rev-list', one, other, '--not', sha])
  const proven = between.exitCode === 0 && !between.stdout.split('\n').some((commit) => cut.has(commit))
  return proven ? { kind: 'found', sha } : cutOff
}

/** The merge base as GitHub computes it; undefined where GitHub cannot be asked or does not know the commit. */
export async function mergeBaseOnGithub(
  api: GithubApi,
  repository: string,
  branch: string,
  sha: string,
): Promise<string | undefined> {
  const path = `/repos/${repository}/compare/${encodeURIComponent(branch)}...${sha}`
  // The first page carries up to 300 files with their patches; the following ones do not.
  for (const page of [2, 1]) {
    const answer = await api.request<unknown>('GET', `${path}?per_page=1&page=${page}`).catch(() => undefined)
    if (answer === undefined) return undefined
    const found = mergeBaseCommit(answer)
    if (found) return found
  }
  return undefined
}

function mergeBaseCommit(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('merge_base_commit' in answer)) return undefined
  const commit = answer.merge_base_commit
  if (typeof commit !== 'object' || commit === null || !('sha' in commit)) return undefined
  return isObjectId(commit.sha) ? commit.sha : undefined
}

/** How many commits of each line of history are asked for, one try after the other; the last is all of them. */
const depths = [64, 1024, 0x7fffffff]

/**
 * The merge base of a commit and a branch of the remote, from a scratch repository that receives commits only,
 * no trees and no files. The user's clone stays as shallow as it was.
 */
export async function mergeBaseFromRemote(
  repository: Repository,
  sha: string,
  branch: string,
): Promise<MergeBase> {
  const remote = await remoteName(repository)
  if (!remote) return { kind: 'unknown', why: 'the clone has no remote' }
  const url = (await repository.git(['remote', 'get-url', remote])).stdout.replace(/\n$/, '')
  const folder = repository.temporaryPath('history')
  const scratch = ['--git-dir', folder]
  try {
    await repository.git(['init', '--quiet', '--bare', '--template=', folder])
    await repository.git([...scratch, 'remote', 'add', 'origin', url])
    return await deepen(repository, sha, branch, scratch)
  } finally {
    await repository.files.remove(folder)
  }
}

async function deepen(
  repository: Repository,
  sha: string,
  branch: string,
  scratch: readonly string[],
): Promise<MergeBase> {
  const refs = [`+${sha}:refs/scratch/head`, `+${branch}:refs/scratch/base`]
  let found: MergeBase = cutOff
  for (const depth of depths) {
    const args = ['--filter=tree:0', `--depth=${depth}`, 'origin', ...refs]
    const answer = await fetchFrom(repository, args, scratch)
    if (answer.exitCode !== 0) return { kind: 'unknown', why: gitReason(answer) }
    found = await mergeBaseHere(repository, 'refs/scratch/head', 'refs/scratch/base', scratch)
    if (found.kind !== 'unknown') return found
  }
  return found
}

/** The tip of a branch of the remote as of the last fetch, if it was fetched. */
export async function trackedTip(repository: Repository, branch: string): Promise<string | undefined> {
  const remote = await remoteName(repository)
  return remote === undefined ? undefined : resolveCommit(repository, `refs/remotes/${remote}/${branch}`)
}
