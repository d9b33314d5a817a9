/** Where a history is kept, under which name, and how a run is named in it. Pure. */
import { createHash } from 'node:crypto'
import type { GithubEvent } from '../host/ports.ts'
import type { RunFacts } from './history.ts'

export type HistoryPlace =
  | { readonly kind: 'off' }
  /** A folder of this machine, on GitHub brought along by the Actions cache. */
  | { readonly kind: 'cache' }
  | { readonly kind: 'branch'; readonly branch: string }

/** Reads `cache`, `off` or `branch:NAME`. */
export function parseHistoryPlace(text: string): HistoryPlace | { readonly problem: string } {
  if (text === 'cache' || text === 'off') return { kind: text }
  const branch = /^branch:(.*)$/s.exec(text)?.[1]
  if (branch === undefined) {
    return {
      problem: 'must be `cache`, `off` or `branch:` and the name of a branch, such as `branch:ci-history`',
    }
  }
  return isBranchName(branch)
    ? { kind: 'branch', branch }
    : { problem: 'needs the name of a branch after `branch:`: letters, digits, `.`, `_`, `-` and `/`' }
}

/** Narrower than git, so that a name means the same everywhere. */
function isBranchName(name: string): boolean {
  const parts = name.split('/')
  return (
    name.length <= 200 && parts.every((part) => /^\w[\w.-]*$/.test(part) && !/\.lock$|\.\.|\.$/.test(part))
  )
}

export interface SeriesParts {
  readonly action: string
  /** The input `id`. */
  readonly id: string
  readonly workflow?: string | undefined
  /** Left out where several jobs share a history: the ones that plan, run and merge shards. */
  readonly job?: string | undefined
  readonly matrix?: string | undefined
}

/** Name of the history that a use of an action writes to; usable as the name of a file and in a key. */
export function historySeries({ action, id, workflow, job, matrix }: SeriesParts): string {
  const digest = createHash('sha256').update(JSON.stringify([action, id, workflow, job, matrix]))
  const name = `${action}-${id}`.replaceAll(/[^\w.-]/g, '-').slice(0, 80)
  return `${name}-${digest.digest('hex').slice(0, 12)}`
}

/** `local` stands for the run where GitHub has started none: a random text. */
export function runIdentity(
  event: GithubEvent | undefined,
  local: string,
): Pick<RunFacts, 'run' | 'attempt' | 'branch'> {
  if (event === undefined) return { run: `local-${local}`, attempt: 1, branch: '' }
  const branch = event.ref.replace(/^refs\/(heads\/)?/, '')
  return { run: event.runId, attempt: event.runAttempt, branch }
}
