/** Which entries a command comes to. Pure. */
import type { Lifetimes, NewSuppression, Proposal, Severity, SuppressionEntry } from '@ci-actions/shared'
import {
  addDays,
  identityProblems,
  isDay,
  justifications,
  nearestIdentity,
  proposedIdentities,
  readSuppressions,
  suppressionStatuses,
} from '@ci-actions/shared'
import type { SuppressArguments } from './arguments.ts'
import type { LastResult } from './last-result.ts'

export interface SuppressSituation {
  readonly today: string
  readonly lifetimes: Lifetimes
  readonly entries: readonly SuppressionEntry[]
  readonly result: LastResult | undefined
}

export interface Decided {
  readonly wanted: readonly NewSuppression[]
  /** What is wrong, or was left out, as sentences. */
  readonly problems: readonly string[]
}

export function decideOne(given: SuppressArguments, situation: SuppressSituation): Decided {
  const { identity = '', reason = '', owner = '' } = given
  const { today, lifetimes, result } = situation
  const severity = severityOf(identity, situation)
  const latest = addDays(today, lifetimes[severity])
  const problems = [
    ...identityProblems(identity).map((problem) => `${capital(problem)}.`),
    ...existing(identity, situation),
    ...unknownRisk(identity, result),
    ...dayProblems(given.expires, { today, latest, severity }),
  ]
  const entry = entryOf(given, { id: identity, reason, owner, expires: given.expires ?? latest })
  return problems.length > 0 ? { wanted: [], problems } : checked([entry], situation)
}

/** An entry for each risk that a proposal is about; what lacks something is told, never made up. */
export function decideImport(
  given: SuppressArguments,
  proposals: readonly Proposal[],
  situation: SuppressSituation,
): Decided {
  const wanted = new Map<string, NewSuppression>()
  const problems: string[] = []
  for (const proposal of proposals) {
    const identities = proposedIdentities(proposal, situation.result?.risks ?? [])
    const reason = proposal.reason ?? given.reason
    const why = leftOut(proposal, { identities, reason, today: situation.today })
    if (why !== undefined) problems.push(`${proposal.origin}: left out, since ${why}.`)
    if (why !== undefined || reason === undefined) continue
    for (const id of identities) {
      if (wanted.has(id) || situation.entries.some((entry) => entry.id === id)) continue
      const latest = addDays(situation.today, situation.lifetimes[severityOf(id, situation)])
      const asked = proposal.expires ?? given.expires ?? latest
      const expires = asked < latest ? asked : latest
      const { status, justification } = proposal
      wanted.set(id, {
        ...entryOf(given, { id, reason: oneLine(reason), owner: given.owner ?? '', expires }),
        ...(status !== undefined && { status }),
        ...(justification !== undefined && { justification }),
      })
    }
  }
  const decided = checked([...wanted.values()], situation)
  return { wanted: decided.wanted, problems: [...problems, ...decided.problems] }
}

function leftOut(
  { about, expires, lost }: Proposal,
  facts: {
    readonly identities: readonly string[]
    readonly reason: string | undefined
    readonly today: string
  },
): string | undefined {
  if (lost !== undefined) return `a suppression cannot say: ${lost.join(', ')}`
  if (expires !== undefined && expires < facts.today) return `it ended on ${expires}`
  if (facts.identities.length === 0)
    return `the last result has no such risk (${[...(about.ids ?? []), about.component ?? '', about.version ?? ''].join(' ').trim() || 'it names none'})`
  return facts.reason === undefined ? 'it has no reason; give one with `--reason`' : undefined
}

function entryOf(
  { status, justification }: SuppressArguments,
  entry: Pick<NewSuppression, 'id' | 'reason' | 'owner' | 'expires'>,
): NewSuppression {
  const knownStatus = suppressionStatuses.find((known) => known === status)
  const knownJustification = justifications.find((known) => known === justification)
  return {
    ...entry,
    ...(knownStatus !== undefined && { status: knownStatus }),
    ...(knownJustification !== undefined && { justification: knownJustification }),
  }
}

function severityOf(identity: string, { result }: SuppressSituation): Severity {
  return result?.risks.find((risk) => risk.identity === identity)?.severity ?? 'unknown'
}

function existing(identity: string, { entries }: SuppressSituation): readonly string[] {
  const entry = entries.find(({ id }) => id === identity)
  if (entry === undefined) return []
  const { path, number, expires, owner } = entry
  return [
    `\`${path}\` has it already: entry ${number}, until ${expires} (${owner}). To decide anew, change that entry.`,
  ]
}

function unknownRisk(identity: string, result: LastResult | undefined): readonly string[] {
  if (result === undefined || result.risks.some((risk) => risk.identity === identity)) return []
  const near = nearestIdentity(
    identity,
    result.risks.map((risk) => risk.identity),
  )
  const hint =
    near === undefined ? 'Scan again, or take the text from its report.' : `Did you mean \`${near}\`?`
  return [`The last result, \`${result.path}\`, has no risk \`${identity}\`. ${hint}`]
}

function dayProblems(
  expires: string | undefined,
  {
    today,
    latest,
    severity,
  }: { readonly today: string; readonly latest: string; readonly severity: Severity },
): readonly string[] {
  if (expires === undefined) return []
  if (!isDay(expires)) return [`\`--expires ${expires}\` is no date; write it as \`${today}\`.`]
  if (expires < today) return [`\`--expires ${expires}\` is in the past.`]
  if (expires <= latest) return []
  const name = severity === 'unknown' ? 'of unknown severity' : severity
  return [`\`--expires ${expires}\` is too late: a risk that is ${name} may be suppressed until ${latest}.`]
}

/** What is written is read as a scan will read it. */
function checked(wanted: readonly NewSuppression[], { today, lifetimes }: SuppressSituation): Decided {
  const longestDays = Math.max(...Object.values(lifetimes))
  const { problems } = readSuppressions([{ path: 'the new entries', data: wanted }], { today, longestDays })
  return problems.length > 0 ? { wanted: [], problems } : { wanted, problems: [] }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
