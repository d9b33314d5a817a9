/** Whose code a run may be working on, as far as what it leaves behind is concerned. */
import type { Cache, GithubEvent, Runner } from '../ports.ts'

/** Events whose code somebody with write access has put there or approved. */
const trustedEvents = [
  'push',
  'merge_group',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'release',
]

export function isTrusted(event: GithubEvent | undefined): boolean {
  return trustedEvents.includes(event?.name ?? '')
}

/**
 * A cache entry belongs to the ref of the run that saved it. GitHub gives a pull request's run a ref of its own, so
 * that nobody else can restore what it saves. `pull_request_target`, `workflow_run`, `issue_comment` and others run
 * on the default branch, whose entries everybody restores, and may have checked out anybody's code: they save nothing.
 */
export function savesOnlyWhereTrusted(cache: Cache, event: GithubEvent | undefined, runner: Runner): Cache {
  if (isTrusted(event) || event?.ref.startsWith('refs/pull/')) return cache
  return {
    ...cache,
    save: async (_, key) => {
      runner.debug(`${key} is not saved: \`${event?.name}\` runs could save for all branches.`)
      return false
    },
  }
}
