import { describe, expect, test } from 'vitest'
import { read } from './test/read.ts'

describe('.trivyignore', () => {
  test('is read with its days, and comments right above as reasons', () => {
    const text =
      '# Accept the risk:\n# not used\nCVE-2018-14618\n\n# apart\n\nAVD-DS-0002 exp:2026-03-01\r\nbad exp:soon\n'
    expect(read('.trivyignore', text)).toEqual([
      {
        origin: '`.trivyignore`, line 3',
        about: { ids: ['CVE-2018-14618'] },
        reason: 'Accept the risk: not used',
      },
      { origin: '`.trivyignore`, line 7', about: { ids: ['AVD-DS-0002'] }, expires: '2026-03-01' },
      { origin: '`.trivyignore`, line 8', about: { ids: ['bad'] } },
    ])
  })

  test('is read as YAML, an entry for each component', () => {
    const text = `
vulnerabilities:
  - id: CVE-2022-40897
    paths: ["usr/local/**"]
    statement: Only pip
    expired_at: 2026-02-01
  - id: CVE-2023-2650
    purls:
      - "pkg:deb/debian/libssl1.1@1.1.1n"
      - "pkg:pypi/Jinja2"
      - "jinja2"
misconfigurations:
  - id: AVD-DS-0001
secrets:
licenses: wrong
`
    expect(read('deploy/.trivyignore.yaml', text)).toEqual([
      {
        origin: '`deploy/.trivyignore.yaml`, `vulnerabilities`, entry 1',
        about: { ids: ['CVE-2022-40897'], paths: ['usr/local/**'] },
        reason: 'Only pip',
        expires: '2026-02-01',
      },
      {
        origin: '`deploy/.trivyignore.yaml`, `vulnerabilities`, entry 2',
        about: { ids: ['CVE-2023-2650'], component: 'deb/debian/libssl1.1', version: '1.1.1n' },
      },
      {
        origin: '`deploy/.trivyignore.yaml`, `vulnerabilities`, entry 2',
        about: { ids: ['CVE-2023-2650'], component: 'pypi/jinja2' },
      },
      {
        origin: '`deploy/.trivyignore.yaml`, `vulnerabilities`, entry 2',
        about: { ids: ['CVE-2023-2650'] },
        lost: ['only jinja2, which is no package URL'],
      },
      { origin: '`deploy/.trivyignore.yaml`, `misconfigurations`, entry 1', about: { ids: ['AVD-DS-0001'] } },
    ])
  })
})

test('osv-scanner.toml: ids with their days, and packages that are ignored', () => {
  const text = `
[[IgnoredVulns]]
id = "GO-2022-0968"
ignoreUntil = 2026-11-09
reason = "No servers"
[[IgnoredVulns]]
id = "GO-2022-1059"
ignoreUntil = 2026-11-09T10:00:00Z
[[PackageOverrides]]
name = "Some_Lib"
version = "1.0.0"
ecosystem = "PyPI"
vulnerability.ignore = true
effectiveUntil = 2026-05-01
reason = "abc"
[[PackageOverrides]]
ecosystem = "Go"
name = "example.test/mod"
ignore = true
group = "dev"
[[PackageOverrides]]
name = "licensed"
license.override = ["MIT"]
`
  expect(read('osv-scanner.toml', text)).toEqual([
    {
      origin: '`osv-scanner.toml`, `IgnoredVulns`, entry 1',
      about: { ids: ['GO-2022-0968'] },
      ...{ reason: 'No servers', expires: '2026-11-09' },
    },
    {
      origin: '`osv-scanner.toml`, `IgnoredVulns`, entry 2',
      about: { ids: ['GO-2022-1059'] },
      expires: '2026-11-09',
    },
    {
      origin: '`osv-scanner.toml`, `PackageOverrides`, entry 1',
      about: { component: 'pypi/some-lib' },
      ...{ reason: 'abc', expires: '2026-05-01', lost: ['only version 1.0.0'] },
    },
    {
      origin: '`osv-scanner.toml`, `PackageOverrides`, entry 2',
      about: { component: 'golang/example.test/mod' },
      lost: ['only group dev'],
    },
  ])
})

test('.gitleaksignore: rule and path, wherever in the history', () => {
  const commit = 'cd5226711335c68be1e720b318b7bc3135a30eb2'
  const text = `# known\n${commit}:cmd/g[1].go:sidekiq-secret:23\nconfig.py:aws-access-token:4\nodd\n`
  expect(read('.gitleaksignore', text)).toEqual([
    {
      origin: '`.gitleaksignore`, line 2',
      about: { ids: ['sidekiq-secret'], paths: ['cmd/g\\[1\\].go'] },
    },
    { origin: '`.gitleaksignore`, line 3', about: { ids: ['aws-access-token'], paths: ['config.py'] } },
    { origin: '`.gitleaksignore`, line 4', about: { ids: [] } },
  ])
})
