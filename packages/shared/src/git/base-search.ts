/** What the ways to a base have in common: its form, and how a merge base is found and brought. */
import type { Host } from '../host/ports.ts'
import type { Prose } from '../report/report.ts'
import type { Commit } from './commit.ts'
import { obtainCommit } from './commit.ts'
import type { MergeBase } from './merge-base.ts'
import { mergeBaseFromRemote, mergeBaseHere, mergeBaseOnGithub, trackedTip } from './merge-base.ts'
import type { Repository } from './repository.ts'

export type Base =
  | {
      readonly kind: 'found'
      /** Its commit and the way to its files are in the clone. */
      readonly sha: string
      /** The branch it belongs to, where one is meant. */
      readonly ref?: string
      readonly message: Prose
    }
  | {
      readonly kind: 'none'
      /** A sentence that tells what to do. */
      readonly why: Prose
      /** There is nothing older to compare with, so nothing is wrong. */
      readonly firstRun?: boolean
    }

export interface Search {
  readonly repository: Repository
  readonly host: Host
  readonly head: Commit
  readonly offline: boolean
}

export function none(why: string): { readonly kind: 'none'; readonly why: string } {
  return { kind: 'none', why: why.charAt(0).toUpperCase() + why.slice(1) }
}

export function given(sha: string, message: string, ref?: string): Base {
  return { kind: 'found', sha, message, ...(ref === undefined ? {} : { ref }) }
}

export function short(sha: string): string {
  return sha.slice(0, 7)
}

const fetchMore =
  'Give `actions/checkout` `fetch-depth: 0`, or the action a `token` with `contents: read`; or name a commit in `base`.'

/** The base is `sha` if it is here or can be fetched. */
export async function obtained(search: Search, sha: string, message: string, ref?: string): Promise<Base> {
  const { why } = await obtainCommit(search.repository, sha, search.offline)
  return why === undefined
    ? given(sha, message, ref)
    : none(`the base is commit ${short(sha)}, but ${why}. ${fetchMore}`)
}

export async function firstParent(search: Search): Promise<Base> {
  const [parent] = search.head.parents
  if (parent === undefined) return { ...none('this is the first commit of the repository.'), firstRun: true }
  return obtained(search, parent, `Base is ${short(parent)}, the first parent of the commit checked out.`)
}

/** The base is where the commit checked out left a branch of the remote, wherever that branch is by now. */
export async function againstBranch(search: Search, branch: string): Promise<Base> {
  const found = await findMergeBase(search, branch)
  return fromMergeBase(search, found, branch)
}

export async function fromMergeBase(search: Search, found: MergeBase, branch: string): Promise<Base> {
  if (found.kind === 'unrelated')
    return none(`the commit checked out has no history in common with \`${branch}\`.`)
  if (found.kind === 'unknown') {
    return none(`the merge base with \`${branch}\` cannot be found: ${found.why}. ${fetchMore}`)
  }
  const itself = found.sha === search.head.sha
  const words = itself
    ? `The commit checked out, ${short(found.sha)}, is part of \`${branch}\`; no commit is new.`
    : `Base is ${short(found.sha)}, the merge base with \`${branch}\`.`
  return obtained(search, found.sha, words, branch)
}

/**
 * The merge base of the commit checked out and a branch of the remote (or a tag, by its full ref). Asks the
 * clone, then GitHub, then the remote: the cheapest first.
 */
export async function findMergeBase(search: Search, branch: string): Promise<MergeBase> {
  const { repository, host, head, offline } = search
  const tip = await trackedTip(repository, branch)
  const here = tip === undefined ? undefined : await mergeBaseHere(repository, head.sha, tip)
  if (here && here.kind !== 'unknown') return here
  if (offline)
    return {
      kind: 'unknown',
      why: 'the clone does not hold enough history, and `offline` forbids to fetch it',
    }
  const event = host.facts.event
  if (host.github && event) {
    const sha = await mergeBaseOnGithub(host.github, event.repository, branch, head.sha)
    if (sha !== undefined) return { kind: 'found', sha }
  }
  return mergeBaseFromRemote(repository, head.sha, branch)
}
