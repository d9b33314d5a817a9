/**
 * The security scan: many scanners and the reports of others, one severity scale, one finding for each risk, and a verdict
 * that cannot be green because a scanner did not run. Read this file first; everything that it names is beside it.
 */
import { checkInputProblems, defineAction, reportPermissions } from '@ci-actions/shared'
import { gateForAll } from './gate.ts'
import { mayBeGiven, scanProblems } from './input-problems.ts'
import { scanInputs } from './inputs.ts'
import { metrics } from './metrics.ts'
import { scan } from './scan.ts'
import { selection } from './selection.ts'
import { version } from './version.ts'

export const securityScan = defineAction({
  name: 'security-scan',
  title: 'Security scan',
  version,
  description: 'One answer of many scanners: which risks are new, which block, what to do. Fails closed.',
  branding: { icon: 'shield', color: 'green' },
  permissions: [
    {
      permission: 'contents: read',
      reason: 'to read the repository and to fetch the commits of the change',
      required: true,
    },
    {
      permission: 'security-events: write',
      reason: '`upload-sarif: true`, findings in code scanning',
      required: false,
    },
    {
      permission: 'actions: read',
      reason: '`upload-sarif: true` in a private repository',
      required: false,
    },
    ...reportPermissions,
  ],
  contacts: [
    {
      host: 'the Python package index',
      reason:
        'to install scanners, with hashes checked; for pip-audit, about versions that nothing locks; with `fix`, to lock upgrades; or your mirror',
    },
    {
      host: 'the npm registry',
      reason:
        'to install ESLint, pnpm and Yarn, and for their audits and that of npm; with `fix`, to lock upgrades; or your mirror',
    },
    { host: 'github.com', reason: 'releases of scanners, with digests checked that stand in this action' },
    { host: "PyPI's advisories, or `osv-url`", reason: 'pip-audit asks it about packages' },
    {
      host: 'api.osv.dev',
      reason: 'osv-scanner asks it about packages, unless `osv-download` or `osv-database` is given',
    },
    { host: 'osv-vulnerabilities.storage.googleapis.com', reason: '`osv-download: true`, its databases' },
    {
      host: 'mirror.gcr.io, else ghcr.io',
      reason:
        "Trivy's databases and checks; or your mirrors in `trivy-db-repository`, `trivy-java-db-repository` and `trivy-checks-bundle-repository`",
    },
    { host: 'the API of GitHub', reason: 'code scanning, check run and comment, where they are on' },
  ],
  inputs: scanInputs,
  metrics,
  gate: gateForAll,
  problems: (inputs, policy, now) => [
    ...checkInputProblems(
      { selection, metrics, isGiven: (name) => mayBeGiven(name, inputs) },
      inputs,
      policy,
    ),
    ...scanProblems(inputs, policy, now),
  ],
  run: scan,
})
