/** Inputs of the action, beside those of every check. */
import { checkInputs, flag, lines, oneOf, path, text } from '@ci-actions/shared'

export const scanInputs = {
  ...checkInputs,
  fix: flag({
    section: 'Laptop',
    default: 'false',
    description:
      '`true` tries the smallest upgrades that clear vulnerabilities of Python and npm packages in a copy, scans it again, and puts what was proved into the report folder as patches; on a laptop also into the files. Nothing is committed.',
  }),
  tools: lines({
    section: 'Tools',
    description:
      'Scanners to run, one a line. Default: those of docs/scanners.md that have something to look at here. `default` stands for that list, so that `default` and `trivy` on two lines add one.',
    example: 'bandit',
  }),
  mode: oneOf(['scan', 'report'], {
    section: 'Scope',
    default: 'scan',
    description:
      '`report` only reads the files in `reports`. Of a CycloneDX without vulnerabilities it looks the components up.',
  }),
  reports: lines({
    section: 'Scope',
    description:
      'Reports that other steps wrote, or globs, one a line; their format is recognised: SARIF, CycloneDX, and the JSON of all scanners named in docs/scanners.md. A name before the path says whose an empty list is (`gitleaks: leaks.json`).',
    example: 'reports/*.sarif',
  }),
  'allow-empty': flag({
    section: 'Verdict',
    default: 'false',
    description: '`true`: a pattern in `reports` that fits no file is no error.',
  }),
  history: oneOf(['change', 'all', 'off'], {
    section: 'Scope',
    default: 'change',
    description:
      'Commits in which secrets are looked for, beside the files as they are: those of the change, on schedules and releases all; `all`; or none.',
  }),
  'verify-secrets': flag({
    section: 'Tools',
    default: 'false',
    description:
      '`true` lets TruffleHog try the secrets that it finds at the services that they belong to, over the network.',
  }),
  'semgrep-rules': lines({
    section: 'Tools',
    description:
      'Rules for Semgrep, files or folders of the repository, one a line. Default: those that come with this action.',
    example: '.semgrep/',
  }),
  'osv-url': text({
    section: 'Tools',
    description: 'Address of an OSV service or mirror for pip-audit. Default: that of PyPI.',
  }),
  'osv-database': path({
    section: 'Tools',
    description:
      'Folder with the databases of osv-scanner, as `osv-scanner scan --download-offline-databases` makes them; it then asks no service.',
  }),
  'osv-download': flag({
    section: 'Tools',
    default: 'false',
    description:
      '`true`: OSV-Scanner asks no service about your packages, but downloads the databases of their ecosystems, once a day. They are kept, also for runs with `offline`.',
  }),
  'safety-database': path({
    section: 'Tools',
    description:
      'Folder with a database for Safety, `insecure.json` and `insecure_full.json`; it then needs no key, and asks nobody about your packages.',
  }),
  'trivy-db-repository': lines({
    section: 'Tools',
    description: "Mirrors of Trivy's database, one a line, in the order in which they are asked.",
    example: 'registry.example.com/mirror/trivy-db:2',
  }),
  'trivy-java-db-repository': lines({
    section: 'Tools',
    description: "Mirrors of Trivy's database of Java packages.",
    example: 'registry.example.com/mirror/trivy-java-db:1',
  }),
  'trivy-checks-bundle-repository': text({
    section: 'Tools',
    description: "Mirror of Trivy's checks of configuration.",
    example: 'registry.example.com/mirror/trivy-checks:1',
  }),
  'kev-file': path({
    section: 'Environment',
    description: "CISA's catalogue of known exploited vulnerabilities, as JSON.",
  }),
  'epss-file': path({
    section: 'Environment',
    description: 'Probabilities of exploitation, the CSV of EPSS, also as `.gz`.',
  }),
  'denied-licenses': lines({
    section: 'Limits',
    description:
      'SPDX identifiers of licences that no dependency may have, one a line; `*` stands for any text.',
    example: 'AGPL-*',
  }),
  'upload-sarif': flag({
    section: 'Reporting',
    default: 'false',
    description: '`true` sends the findings to code scanning. Needs `security-events: write`.',
  }),
} as const
