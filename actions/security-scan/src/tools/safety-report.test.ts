import { expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
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
