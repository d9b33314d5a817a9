/** The base: the commit that a change is compared with. docs/base.md is the same in words. */

import type { PullRequest, Push } from '../github/event.ts'
import { defaultBranchOf, mergeGroupOf, pullRequestOf, pushOf } from '../github/event.ts'
import type { GithubEvent, Host } from '../host/ports.ts'
import type { Base, Search } from './base-search.ts'
import {
  againstBranch,
  findMergeBase,
  firstParent,
  fromMergeBase,
  given,
  none,
  obtained,
  short,
} from './base-search.ts'
import { headCommit, overNetwork, remoteName } from './commit.ts'
import { findLocalBase, findWantedBase } from './local-base.ts'
import type { Repository } from './repository.ts'

export type { Base } from './base-search.ts'

/**
 * Finds the base for the event that started the run, or, without one, for the branch of a laptop, and fetches
 * that commit if it is missing. `wanted` (a branch, tag or commit) goes before all of that.
 *
 * Never throws for what a clone lacks: `why` then tells what to do.
 */
export async function findBase(
  repository: Repository,
  host: Host,
  options: { readonly wanted?: string | undefined; readonly offline: boolean },
): Promise<Base> {
  const head = await headCommit(repository)
  if (!head) return { ...none('the repository has no commit yet.'), firstRun: true }
  const search: Search = { repository, host, head, offline: options.offline }
  if (options.wanted) return findWantedBase(search, options.wanted)
  const event = host.facts.event
  return event ? findEventBase(search, event) : findLocalBase(search)
}

async function findEventBase(search: Search, event: GithubEvent): Promise<Base> {
  const pull = pullRequestOf(event)
  if (pull) return findPullRequestBase(search, event, pull)
  const push = pushOf(event)
  if (push) return findPushBase(search, event, push)
  const group = mergeGroupOf(event)
  if (group) {
    const words = `Base is \`${group.baseRef}\` at ${short(group.baseSha)}, on which the merge queue put this group.`
    return obtained(search, group.baseSha, words, group.baseRef)
  }
  return findDefaultBranchBase(search, event)
}

async function findPullRequestBase(search: Search, event: GithubEvent, pull: PullRequest): Promise<Base> {
  const [base] = search.head.parents
  if (base !== undefined && isTestMerge(search, event, pull)) {
    const words = `Base is \`${pull.baseRef}\` at ${short(base)}, the merge commit's first parent.`
    return obtained(search, base, words, pull.baseRef)
  }
  const found = await againstBranch(search, pull.baseRef)
  if (found.kind !== 'found' || found.sha !== search.head.sha) return found
  const target = event.name === 'pull_request_target'
  const advice = target
    ? ': `pull_request_target` checks out the base branch unless `ref` says otherwise'
    : ''
  return given(found.sha, `\`${pull.baseRef}\` itself is checked out${advice}; nothing is new.`, pull.baseRef)
}

/**
 * Whether the commit that GitHub made to test the merge is checked out. Its id tells, not its shape alone: the
 * author of a pull request could push a merge commit with a first parent that hides the change.
 */
function isTestMerge(search: Search, event: GithubEvent, pull: PullRequest): boolean {
  const { sha, parents } = search.head
  if (parents.length !== 2 || sha === pull.headSha) return false
  return (sha === event.sha && /^refs\/pull\/\d+\/merge$/.test(event.ref)) || sha === pull.mergeSha
}

/**
 * On the default branch a push brings what is between its two ends. On any other branch the whole branch is on
 * trial, as in its pull request: else a bad commit would turn green with the next harmless one.
 */
async function findPushBase(search: Search, event: GithubEvent, push: Push): Promise<Base> {
  if (push.branch === undefined) return findDefaultBranchBase(search, event)
  const main = await defaultBranch(search, event)
  if (main !== undefined && push.branch !== main) {
    const found = await findMergeBase(search, main)
    if (found.kind !== 'unrelated' || push.before === undefined) return fromMergeBase(search, found, main)
  }
  const { before } = push
  if (before === undefined && main === undefined) return againstDefault(search, main)
  if (before === undefined) return { ...none('nothing was on this branch before.'), firstRun: true }
  const words = `Base is ${short(before)}, where \`${push.branch}\` was before this push.`
  return obtained(search, before, words, push.branch)
}

/** Runs that no change started (schedule, release, tag, by hand): on the default branch, its last step. */
async function findDefaultBranchBase(search: Search, event: GithubEvent): Promise<Base> {
  const found = await againstDefault(search, await defaultBranch(search, event))
  return found.kind === 'found' && found.sha === search.head.sha ? firstParent(search) : found
}

function againstDefault(search: Search, branch: string | undefined): Promise<Base> | Base {
  if (branch !== undefined) return againstBranch(search, branch)
  return none('the default branch is not known. Name the commit or branch to compare with in `base`.')
}

/** From the payload; a scheduled run may have none, then from the remote. */
async function defaultBranch(search: Search, event: GithubEvent): Promise<string | undefined> {
  const named = defaultBranchOf(event)
  if (named !== undefined || search.offline) return named
  const remote = await remoteName(search.repository)
  if (!remote) return undefined
  const answer = await overNetwork(search.repository, ['ls-remote', '--symref', remote, 'HEAD'])
  return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(answer.stdout)?.[1]
}
