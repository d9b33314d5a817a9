/**
 * The risks in examples/orders-service and its change, and what a scan has to say about each: once, how severe, whether the
 * change brought it, and who found it.
 */
import type { Advisory } from './osv-advisories.ts'
import { advisory } from './osv-advisories.ts'

/** Of a real package, in the versions that the example has and that mends it; nothing of it is known to be wrong. */
export const plantedUpgrade = { name: 'idna', from: '3.19', to: '3.20' } as const

export const exampleAdvisories: readonly Advisory[] = [
  advisory({
    id: 'GHSA-4444-5555-6666',
    aliases: ['CVE-2026-90004'],
    ecosystem: 'PyPI',
    name: plantedUpgrade.name,
    fixed: plantedUpgrade.to,
    summary: 'idna takes one name for another (invented)',
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
    cwe: ['CWE-20'],
  }),
]

export interface PlantedRisk {
  readonly what: string
  readonly path: string
  /** Names that scanners have for it; one of them is what it is reported as. */
  readonly rules: readonly string[]
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'unknown'
  readonly state: 'new' | 'unchanged'
  /** All that find it, if all are there. */
  readonly tools: readonly string[]
  /** The only one that knows how severe it is; without it nobody does. */
  readonly judge?: string
}

export const plantedRisks: readonly PlantedRisk[] = [
  {
    what: 'vulnerable requirement',
    path: 'requirements.txt',
    rules: ['GHSA-4444-5555-6666', 'CVE-2026-90004'],
    // By the vector above: 7.5.
    severity: 'high',
    state: 'unchanged',
    tools: ['osv-scanner', 'pip-audit'],
    judge: 'osv-scanner',
  },
  {
    what: 'SQL injection',
    path: 'src/orders/storage/customers.py',
    rules: ['B608', 'sql-from-text'],
    severity: 'medium',
    state: 'unchanged',
    tools: ['bandit', 'semgrep'],
  },
  {
    what: 'weak hash',
    path: 'src/orders/security.py',
    rules: ['B324', 'fast-password-hash'],
    severity: 'high',
    state: 'unchanged',
    tools: ['bandit', 'semgrep'],
  },
  {
    what: 'hard-coded password',
    path: 'src/orders/clients/shipping.py',
    rules: ['B105', 'Secret Keyword'],
    // Bandit says low, which is no word about a secret.
    severity: 'high',
    state: 'new',
    tools: ['bandit', 'detect-secrets'],
  },
  {
    what: 'secret in history',
    path: 'deploy/parcels.env',
    rules: ['aws-access-token'],
    severity: 'high',
    state: 'new',
    tools: ['gitleaks'],
  },
  {
    what: 'template injection in a workflow',
    path: '.github/workflows/titles.yml',
    rules: ['template-injection', 'untrusted-input', 'expression'],
    severity: 'high',
    state: 'new',
    tools: ['actionlint', 'zizmor'],
  },
  {
    what: 'root Dockerfile',
    path: 'deploy/Dockerfile.worker',
    rules: ['DL3002'],
    severity: 'high',
    state: 'new',
    tools: ['hadolint'],
  },
  {
    what: 'denied licence',
    path: 'requirements-dev.txt',
    rules: ['denied'],
    severity: 'high',
    state: 'unchanged',
    tools: ['licenses'],
  },
]
