/** One severity out of what several sources say, with its provenance. Pure. The rules stand in docs/severity.md. */
import type { Level, Severity, SeverityClaim } from '../finding/finding.ts'

export interface ResolvedSeverity {
  readonly severity: Severity
  /** For the reader: which claim decided, and which others say something else. */
  readonly severitySource: string
  readonly score?: number | undefined
}

/** Mildest first; `unknown` is none of them. */
export const knownSeverities: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/** What can be checked wins over what is only said, and that over our table. */
const trust: readonly SeverityClaim['by'][] = ['vector', 'score', 'word', 'table']

/**
 * Of the most trusted claims that know the severity, the most severe one; by name of the source where several say the
 * same. Does not depend on the order of claims.
 */
export function resolveSeverity(claims: readonly SeverityClaim[]): ResolvedSeverity {
  const best = claims.filter(isKnown).reduce<SeverityClaim | undefined>(better, undefined)
  if (best === undefined) return { severity: 'unknown', severitySource: 'no source says how severe it is' }
  return {
    severity: best.severity,
    severitySource: [nameOf(best), ...disagreement(best, claims)].join('; '),
    ...(best.score !== undefined && { score: best.score }),
  }
}

function isKnown({ severity }: SeverityClaim): boolean {
  return severity !== 'unknown'
}

function better(best: SeverityClaim | undefined, claim: SeverityClaim): SeverityClaim {
  return best === undefined || compareClaims(claim, best) < 0 ? claim : best
}

function disagreement(best: SeverityClaim, claims: readonly SeverityClaim[]): readonly string[] {
  const differing = claims.filter((claim) => isKnown(claim) && claim.severity !== best.severity)
  if (differing.length === 0) return []
  const sorted = differing.toSorted(compareClaims)
  return [[...new Set(sorted.map(({ source, severity }) => `${source} says ${severity}`))].join(', ')]
}

function compareClaims(a: SeverityClaim, b: SeverityClaim): number {
  return (
    trust.indexOf(a.by) - trust.indexOf(b.by) ||
    knownSeverities.indexOf(b.severity) - knownSeverities.indexOf(a.severity) ||
    (b.score ?? -1) - (a.score ?? -1) ||
    (a.source < b.source ? -1 : a.source > b.source ? 1 : 0)
  )
}

function nameOf({ by, source, vector }: SeverityClaim): string {
  const version = by === 'vector' ? /^CVSS:(\d\.\d)/.exec(vector ?? '')?.[1] : undefined
  return version === undefined ? source : `CVSS ${version} of ${source}`
}

/** Bands of CVSS 3 and 4; a score of 0 says nothing about risk. https://www.first.org/cvss/v4-0/specification-document */
export function severityOfScore(score: number): Severity {
  if (!(score > 0 && score <= 10)) return 'unknown'
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  return score >= 4 ? 'medium' : 'low'
}

/**
 * How loudly a risk of that severity is shown. What nobody knows is shown as what it does: it blocks, as long as no
 * rule says otherwise.
 */
export function levelOfSeverity(severity: Severity): Level {
  if (severity === 'medium') return 'warning'
  return severity === 'low' ? 'note' : 'error'
}
