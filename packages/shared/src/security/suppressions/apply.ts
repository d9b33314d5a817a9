/** What suppressions make of the risks of a run. Pure. */
import { addDays, daysBetween } from '../../decision/day.ts'
import { isExpired, shownSubject } from '../../decision/decisions.ts'
import type { Finding, RiskKind, Suppression } from '../../finding/finding.ts'
import { fingerprint } from '../../finding/fingerprint.ts'
import { count } from '../../report/figures.ts'
import { proseText } from '../../report/prose.ts'
import { shorten, visibleLine } from '../../report/visible.ts'
import { riskIdentities } from '../identity.ts'
import { advisoryIds, compareText, dependencyName, placeOf, shownText } from '../risk-names.ts'
import type { SuppressionEntry } from './entry.ts'
import { kindOfIdentity } from './entry.ts'
import type { Lifetimes } from './lifetime.ts'
import { nearestIdentity } from './nearest-identity.ts'

export interface SuppressionSituation {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
  readonly lifetimes: Lifetimes
  /**
   * Whether everything that can find such a risk ran to its end on all that there is. Where not, no entry of the
   * kind is called unused.
   */
  isComplete(kind: RiskKind): boolean
}

/** Why an entry has to go. */
export type StaleReason = 'expired' | 'too-long' | 'unused'

export interface StaleSuppression {
  readonly entry: SuppressionEntry
  readonly why: StaleReason
  /** A sentence. */
  readonly message: string
}

export interface AppliedSuppressions {
  /** In the order given, with their identities; those that an entry holds for have a `suppression`. */
  readonly findings: readonly Finding[]
  /** Entries that have to go, in the order of the entries. */
  readonly stale: readonly StaleSuppression[]
  /** Entries that hold for a risk and end within {@link warningDays}. */
  readonly endingSoon: readonly SuppressionEntry[]
}

/** An entry is called ending soon from so many days before its last day on. */
export const warningDays = 14

/**
 * `findings` are the risks of all tools, merged. An entry holds where it names the risk, has not ended, and does not hold
 * longer than the risk's severity allows: a risk that has become worse is decided anew. Fixed findings need none.
 */
export function applySuppressions(
  findings: readonly Finding[],
  entries: readonly SuppressionEntry[],
  situation: SuppressionSituation,
): AppliedSuppressions {
  const identities = riskIdentities(findings)
  const byId = Map.groupBy(entries, ({ id }) => id)
  const used = new Map<SuppressionEntry, Finding[]>()
  const held = new Set<SuppressionEntry>()
  const judged = findings.map((finding) => {
    const names = finding.state === 'fixed' || entries.length === 0 ? [] : namesOf(finding, identities)
    const fitting = names.flatMap((id) => byId.get(id) ?? [])
    for (const entry of fitting) used.set(entry, [...(used.get(entry) ?? []), finding])
    const named = withIdentity(finding, identities.get(finding))
    const [best] = fitting.filter((entry) => holds(entry, finding, situation)).toSorted(compareEntries)
    if (best === undefined) return named
    for (const entry of fitting) if (holds(entry, finding, situation)) held.add(entry)
    return { ...named, suppression: suppressionOf(best) }
  })
  const known = [...new Set(identities.values())]
  return {
    findings: judged,
    stale: entries.flatMap((entry) => staleOf(entry, used.get(entry) ?? [], situation, known) ?? []),
    endingSoon: entries.filter(
      (entry) => held.has(entry) && daysBetween(situation.today, entry.expires) <= warningDays,
    ),
  }
}

function withIdentity(finding: Finding, identity: string | undefined): Finding {
  if (identity === undefined || finding.security === undefined) return finding
  return { ...finding, security: { ...finding.security, identity } }
}

/** The identity, and for a vulnerability those by its other ids: which of them stands for it can change. */
function namesOf(finding: Finding, identities: ReadonlyMap<Finding, string>): readonly string[] {
  const identity = identities.get(finding)
  const { security } = finding
  if (identity === undefined || security === undefined) return []
  if (security.kind !== 'vulnerability') return [identity]
  const component = shownText(
    (security.dependency && dependencyName(security.dependency)) ?? placeOf(finding),
  )
  return advisoryIds(security).map((id) => `vulnerability ${component} ${id}`)
}

function holds(
  entry: SuppressionEntry,
  finding: Finding,
  { today, lifetimes }: SuppressionSituation,
): boolean {
  if (isExpired(entry, today)) return false
  return entry.expires <= addDays(today, lifetimes[finding.security?.severity ?? 'unknown'])
}

/** The one that holds longest is told. */
function compareEntries(a: SuppressionEntry, b: SuppressionEntry): number {
  return compareText(b.expires, a.expires) || compareText(a.path, b.path) || a.number - b.number
}

function suppressionOf(entry: SuppressionEntry): Suppression {
  const { reason, owner, expires, path, status, justification } = entry
  return {
    ...{ reason, owner, expires, source: path },
    ...(status !== undefined && { status }),
    ...(justification !== undefined && { justification }),
  }
}

function staleOf(
  entry: SuppressionEntry,
  fitting: readonly Finding[],
  situation: SuppressionSituation,
  known: readonly string[],
): StaleSuppression | undefined {
  const { today, lifetimes, isComplete } = situation
  const name = nameOf(entry)
  if (isExpired(entry, today)) {
    const message = `${name} ended on ${entry.expires}: mend the risk and remove the entry, or decide anew.`
    return { entry, why: 'expired', message }
  }
  const worse = fitting.find((finding) => !holds(entry, finding, situation))?.security?.severity
  if (worse !== undefined) {
    const most = `${lifetimes[worse]} days, today until ${addDays(today, lifetimes[worse])}`
    const message = `${name} holds until ${entry.expires}, which is too long: the risk is ${worse === 'unknown' ? 'of unknown severity' : worse} and may be suppressed for ${most}.`
    return { entry, why: 'too-long', message }
  }
  const kind = kindOfIdentity(entry.id)
  if (fitting.length > 0 || kind === undefined || !isComplete(kind)) return undefined
  const near = nearestIdentity(entry.id, known)
  const hint = near === undefined ? 'remove the entry.' : `did you mean ${shownSubject(near)}?`
  return { entry, why: 'unused', message: `${name} fits no risk: ${hint}` }
}

/** As a finding, which counts for `suppressions-stale`. */
export function staleFinding({ entry, why, message }: StaleSuppression): Finding {
  return {
    tool: 'suppressions',
    rule: why,
    level: 'error',
    message,
    location: { path: entry.path },
    metric: 'suppressions-stale',
    fingerprint: fingerprint({ rule: why, identity: entry.id }),
    state: 'unknown',
  }
}

/** A notice for the report. */
export function endingSoonNotice(entry: SuppressionEntry, today: string): string {
  const days = daysBetween(today, entry.expires)
  const when = days === 0 ? 'today' : `in ${count(days)} ${days === 1 ? 'day' : 'days'}`
  return `${nameOf(entry)} ends ${when}, on ${entry.expires}. After that the risk counts again.`
}

/** As sentences begin. */
function nameOf({ id, owner }: SuppressionEntry): string {
  return `The suppression of ${shownSubject(id)} (${proseText(shorten(visibleLine(owner), 60))})`
}
