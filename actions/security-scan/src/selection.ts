import type { SelectionRules } from '@ci-actions/shared'
import type { ScanValues } from './scan-context.ts'
import { tools } from './tools/index.ts'

/**
 * Which scanners run where the user lists none: each that has something to look at here. Of those that look for the same,
 * the quicker one; the others where the project has configuration for them.
 */
export const selection: SelectionRules = {
  tools,
  always: [
    ...['pip-audit', 'safety', 'osv-scanner', 'npm-audit'],
    ...['bandit', 'semgrep', 'eslint-security'],
    ...['gitleaks', 'zizmor', 'actionlint', 'hadolint'],
  ],
  fallback: [],
  alternatives: [],
}

/** Where reports are only read. */
const nothingToRun: SelectionRules = { tools: [], always: [], fallback: [], alternatives: [] }

/** TruffleHog alone can ask whether a secret is in use. */
export function selectionFor(inputs: Pick<ScanValues, 'mode' | 'verify-secrets'>): SelectionRules {
  if (inputs.mode === 'report') return nothingToRun
  return inputs['verify-secrets'] ? { ...selection, always: [...selection.always, 'trufflehog'] } : selection
}
