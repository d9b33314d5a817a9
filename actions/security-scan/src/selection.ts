import type { SelectionRules } from '@ci-actions/shared'
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
export const nothingToRun: SelectionRules = { tools: [], always: [], fallback: [], alternatives: [] }
