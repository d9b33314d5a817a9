/** What scanners look for, in numbers of weaknesses: without it "not found" could mean that nobody looked. */

export interface LooksFor {
  readonly cwe?: readonly number[]
  /** Known vulnerabilities of dependencies. */
  readonly components?: true
  /** Files that describe images, workflows, infrastructure. */
  readonly configuration?: true
}

const secrets: LooksFor = { cwe: [798] }
const components: LooksFor = { components: true }

/**
 * By id of the tool. What is listed is what the rules of the tool's own documentation name, not all that a category has:
 * a scanner never looks for all of it.
 */
export const looksFor: Readonly<Record<string, LooksFor>> = {
  'pip-audit': components,
  'osv-scanner': components,
  safety: components,
  'npm-audit': components,
  'pnpm-audit': components,
  'yarn-audit': components,
  grype: components,
  snyk: components,
  // What is old or unmaintained (1104) only those know that ask an index; it compares files with each other.
  'dependency-hygiene': {},
  // The numbers in its plugins: https://bandit.readthedocs.io/en/latest/plugins/
  bandit: {
    cwe: [
      ...[
        20, 22, 78, 79, 80, 89, 94, 259, 284, 295, 319, 326, 327, 330, 377, 400, 494, 502, 605, 703, 732, 838,
      ],
    ],
  },
  // The rules that come with this action; with other rules what they find is what is known.
  semgrep: { cwe: [22, 78, 79, 89, 95, 295, 321, 330, 347, 377, 489, 502, 601, 611, 916, 918, 942, 1336] },
  'eslint-security': { cwe: [22, 78, 79, 94, 208, 330, 352, 838, 1321, 1333] },
  gitleaks: secrets,
  'detect-secrets': secrets,
  trufflehog: secrets,
  trivy: { cwe: [798], components: true, configuration: true },
  zizmor: { cwe: [94, 269, 522, 829], configuration: true },
  actionlint: { cwe: [94, 798] },
  hadolint: { configuration: true },
  'dependency-conflicts': {},
  'outdated-dependencies': { cwe: [1104] },
  dependabot: { configuration: true },
}
