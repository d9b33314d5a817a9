/** What a workflow's event says about the change, each value checked: a payload is data from outside. Pure. */
import type { GithubEvent } from '../host/ports.ts'

export interface PullRequest {
  readonly number: number
  readonly headSha: string
  readonly baseRef: string
  readonly baseSha: string
  /** The commit that merges head into base for testing; may be older than what is checked out. */
  readonly mergeSha: string | undefined
  /** The head lives in another repository, or in one that is gone. */
  readonly fork: boolean
}

export interface Push {
  /** Undefined where the branch or tag was created by this push. */
  readonly before: string | undefined
  readonly branch: string | undefined
}

export interface MergeGroup {
  readonly baseSha: string
  readonly headSha: string
  readonly baseRef: string
}

/** The pull request of `pull_request`, `pull_request_target` and the reviews; undefined for other events. */
export function pullRequestOf(event: GithubEvent): PullRequest | undefined {
  const pull = recordAt(event.payload, 'pull_request')
  const head = recordAt(pull, 'head')
  const base = recordAt(pull, 'base')
  const number = numberAt(pull, 'number')
  const headSha = shaAt(head, 'sha')
  const baseSha = shaAt(base, 'sha')
  const baseRef = baseBranchOf(event)
  if (!number || !headSha || !baseSha || !baseRef) return undefined
  const from = textAt(recordAt(head, 'repo'), 'full_name')
  const into = textAt(recordAt(base, 'repo'), 'full_name') ?? event.repository
  return {
    number,
    headSha,
    baseRef,
    baseSha,
    mergeSha: shaAt(pull, 'merge_commit_sha'),
    fork: from?.toLowerCase() !== into.toLowerCase(),
  }
}

/** The branch that a pull request goes to; undefined for events that are about none. */
export function baseBranchOf(event: GithubEvent): string | undefined {
  return branchName(recordAt(recordAt(event.payload, 'pull_request'), 'base')?.['ref'])
}

/** Whether the run judges a proposed change, rather than the state of a branch. On a laptop it does. */
export function isProposal(event: GithubEvent | undefined): boolean {
  return event === undefined || ['pull_request', 'pull_request_target', 'merge_group'].includes(event.name)
}

export function pushOf(event: GithubEvent): Push | undefined {
  if (event.name !== 'push') return undefined
  const before = shaAt(event.payload, 'before')
  return {
    before: before && /^0+$/.test(before) ? undefined : before,
    branch: event.ref.startsWith('refs/heads/') ? branchName(event.ref) : undefined,
  }
}

export function mergeGroupOf(event: GithubEvent): MergeGroup | undefined {
  const group = recordAt(event.payload, 'merge_group')
  const baseSha = shaAt(group, 'base_sha')
  const headSha = shaAt(group, 'head_sha')
  const baseRef = branchName(group?.['base_ref'])
  return baseSha && headSha && baseRef ? { baseSha, headSha, baseRef } : undefined
}

export function defaultBranchOf(event: GithubEvent): string | undefined {
  return branchName(recordAt(event.payload, 'repository')?.['default_branch'])
}

/**
 * The commit that a check run belongs to, so that people see it: the head of the pull request, not the merge
 * commit that was checked out. For `workflow_run` it is the commit of the run that started this one.
 */
export function checkedShaOf(event: GithubEvent): string {
  const run = shaAt(recordAt(event.payload, 'workflow_run'), 'head_sha')
  return pullRequestOf(event)?.headSha ?? mergeGroupOf(event)?.headSha ?? run ?? event.sha
}

/** Number of the pull request that a comment goes to; undefined where the event belongs to none. */
export function pullRequestNumberOf(event: GithubEvent): number | undefined {
  const issue = recordAt(event.payload, 'issue')
  const commented = recordAt(issue, 'pull_request') ? numberAt(issue, 'number') : undefined
  return pullRequestOf(event)?.number ?? commented ?? numberOfRun(event)
}

/** `workflow_run` lists the pull requests of its branch, those from forks left out. */
function numberOfRun(event: GithubEvent): number | undefined {
  const pulls = recordAt(event.payload, 'workflow_run')?.['pull_requests']
  if (!Array.isArray(pulls) || pulls.length !== 1) return undefined
  const only: unknown = pulls[0]
  return isRecord(only) ? numberAt(only, 'number') : undefined
}

/** The token of this run may only read: a pull request from a fork, or one of Dependabot's. */
export function hasReadOnlyToken(event: GithubEvent): boolean {
  if (event.name === 'pull_request_target') return false
  return pullRequestOf(event)?.fork === true || event.actor === 'dependabot[bot]'
}

type Json = Readonly<Record<string, unknown>>

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function recordAt(from: Json | undefined, name: string): Json | undefined {
  const value = from?.[name]
  return isRecord(value) ? value : undefined
}

function textAt(from: Json | undefined, name: string): string | undefined {
  const value = from?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberAt(from: Json | undefined, name: string): number | undefined {
  const value = from?.[name]
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function shaAt(from: Json | undefined, name: string): string | undefined {
  const value = textAt(from, name)
  return value && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : undefined
}

/** A branch that can stand in a ref and on git's command line (git-check-ref-format, as far as it matters). */
function branchName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const name = value.replace(/^refs\/heads\//, '')
  const allowed = /^[^\s~^:?*[\\\p{Cc}]{1,255}$/u.test(name)
  return allowed && !/^[-/]|\.\.|@\{|\/$|\.lock$/.test(name) ? name : undefined
}

/** Page of a file at the commit that is judged, with `{path}` and `{line}`; undefined where GitHub started nothing. */
export function sourceLink(event: GithubEvent | undefined): string | undefined {
  if (event === undefined) return undefined
  return `${event.serverUrl}/${event.repository}/blob/${event.sha}/{path}#L{line}`
}
