/** What a scan of a small service may come to: 26 findings of eight tools, merged already. */
import type { Finding, Security } from '@ci-actions/shared'
import { sampleRisk } from './sample-risk.ts'

function vulnerability(
  name: string,
  version: string,
  id: string,
  more: Partial<Security> & {
    readonly path?: string
    readonly via?: readonly string[]
    readonly found?: readonly string[]
    readonly old?: true
  },
): Finding {
  const { path = 'uv.lock', via = [name], found = ['osv-scanner', 'pip-audit'], old, ...security } = more
  return sampleRisk({
    tool: found[0] ?? '',
    rule: id,
    message: `${name} ${version}: a known vulnerability`,
    location: { path, line: 40 },
    state: old ? 'unchanged' : 'new',
    witnesses: found.map((tool) => ({ tool, rule: id })),
    security: {
      kind: 'vulnerability',
      ids: [id],
      dependency: {
        ecosystem: path.endsWith('.json') ? 'npm' : 'pypi',
        name,
        version,
        direct: via.length === 1,
        via,
      },
      ...security,
    },
  })
}

const dependencies: readonly Finding[] = [
  vulnerability('jinja2', '2.10', 'CVE-2019-10906', {
    severity: 'critical',
    score: 9.8,
    fixedVersions: ['2.10.1'],
    exploited: true,
    epss: 0.42,
    via: ['flask', 'jinja2'],
    found: ['osv-scanner', 'pip-audit', 'trivy'],
  }),
  vulnerability('jinja2', '2.10', 'CVE-2020-28493', {
    severity: 'medium',
    score: 5.3,
    fixedVersions: ['2.11.3'],
    via: ['flask', 'jinja2'],
  }),
  vulnerability('jinja2', '2.10', 'CVE-2024-22195', {
    severity: 'medium',
    score: 5.4,
    fixedVersions: ['3.1.3'],
    via: ['flask', 'jinja2'],
  }),
  vulnerability('urllib3', '1.26.4', 'CVE-2021-33503', {
    severity: 'high',
    score: 7.5,
    fixedVersions: ['1.26.5'],
    epss: 0.021,
    via: ['requests', 'botocore', 'aiobotocore', 'urllib3'],
  }),
  vulnerability('ecdsa', '0.18.0', 'CVE-2024-23342', {
    severity: 'high',
    score: 7.4,
    fixedVersions: [],
    found: ['osv-scanner'],
  }),
  vulnerability('pyyaml', '5.3', 'CVE-2020-14343', {
    severity: 'critical',
    score: 9.8,
    fixedVersions: ['5.4'],
    old: true,
  }),
  vulnerability('lodash', '4.17.15', 'CVE-2021-23337', {
    severity: 'high',
    score: 7.2,
    fixedVersions: ['4.17.21'],
    path: 'web/package-lock.json',
    found: ['npm-audit', 'osv-scanner'],
  }),
  vulnerability('minimist', '1.2.0', 'CVE-2021-44906', {
    severity: 'critical',
    score: 9.8,
    fixedVersions: ['1.2.6', '0.2.4'],
    path: 'web/package-lock.json',
    via: ['mkdirp', 'minimist'],
    found: ['npm-audit'],
  }),
  vulnerability('acme-internal', '1.0', 'GHSA-xxxx-yyyy-zzzz', {
    severity: 'unknown',
    fixedVersions: ['1.1'],
    path: 'requirements.txt',
    found: ['pip-audit'],
  }),
]

const code: readonly Finding[] = [
  sampleRisk({
    security: { severity: 'high', cwe: [89] },
    witnesses: [
      { tool: 'bandit', rule: 'B608' },
      { tool: 'semgrep', rule: 'sql-injection' },
    ],
  }),
  sampleRisk({
    rule: 'B324',
    message: 'Use of weak MD5 hash for security.',
    location: { path: 'orders/tokens.py', line: 31 },
    security: { severity: 'high', cwe: [327] },
  }),
  sampleRisk({
    rule: 'B113',
    message: 'Call to requests without timeout',
    location: { path: 'orders/gateway.py', line: 17 },
    security: { cwe: [400] },
  }),
  ...[22, 29, 61].map((line) =>
    sampleRisk({
      rule: 'B101',
      level: 'note',
      message: 'Use of assert detected.',
      location: { path: 'orders/pricing.py', line },
      security: { severity: 'low', cwe: [703] },
      state: 'unchanged',
    }),
  ),
  sampleRisk({
    tool: 'semgrep',
    rule: 'custom.no-debug',
    message: 'Debugging is on',
    location: { path: 'orders/app.py', line: 3 },
    security: { cwe: [489] },
  }),
]

const secrets: readonly Finding[] = [
  sampleRisk({
    tool: 'trufflehog',
    rule: 'AWS',
    message: 'An AWS key is in a file.',
    location: { path: 'deploy/settings.env', line: 4 },
    metric: 'secrets',
    security: { kind: 'secret', severity: 'critical', verified: true, cwe: [798] },
    witnesses: [
      { tool: 'gitleaks', rule: 'aws-access-token' },
      { tool: 'trufflehog', rule: 'AWS' },
      { tool: 'detect-secrets', rule: 'AWS Access Key' },
    ],
  }),
  sampleRisk({
    tool: 'gitleaks',
    rule: 'generic-api-key',
    message: 'Something like a key of a service is in a file.',
    location: { path: 'tests/fixtures/payload.json', line: 120 },
    metric: 'secrets',
    security: { kind: 'secret', severity: 'high', cwe: [798] },
  }),
]

const configuration: readonly Finding[] = [
  sampleRisk({
    tool: 'hadolint',
    rule: 'DL3002',
    message: 'Last USER should not be root',
    location: { path: 'Dockerfile', line: 21 },
    security: { kind: 'misconfiguration', severity: 'high', resource: 'USER' },
    witnesses: [
      { tool: 'hadolint', rule: 'DL3002' },
      { tool: 'trivy', rule: 'AVD-DS-0002' },
    ],
  }),
  sampleRisk({
    tool: 'zizmor',
    rule: 'template-injection',
    message:
      'code injection via template expansion: `github.event.pull_request.title` may expand into attacker-controllable code',
    location: { path: '.github/workflows/labels.yml', line: 18 },
    security: { kind: 'misconfiguration', severity: 'high' },
  }),
  sampleRisk({
    tool: 'zizmor',
    rule: 'unpinned-uses',
    message: 'unpinned action reference: action is not pinned to a hash',
    location: { path: '.github/workflows/ci.yml', line: 11 },
    state: 'unchanged',
    security: { kind: 'misconfiguration', severity: 'medium' },
  }),
  sampleRisk({
    tool: 'dependabot',
    rule: 'dependabot-missing-ecosystem',
    level: 'note',
    message:
      'Dependabot does not look after docker, which Dockerfile asks for. Add `- package-ecosystem: docker` with `directory: /` and `schedule: {interval: weekly}`.',
    location: { path: '.github/dependabot.yml' },
    security: { kind: 'misconfiguration', severity: 'low', resource: 'docker' },
  }),
]

const others: readonly Finding[] = [
  sampleRisk({
    tool: 'licenses',
    rule: 'denied',
    message:
      'pdfkit-gpl 2.1 has the licence AGPL-3.0-only, which `denied-licenses` denies by `AGPL-*` (METADATA of pdfkit-gpl 2.1). Replace it.',
    location: { path: 'uv.lock', line: 210 },
    metric: 'licenses',
    security: {
      kind: 'license',
      severity: 'high',
      dependency: { ecosystem: 'pypi', name: 'pdfkit-gpl', version: '2.1' },
    },
  }),
  sampleRisk({
    tool: 'dependency-hygiene',
    rule: 'stale-lock',
    level: 'note',
    message:
      'uv.lock does not fit pyproject.toml: httpx is missing. Write it anew with `uv lock` and commit it.',
    location: { path: 'uv.lock' },
    metric: 'dependencies',
    security: { kind: 'hygiene', severity: 'low', resource: 'uv.lock pyproject.toml' },
  }),
]

export const sampleScan: readonly Finding[] = [
  ...dependencies,
  ...code,
  ...secrets,
  ...configuration,
  ...others,
]
