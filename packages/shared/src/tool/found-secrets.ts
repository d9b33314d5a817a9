/** Secrets that tools found, to be hidden in all that is written. Pure. */
import type { RawFinding } from '../finding/finding.ts'

/**
 * Values that can be hidden everywhere. A short word, such as `admin`, also stands in paths and sentences; it is masked
 * in the finding itself alone.
 */
export function secretsIn(findings: readonly RawFinding[]): readonly string[] {
  const values = findings.flatMap(({ security }) => security?.secret?.value ?? [])
  return [...new Set(values)].filter(canBeHidden)
}

export function canBeHidden(value: string): boolean {
  return value.length >= 8 || (value.length >= 6 && !/^[a-z_-]+$/i.test(value))
}
