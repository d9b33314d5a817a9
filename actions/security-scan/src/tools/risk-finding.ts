/** What all adapters here make of a risk: how loudly it is shown, and the metric that it counts for. */
import type { Notice, RawFinding, RawSecurity } from '@ci-actions/shared'
import { counted, levelOfSeverity, resolveSeverity } from '@ci-actions/shared'

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

/** Of passwords, keys and other credentials that are written into the code. */
const cweOfSecrets: ReadonlySet<number> = new Set([259, 321, 798])

/** Whether something that a tool finds in code is a secret: what it says, and the line, may then hold the value. */
export function isSecretWeakness(cwe: readonly number[]): boolean {
  return cwe.some((number) => cweOfSecrets.has(number))
}

/** In place of what the tool says of a secret. */
export function secretMessage(rule: string): string {
  return `A secret (${rule}) stands in this file.`
}

/**
 * Of what a scanner left out by itself: a notice for each of `paths`, one of which there is for each finding, since results of
 * some files may be remembered. `why`: such as `by a comment`.
 */
export function leftOutNotices(paths: readonly string[], why: string): readonly Notice[] {
  return [...Map.groupBy(paths, (path) => path)].map(([path, all]) => ({
    level: 'notice',
    message: `${path}: ${counted(all.length, 'finding')} left out ${why}.`,
  }))
}

/** For `asEvidence` of a tool: its JSON without properties with these names. */
export function without(...names: readonly string[]): (key: string, value: unknown) => unknown {
  return (key, value) => (names.includes(key) ? undefined : value)
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
