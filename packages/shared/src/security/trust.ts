/** Which of several findings of one risk is shown. docs/deduplication.md says the same. Pure. */
import type { Finding, RiskKind } from '../finding/finding.ts'
import { compareText } from './risk-names.ts'

/** By kind, the tool that says most about it first; others come after, by name. */
export const trustedTools: Readonly<Record<RiskKind, readonly string[]>> = {
  vulnerability: ['osv-scanner', 'pip-audit', 'npm-audit', 'pnpm-audit', 'yarn-audit', 'trivy', 'safety'],
  weakness: ['codeql', 'semgrep', 'bandit', 'eslint-plugin-security'],
  secret: ['trufflehog', 'gitleaks', 'detect-secrets', 'trivy'],
  misconfiguration: ['trivy', 'hadolint', 'zizmor', 'actionlint'],
  license: ['trivy'],
  hygiene: [],
}

/**
 * What is there before what is fixed; then the most exact place; then the most trusted tool; then by tool, rule, place
 * and message. Of any two that differ one comes first.
 */
export function compareWitnesses(a: Finding, b: Finding): number {
  return (
    Number(a.state === 'fixed') - Number(b.state === 'fixed') ||
    exactness(b) - exactness(a) ||
    distrust(a) - distrust(b) ||
    compareText(a.tool, b.tool) ||
    compareText(a.rule, b.rule) ||
    comparePlaces(a, b) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint) ||
    compareText(shownParts(a), shownParts(b))
  )
}

/** What merging takes from the one that is shown, and nothing that it changes. */
function shownParts({ location, help, symbol, package: name, metric, fix, security }: Finding): string {
  const { lineDigest, resource, dependency } = security ?? {}
  const component = [dependency?.ecosystem, dependency?.name, dependency?.version]
  return JSON.stringify([location, help, symbol, name, metric, fix, lineDigest, resource, component])
}

function exactness({ location }: Finding): number {
  if (location === undefined) return 0
  if (location.outside) return 1
  if (location.line === undefined) return 2
  return location.column === undefined ? 3 : 4
}

function distrust({ tool, security }: Finding): number {
  const tools = security === undefined ? [] : trustedTools[security.kind]
  const index = tools.indexOf(tool)
  return index === -1 ? tools.length : index
}

export function comparePlaces(
  { location: a }: Pick<Finding, 'location'>,
  { location: b }: Pick<Finding, 'location'>,
): number {
  return (
    compareText(a?.path ?? '', b?.path ?? '') ||
    (a?.line ?? 0) - (b?.line ?? 0) ||
    (a?.column ?? 0) - (b?.column ?? 0)
  )
}
