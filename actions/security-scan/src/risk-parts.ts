/** Counts that are about some of the risks: a finding has one metric, and these count it once more. Pure. */
import type { ComparedOutcome, Finding, MetricPart } from '@ci-actions/shared'
import { looksFor } from './owasp/looked-for.ts'

export interface CountedRisks {
  /** Whether a catalogue of exploited vulnerabilities was given; without one nobody knows how many are in it. */
  readonly knowsExploited: boolean
}

export function riskParts(
  compared: readonly Pick<ComparedOutcome, 'part'>[],
  { knowsExploited }: CountedRisks,
): readonly MetricPart[] {
  return compared.flatMap(({ part }) => {
    const fed = part.metrics.filter((metric) => metric === 'findings' || metric === 'secrets')
    if (fed.length === 0) return []
    const counts = (metric: string, wanted: (finding: Finding) => boolean): MetricPart => ({
      tool: part.tool,
      ...(part.package !== undefined && { package: part.package }),
      metrics: [metric],
      findings: part.findings.filter(wanted).map((finding) => ({ ...finding, metric })),
      measurements: [],
      compared: part.compared,
    })
    const looked = looksFor[part.tool]?.components === true || part.findings.some(isVulnerability)
    return [
      ...(looked ? [counts('vulnerabilities', isVulnerability)] : []),
      ...(looked ? [counts('fixable', (each) => isVulnerability(each) && isFixable(each))] : []),
      ...(knowsExploited ? [counts('kev', ({ security }) => security?.exploited === true)] : []),
    ]
  })
}

function isVulnerability({ security }: Finding): boolean {
  return security?.kind === 'vulnerability'
}

function isFixable({ security }: Finding): boolean {
  return (security?.fixedVersions ?? []).length > 0
}
