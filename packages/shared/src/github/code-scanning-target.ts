/** Where code scanning is to put what was found. Pure. */
import type { GithubEvent } from '../host/ports.ts'
import { pullRequestOf } from './event.ts'

export interface CodeScanningTarget {
  readonly sha: string
  readonly ref: string
}

/**
 * `head`: the commit that is checked out, where it is known. A pull request's results belong to it, as merge or as head,
 * whichever was scanned; put on a branch, its findings would be alerts of that branch. Text: why there is no such place,
 * without a full stop.
 */
export function codeScanningTarget(
  event: GithubEvent,
  head: string | undefined,
): CodeScanningTarget | string {
  const pull = pullRequestOf(event)
  const sha = head ?? event.sha
  const ref = refOf(sha)
  if (ref === undefined)
    return `the scanned commit ${sha.slice(0, 7)} is not that of the event, ${event.sha.slice(0, 7)}; upload \`results.sarif\` in a step of its own, which can say what branch it belongs to`
  return /^refs\/(?:heads|tags|pull)\/./.test(ref)
    ? { sha, ref }
    : `the event \`${event.name}\` belongs to no branch, tag or pull request`

  function refOf(commit: string): string | undefined {
    if (commit === event.sha) return event.ref
    if (commit === pull?.headSha) return `refs/pull/${pull.number}/head`
    return commit === pull?.mergeSha ? `refs/pull/${pull?.number}/merge` : undefined
  }
}
