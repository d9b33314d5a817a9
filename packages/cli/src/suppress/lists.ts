/** The lists of suppressions of a working tree, and which of them a new entry goes to. */
import type { Lifetimes, SuppressionEntry, SuppressionSource } from '@ci-actions/shared'
import {
  isRecord,
  longestLifetime,
  messageOf,
  parseYaml,
  policyOfHead,
  policyPaths,
  readLifetimes,
  readSuppressions,
  readSuppressionsFile,
  suppressionPaths,
  UserError,
} from '@ci-actions/shared'
import type { Host } from '@ci-actions/shared/host'

export interface SuppressionLists {
  readonly entries: readonly SuppressionEntry[]
  readonly lifetimes: Lifetimes
  readonly target: {
    /** Relative to the workspace. */
    readonly path: string
    /** Empty where there is no such file yet. */
    readonly text: string
    /** Keys that lead to the list. */
    readonly section: readonly string[]
  }
}

/** Throws a `UserError` for lists that have to be mended before something is added to them. */
export async function readLists(host: Host, today: string): Promise<SuppressionLists> {
  const { workspace } = host.facts
  const policy = await policyOfHead(host, workspace, policyPaths)
  const file = await policyOfHead(host, workspace, suppressionPaths)
  const section = policy === undefined ? {} : sectionOf(policy.path, policy.text)
  const inPolicy = section['suppressions'] !== undefined && policy !== undefined
  const { lifetimes, problems: wrongLifetimes } = readLifetimes(section['suppression-limits'])
  const read = file === undefined ? undefined : readSuppressionsFile(file)
  const sources: readonly SuppressionSource[] = [
    ...(inPolicy ? [{ path: policy.path, data: section['suppressions'] }] : []),
    ...(read === undefined ? [] : [read.source]),
  ]
  const { entries, problems } = readSuppressions(sources, { today, longestDays: longestLifetime(lifetimes) })
  const all = [...wrongLifetimes, ...(read?.problems ?? []), ...problems]
  if (all.length > 0) throw new UserError(all)
  const target = inPolicy
    ? { ...policy, section: ['security-scan', 'suppressions'] }
    : { ...(file ?? { path: suppressionPaths[0], text: '' }), section: ['suppressions'] }
  return { entries, lifetimes, target }
}

function sectionOf(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const root = parseYaml(text)
    const section = isRecord(root) ? root['security-scan'] : undefined
    return isRecord(section) ? section : {}
  } catch (error) {
    throw new UserError(`\`${path}\` is not valid YAML: ${messageOf(error)}.`)
  }
}
