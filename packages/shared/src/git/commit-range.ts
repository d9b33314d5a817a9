/** The commits that a run is about, for scanners that look at each of them and not only at the last one. */
import { mergeGroupOf, pullRequestOf, pushOf } from '../github/event.ts'
import type { GithubEvent, Host } from '../host/ports.ts'
import type { Prose } from '../report/report.ts'
import { findBase } from './base.ts'
import { short } from './base-search.ts'
import { fetchFrom, headCommit, obtainCommit, remoteName, shallowCommits } from './commit.ts'
import type { Repository } from './repository.ts'
import { isObjectId } from './repository.ts'

export type CommitRange =
  /**
   * `commits`: those reachable from `to` and not from `from`, newest first; may be empty. `behind`: which commit a log of
   * `to` shows next after the last of them. It need not be `from`: a log goes by dates.
   */
  | {
      readonly kind: 'commits'
      readonly from: string
      readonly to: string
      readonly commits: readonly string[]
      readonly behind?: string | undefined
      readonly message: Prose
    }
  /** The whole history, which is here. */
  | { readonly kind: 'all'; readonly message: Prose }
  /** Some of the commits are not here; the sentence tells what to do. */
  | { readonly kind: 'unknown'; readonly why: Prose }

interface Ends {
  /** Undefined: from the beginning. */
  readonly from: string | undefined
  readonly to: string
  /** How many commits the event speaks of, where it does. */
  readonly expected?: number | undefined
  readonly what: string
}

const fetchMore = 'Give `actions/checkout` `fetch-depth: 0`.'

/**
 * From the payload of the event alone, without asking an API; on a laptop, what the branch adds to its base. Commits
 * that a shallow clone lacks are fetched. A range that cannot be proven to be whole is `unknown`.
 */
export async function findCommitRange(
  repository: Repository,
  host: Host,
  options: {
    readonly offline: boolean /** All commits, whatever the event is about. */
    readonly whole?: boolean
  },
): Promise<CommitRange> {
  const head = await headCommit(repository)
  if (head === undefined) return { kind: 'all', message: 'The repository has no commit yet.' }
  const ends =
    options.whole === true ? wholeHistory(head.sha) : await endsOf(repository, host, head.sha, options)
  const depths = options.offline ? [0] : [0, (ends.expected ?? 0) + 1, 'all' as const]
  for (const depth of depths) {
    await deepen(repository, ends, depth, options.offline)
    const range = await readRange(repository, ends)
    if (range !== undefined) return range
  }
  const forbidden = options.offline ? ', and `offline` forbids to fetch them' : ''
  return { kind: 'unknown', why: `The clone lacks commits of ${ends.what}${forbidden}. ${fetchMore}` }
}

/** A schedule, a release or a run by hand is about no change, and so about all of it; a first push too. */
async function endsOf(
  repository: Repository,
  host: Host,
  head: string,
  { offline }: { readonly offline: boolean },
): Promise<Ends> {
  const { event } = host.facts
  const proposed = event && endsOfProposal(event)
  if (proposed !== undefined) {
    await obtainCommit(repository, proposed.from, offline)
    return proposed
  }
  const push = event && pushOf(event)
  if (event === undefined || push?.branch !== undefined) {
    const base = await findBase(repository, host, { offline })
    const what = push?.branch === undefined ? 'this branch' : 'this push'
    const pushed = event?.payload['commits']
    const expected = Array.isArray(pushed) ? pushed.length : undefined
    if (base.kind === 'found' && base.sha !== head) return { from: base.sha, to: head, expected, what }
  }
  return wholeHistory(head)
}

function wholeHistory(head: string): Ends {
  return { from: undefined, to: head, what: 'the history' }
}

function endsOfProposal(event: GithubEvent): (Ends & { readonly from: string }) | undefined {
  const pull = pullRequestOf(event)
  if (pull !== undefined) {
    const what = `pull request ${pull.number}`
    return { from: pull.baseSha, to: pull.headSha, expected: commitsOf(event.payload['pull_request']), what }
  }
  const group = mergeGroupOf(event)
  return group && { from: group.baseSha, to: group.headSha, what: 'the merge group' }
}

function commitsOf(pull: unknown): number | undefined {
  const count = typeof pull === 'object' && pull !== null && 'commits' in pull ? pull.commits : undefined
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined
}

/** `0`: only what is missing altogether. */
async function deepen(
  repository: Repository,
  { to }: Ends,
  depth: number | 'all',
  offline: boolean,
): Promise<void> {
  if (depth === 0) {
    await obtainCommit(repository, to, offline)
    return
  }
  const remote = await remoteName(repository)
  if (remote === undefined || (await shallowCommits(repository)).size === 0) return
  const how = depth === 'all' ? ['--unshallow', remote] : [`--depth=${depth}`, remote, to]
  await fetchFrom(repository, ['--no-write-fetch-head', ...how])
}

/** Undefined where some of it may be missing. */
async function readRange(
  repository: Repository,
  { from, to, expected, what }: Ends,
): Promise<CommitRange | undefined> {
  const cut = await shallowCommits(repository)
  if (from === undefined) {
    if (cut.size > 0) return undefined
    return { kind: 'all', message: `All commits of ${what} are looked at.` }
  }
  const listed = await repository.git(['rev-list', to, '--not', from])
  if (listed.exitCode !== 0) return undefined
  const all = listed.stdout.split('\n').filter(isObjectId)
  // Where the clone was cut, the commit at the cut stands for all before it and belongs to the base.
  const commits = all.filter((commit) => !cut.has(commit))
  if (commits.length < all.length && commits.length !== expected) return undefined
  const many = commits.length === 1 ? '1 commit' : `${commits.length} commits`
  const message = `${many} of ${what} ${commits.length === 1 ? 'is' : 'are'} looked at, from ${short(from)} to ${short(to)}.`
  return { kind: 'commits', from, to, commits, behind: await commitBehind(repository, to, commits), message }
}

/** Undefined where the log ends with the last of them. */
async function commitBehind(
  repository: Repository,
  to: string,
  commits: readonly string[],
): Promise<string | undefined> {
  const wanted = new Set(commits)
  for (let most = commits.length + 500; ; most *= 8) {
    const { stdout } = await repository.git(['rev-list', `--max-count=${most}`, to])
    const log = stdout.split('\n').filter(isObjectId)
    const behind = log.findLastIndex((commit) => wanted.has(commit)) + 1
    const isWhole = log.filter((commit) => wanted.has(commit)).length === wanted.size
    if (log.length < most || (isWhole && behind < log.length)) return isWhole ? log[behind] : undefined
  }
}
