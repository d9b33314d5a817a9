/** Findings with what the score looks at. */
import type { Finding } from '@ci-actions/shared'

export function finding(
  metric: string,
  path: string,
  line: number,
  tool = 'ruff',
  state: Finding['state'] = 'unknown',
): Finding {
  return {
    tool,
    rule: 'X1',
    level: 'error',
    message: 'm',
    metric,
    location: { path, line },
    fingerprint: 'f',
    state,
  }
}
