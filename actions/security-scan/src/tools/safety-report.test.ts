import { expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { projectOf, requestFor } from '../../../../test/tools/run-case.ts'
import { safety } from './safety.ts'
import { parseSafetyReport } from './safety-report.ts'

// Written by hand, after the schema that Safety brings: running it needs an account.
const scan = {
  meta: { schema_version: '3.0' },
  scan_results: {
    projects: [
      {
        files: [
          {
            location: 'requirements.txt',
            results: {
              dependencies: [
                {
                  name: 'Invented_Parser',
                  specifications: [
                    {
                      raw: 'Invented_Parser==1.4.0',
                      vulnerabilities: {
                        known_vulnerabilities: [
                          { id: '90001', vulnerable_spec: '<1.4.2', ignored: null },
                          { id: '90002', vulnerable_spec: '<9', ignored: { code: 'manual', reason: 'why' } },
                        ],
                        remediation: { recommended: '1.4.2' },
                      },
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    ],
  },
}

const check = {
  report_meta: {},
  vulnerabilities: [
    {
      vulnerability_id: '90001',
      package_name: 'invented-parser',
      analyzed_version: '1.4.0',
      CVE: 'CVE-2026-90001',
      advisory: 'Runs commands.',
      more_info_url: 'https://example.org/90001',
      fixed_versions: ['1.4.2'],
      severity: null,
    },
  ],
}

it('reads what `safety scan` writes, without what its policy ignores', () => {
  const { findings, filesChecked } = parseSafetyReport(JSON.stringify(scan))
  expect(filesChecked).toBe(1)
  expect(findings).toMatchObject([
    {
      location: { path: 'requirements.txt' },
      security: {
        ids: ['SFTY-90001'],
        claims: [],
        dependency: { ecosystem: 'pypi', name: 'invented-parser', version: '1.4.0' },
        fixedVersions: ['1.4.2'],
      },
    },
  ])
})

it('reads what `safety check` wrote, with no severity where there is none', () => {
  expect(parseSafetyReport(JSON.stringify(check)).findings).toMatchObject([
    { rule: 'CVE-2026-90001', security: { ids: ['SFTY-90001', 'CVE-2026-90001'], claims: [] } },
  ])
})

it('takes the severity of CVSS 3 where there is one', () => {
  const severity = { cvssv2: { base_severity: 'MEDIUM' }, cvssv3: { base_severity: 'HIGH' } }
  const text = JSON.stringify({ vulnerabilities: [{ ...check.vulnerabilities[0], severity }] })
  expect(parseSafetyReport(text).findings[0]?.security?.claims).toMatchObject([{ severity: 'high' }])
})

it.each([
  [{ vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', base_score: 9.8 }, 'vector', 'critical'],
  [{ vector_string: null, base_score: 9.8 }, 'score', 'critical'],
  [{ vector_string: 'CVSS:3.1/AV:N', base_score: 7.5 }, 'score', 'high'],
])('reads the vector of CVSS 3, or else its score: %j', (cvssv3, by, severity) => {
  const rated = { cvssv2: { vector_string: 'AV:L/AC:H/Au:M/C:N/I:N/A:P', base_score: 0.8 }, cvssv3 }
  const text = JSON.stringify({ vulnerabilities: [{ ...check.vulnerabilities[0], severity: rated }] })
  expect(parseSafetyReport(text).findings[0]?.security?.claims).toMatchObject([{ by, severity }])
})

it('reads the vector of CVSS 2 where there is no other', () => {
  const rated = { cvssv2: { vector_string: 'AV:N/AC:L/Au:N/C:C/I:C/A:C', base_score: 10 }, cvssv3: null }
  const text = JSON.stringify({ vulnerabilities: [{ ...check.vulnerabilities[0], severity: rated }] })
  expect(parseSafetyReport(text).findings[0]?.security?.claims).toMatchObject([
    { by: 'table', severity: 'high' },
  ])
})

it.each(['[]', '{}', '{"error":"no key"}', ''])('takes %j for no report', (text) => {
  expect(() => parseSafetyReport(text)).toThrow()
})

it('runs only where there is a key, and says what it needs', () => {
  const project = projectOf({ name: 'x', files: { 'requirements.txt': 'a==1\n' } }, '/project')
  expect(safety.applies(project)).toMatchObject({
    status: 'not-applicable',
    why: expect.stringContaining('SAFETY_API_KEY'),
  })
  expect(safety.applies(project, { 'safety-key': true })).toEqual({ runs: true, files: ['requirements.txt'] })
})

it('asks nobody offline', () => {
  const files = { 'requirements.txt': 'a==1\n' }
  const installed = { command: ['safety'], version: '3.7.0' }
  const request = (settings: ToolCase['settings'] = {}) =>
    requestFor(
      safety,
      { name: 'x', files, settings: { 'safety-key': true, ...settings } },
      { top: '/t', installed },
    )
  expect(safety.invocations(request())).toHaveLength(1)
  expect(() => safety.invocations(request({ offline: true }))).toThrow(/`offline` forbids/)
})

it('says what its policy leaves out', () => {
  const notice = (of: string) => ({
    level: 'notice',
    message: `${of}: 1 finding left out by the policy of Safety.`,
  })
  const { notices: ofScan } = parseSafetyReport(JSON.stringify(scan))
  expect(ofScan).toEqual([
    { level: 'notice', message: expect.stringMatching(/requirements\S*: 1 finding left out/) },
  ])
  const ignored = { ...check, ignored_vulnerabilities: [{ package_name: 'invented-http' }] }
  expect(parseSafetyReport(JSON.stringify(ignored)).notices).toEqual([notice('invented-http')])
  expect(parseSafetyReport(JSON.stringify(check)).notices).toEqual([])
})
