/** What all adapters here make of a risk: how loudly it is shown, and the metric that it counts for. */
import type { RawFinding, RawSecurity } from '@ci-actions/shared'
import { levelOfSeverity, resolveSeverity } from '@ci-actions/shared'

const metricOf = {
  vulnerability: 'findings',
  weakness: 'findings',
  misconfiguration: 'findings',
  secret: 'secrets',
  license: 'licenses',
  hygiene: 'dependencies',
} as const satisfies Record<RawSecurity['kind'], string>

export function riskFinding(
  security: RawSecurity,
  about: Omit<RawFinding, 'level' | 'metric' | 'security'>,
): RawFinding {
  return {
    ...about,
    level: levelOfSeverity(resolveSeverity(security.claims).severity),
    metric: metricOf[security.kind],
    security,
  }
}

/** Numbers of weaknesses in what tools write: `79`, `CWE-79`, `CWE-79: Cross-site scripting`, or a list of those. */
export function cweNumbers(value: unknown): readonly number[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(cweNumbers))]
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? [value] : []
  const digits = typeof value === 'string' ? /^(?:CWE-)?(\d{1,6})\b/i.exec(value.trim())?.[1] : undefined
  return digits === undefined ? [] : cweNumbers(Number(digits))
}

/** For a sentence: `a.py, b.py and 3 more`. */
export function nameSome(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
