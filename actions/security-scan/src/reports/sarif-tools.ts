/** What is known of tools that write SARIF, by the name that they give themselves. Pure. */
import type { RiskKind } from '@ci-actions/shared'

/** Ids of tools, kebab-case, of names that differ from them. */
const ids: Readonly<Record<string, string>> = {
  'semgrep-oss': 'semgrep',
  'semgrep-pro': 'semgrep',
  'anchore-grype-scan': 'grype',
  'trivy-vulnerability-scanner': 'trivy',
  'snyk-open-source': 'snyk',
  'snyk-container': 'snyk',
  'docker-scout': 'docker-scout',
  snykcode: 'snyk-code',
  truffle: 'trufflehog',
  'gitleaks-v8': 'gitleaks',
}

/** Of the driver's name: `CodeQL` is `codeql`, `Semgrep OSS` is `semgrep`. */
export function toolIdOf(driver: string): string {
  const slug = driver
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  return (Object.hasOwn(ids, slug) ? ids[slug] : undefined) ?? (slug || 'sarif')
}

/** What all that a tool reports is about. */
const kinds: Readonly<Record<string, RiskKind>> = {
  gitleaks: 'secret',
  trufflehog: 'secret',
  'detect-secrets': 'secret',
  ggshield: 'secret',
  noseyparker: 'secret',
  kingfisher: 'secret',
  hadolint: 'misconfiguration',
  zizmor: 'misconfiguration',
  actionlint: 'misconfiguration',
  checkov: 'misconfiguration',
  tfsec: 'misconfiguration',
  kics: 'misconfiguration',
  terrascan: 'misconfiguration',
  kubescape: 'misconfiguration',
  'kube-linter': 'misconfiguration',
  kubelinter: 'misconfiguration',
  dockle: 'misconfiguration',
  scorecard: 'misconfiguration',
  'snyk-iac': 'misconfiguration',
  poutine: 'misconfiguration',
  grype: 'vulnerability',
  'osv-scanner': 'vulnerability',
  'docker-scout': 'vulnerability',
  govulncheck: 'vulnerability',
  snyk: 'vulnerability',
  'dependency-check': 'vulnerability',
}

export function kindOfTool(tool: string): RiskKind | undefined {
  return Object.hasOwn(kinds, tool) ? kinds[tool] : undefined
}

/** Rules that are about risk, of linters that have many others. */
const riskRules: Readonly<Record<string, RegExp>> = {
  ruff: /^S\d/,
  flake8: /^(?:S\d|DUO)/,
  eslint: /security|no-eval|no-implied-eval|no-new-func|no-script-url/,
  pylint: /^(?:W0122|W0123|exec-used|eval-used)$/,
  rubocop: /^Security\//,
  'golangci-lint': /^(?:gosec|G\d)/,
  shellcheck: /^(?!)/,
  mypy: /^(?!)/,
  pyright: /^(?!)/,
  black: /^(?!)/,
  isort: /^(?!)/,
}

/** False for what a linter says about style and correctness. */
export function isRiskRule(tool: string, rule: string): boolean {
  return !Object.hasOwn(riskRules, tool) || (riskRules[tool]?.test(rule) ?? true)
}
