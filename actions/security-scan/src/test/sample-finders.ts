/** The tools that found what `sample-scan.ts` has. */
export const sampleFinders = [
  ...(['osv-scanner', 'pip-audit', 'trivy', 'npm-audit'] as const).map((id) => ({
    id,
    name: id,
    kind: 'dependencies',
    status: 'findings' as const,
  })),
  ...(['bandit', 'semgrep'] as const).map((id) => ({
    id,
    name: id,
    kind: 'code',
    status: 'findings' as const,
  })),
  ...(['gitleaks', 'trufflehog', 'detect-secrets'] as const).map((id) => ({
    id,
    name: id,
    kind: 'secrets',
    status: 'findings' as const,
  })),
  { id: 'hadolint', name: 'Hadolint', kind: 'images', status: 'findings' as const },
  { id: 'zizmor', name: 'zizmor', kind: 'workflows', status: 'findings' as const },
]
