/** Findings and edits from the diff that a formatter prints: one for each run of changed lines. */
import type { RawFinding } from '@ci-actions/shared'
import { parseUnifiedDiff } from '@ci-actions/shared'

/** `rule` is the tool's id, since formatters have no codes; `message` is for all of them. */
export function findingsOfDiff(
  diff: string,
  about: { rule: string; message: string },
): readonly RawFinding[] {
  return parseUnifiedDiff(diff).map(({ path, oldStart, oldCount, removed, added }) => {
    const last = oldStart + Math.max(oldCount, 1) - 1
    const text = added.map((line) => `${line}\n`).join('')
    return {
      rule: about.rule,
      level: 'warning',
      message: about.message,
      location: { path, line: oldStart, ...(last > oldStart && { endLine: last }) },
      // A line that is only inserted has no line of its own to be known by.
      identity: oldCount > 0 ? removed.join('\n') : `+${added.join('\n')}`,
      fix: [{ path, line: oldStart, column: 1, endLine: oldStart + oldCount, endColumn: 1, text }],
      metric: 'formatting-issues',
    }
  })
}
