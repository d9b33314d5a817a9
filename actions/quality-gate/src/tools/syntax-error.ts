import type { RawFinding, RawLocation } from '@ci-actions/shared'

/**
 * Metric of tools that measure and have no count of their own: a file that Python cannot read is missing from
 * their figure, which must not pass unseen. The other tools count such a file as their own error.
 */
export const syntaxErrors = 'syntax-errors'

/** A file that does not parse, or is not in the encoding that it says. */
export function syntaxError(location: RawLocation, why: string, metric: string): RawFinding {
  return {
    rule: 'syntax-error',
    level: 'error',
    message: `Python cannot read this file: ${why}`,
    location,
    metric,
  }
}
