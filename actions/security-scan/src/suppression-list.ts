/** The suppressions of a run: from the policy file's section and from the file beside it. */
import { join } from 'node:path'
import type { CheckContext, Host, Lifetimes, SuppressionEntry } from '@ci-actions/shared'
import {
  dayOf,
  findPolicy,
  longestLifetime,
  policyPaths,
  readLifetimes,
  readSuppressions,
  readSuppressionsFile,
  suppressionPaths,
  UserError,
} from '@ci-actions/shared'

export interface SuppressionList {
  readonly entries: readonly SuppressionEntry[]
  readonly lifetimes: Lifetimes
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
}

type Policy = Readonly<Record<string, unknown>>

/** For `problems` of the action: what is wrong with the keys of the policy file's section. Pure. */
export function suppressionProblems(policy: Policy, now: number): readonly string[] {
  const { lifetimes, problems } = readLifetimes(policy['suppression-limits'])
  const dates = { today: dayOf(now), longestDays: longestLifetime(lifetimes) }
  const source = { path: policyPaths[0], data: policy['suppressions'] }
  return [...problems, ...readSuppressions([source], dates).problems]
}

/**
 * With `policy-ref: base` both are those of the base. Throws a `UserError` with everything that is wrong, and an
 * `UnavailableError` where the base is wanted and not to be had.
 */
export async function loadSuppressions(context: CheckContext): Promise<SuppressionList> {
  const { host, inputs, policy } = context
  const today = dayOf(host.clock.now())
  const { lifetimes, problems: wrongLifetimes } = readLifetimes(policy['suppression-limits'])
  const { source: found } = await findPolicy(
    host,
    {
      ref: inputs['policy-ref'],
      base: inputs.base,
      token: inputs.token,
      workingDirectory: inputs['working-directory'],
      offline: inputs.offline,
    },
    suppressionPaths,
  )
  const file = found === undefined ? undefined : readSuppressionsFile(found)
  const lists = [
    { path: await policyPath(host), data: policy['suppressions'] },
    ...(file === undefined ? [] : [{ ...file.source, path: withoutRef(file.source.path) }]),
  ]
  const dates = { today, longestDays: longestLifetime(lifetimes) }
  const { entries, problems } = readSuppressions(lists, dates)
  const all = [...wrongLifetimes, ...(file?.problems ?? []), ...problems]
  if (all.length > 0) throw new UserError(all)
  return { entries, lifetimes, today }
}

/** Which of the spellings is in use, for messages. */
async function policyPath({ files, facts }: Host): Promise<string> {
  for (const path of policyPaths)
    if ((await files.status(join(facts.workspace, path))) !== undefined) return path
  return policyPaths[0]
}

function withoutRef(path: string): string {
  return suppressionPaths.find((known) => path.startsWith(known)) ?? path
}
