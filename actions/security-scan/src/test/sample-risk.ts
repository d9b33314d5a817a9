/** Findings of risks, each with everything in it; tests name only what they are about. */
import type { Finding, Security } from '@ci-actions/shared'

export function sampleRisk(
  given: Partial<Omit<Finding, 'security'>> & { readonly security?: Partial<Security> } = {},
): Finding {
  const { security, ...rest } = given
  return {
    tool: 'bandit',
    rule: 'B608',
    level: 'warning',
    message: 'Possible SQL injection vector through string-based query construction.',
    location: { path: 'orders/store.py', line: 12 },
    fingerprint: `${rest.rule ?? 'B608'}${rest.message ?? ''}`
      .replace(/\W/g, '')
      .padEnd(16, '0')
      .slice(0, 16),
    state: 'new',
    metric: 'findings',
    ...rest,
    security: {
      kind: 'weakness',
      claims: [],
      severity: 'medium',
      severitySource: 'bandit',
      ...security,
    },
  }
}
