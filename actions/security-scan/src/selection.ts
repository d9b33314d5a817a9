import type { SelectionRules } from '@ci-actions/shared'
import type { Sbom } from './sboms/sbom-file.ts'
import { sbomSelection } from './sboms/sbom-selection.ts'
import type { ScanValues } from './scan-context.ts'
import { tools } from './tools/index.ts'

/**
 * Which scanners run where the user lists none: each that has something to look at here. Of those that look for the same,
 * the quicker one; the others where the project has configuration for them.
 */
export const selection: SelectionRules = {
  tools,
  always: [
    ...['pip-audit', 'safety', 'osv-scanner', 'npm-audit', 'pnpm-audit', 'yarn-audit'],
    ...['bandit', 'semgrep', 'eslint-security'],
    ...['dependency-conflicts', 'gitleaks', 'zizmor', 'actionlint', 'hadolint'],
  ],
  fallback: [],
  alternatives: [],
}

/** TruffleHog alone can ask whether a secret is in use. `sboms`: given ones that nobody looked up. */
export function selectionFor(
  inputs: Pick<ScanValues, 'mode' | 'verify-secrets' | 'tools'>,
  sboms: readonly Sbom[],
): SelectionRules {
  if (inputs.mode === 'report') return sbomSelection(sboms, inputs.tools)
  return inputs['verify-secrets'] ? { ...selection, always: [...selection.always, 'trufflehog'] } : selection
}
