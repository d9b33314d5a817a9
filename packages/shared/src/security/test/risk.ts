/** Risks to merge. */
import type { Finding, RiskKind, Security } from '../../finding/finding.ts'

/** Parts of a finding; `about`: of what it says about the risk. */
export type Parts = Partial<Omit<Finding, 'security'>> & { readonly about?: Partial<Security> }

export function risk(kind: RiskKind, tool: string, { about, ...finding }: Parts = {}): Finding {
  return {
    tool,
    rule: `rule-of-${tool}`,
    level: 'note',
    message: `${tool} says so`,
    fingerprint: tool,
    state: 'unknown',
    security: {
      kind,
      claims: [],
      severity: 'unknown',
      severitySource: '',
      lineDigest: 'aaaaaaaaaaaaaaaa',
      ...about,
    },
    ...finding,
  }
}

/** Parts that say where. */
export const at = (path: string, line?: number) => ({
  location: { path, ...(line !== undefined && { line }) },
})
/** Who found each. */
export const tools = (findings: readonly Finding[]) =>
  findings.map(({ tool, witnesses }) => (witnesses ?? [{ tool }]).map((each) => each.tool).join(' + '))
