import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseOsvScannerReport } from './osv-scanner-report.ts'

const recorded = readFileSync(join(import.meta.dirname, 'fixtures/osv-scanner.json'), 'utf8')

describe('a recorded report', () => {
  const { findings } = parseOsvScannerReport(recorded)
  const about = (name: string) => findings.find(({ security }) => security?.dependency?.name === name)

  it('has one finding for each package and group of ids', () => {
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      'GHSA-2099-0001-aaaa',
      'GHSA-2099-0002-aaaa',
      'GHSA-2099-0003-aaaa',
      'GHSA-2099-0004-aaaa',
      'GHSA-2099-0005-aaaa',
      'GHSA-2099-0006-aaaa',
      'GHSA-2099-aaaa-bbbb',
    ])
  })

  it('says what else an advisory is called', () => {
    const ids = about('django')?.security?.ids
    expect([...(ids ?? [])].sort()).toEqual(['CVE-2099-0002', 'GHSA-2099-0002-aaaa', 'PYSEC-2099-2'])
  })

  it('computes the severity of the vector, and takes the word where there is none', () => {
    expect(about('django')?.security?.claims).toContainEqual(
      expect.objectContaining({
        source: 'GHSA-2099-0002-aaaa',
        by: 'vector',
        severity: 'critical',
        score: 9.8,
      }),
    )
    expect(about('lodash')?.security?.claims).toEqual([
      { source: 'GHSA-2099-0005-aaaa', by: 'word', severity: 'high' },
    ])
  })

  it('claims nothing where nobody says how severe it is, which blocks', () => {
    expect(about('jinja2')).toMatchObject({ level: 'error', security: { claims: [] } })
  })

  it('names versions without it', () => {
    expect(about('django')?.security?.fixedVersions).toEqual(['3.2.4'])
    expect(about('jinja2')?.security?.fixedVersions).toEqual([])
  })

  it('names weaknesses by number', () => {
    expect(about('lodash')?.security?.cwe).toEqual([89])
  })
})

function report(changes: object): string {
  const found = {
    package: { name: 'a', version: '1.0', ecosystem: 'npm' },
    groups: [{ ids: ['GHSA-2222-2222-2222'], max_severity: '7.1' }],
    vulnerabilities: [{ id: 'GHSA-2222-2222-2222' }],
    ...changes,
  }
  return JSON.stringify({ results: [{ source: { path: '/p/package-lock.json' }, packages: [found] }] })
}

it('takes the score of the group where no advisory has a vector', () => {
  const [finding] = parseOsvScannerReport(report({})).findings
  expect(finding?.security?.claims).toEqual([
    { source: 'osv-scanner', by: 'score', severity: 'high', score: 7.1 },
  ])
})

it.each(['', 'high', '-1', '11', '0.0'])('does not take %j for a score', (max_severity) => {
  const text = report({ groups: [{ ids: ['GHSA-2222-2222-2222'], max_severity }] })
  expect(parseOsvScannerReport(text).findings[0]?.security?.claims).toEqual([])
})

it('takes no vector that is none', () => {
  const severity = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }, { type: 'Ubuntu', score: 'medium' }, null]
  const text = report({ groups: [{ ids: ['X-1'] }], vulnerabilities: [{ id: 'X-1', severity }] })
  expect(parseOsvScannerReport(text).findings[0]?.security?.claims).toEqual([])
})

it('lists no fix of another package, nor a commit', () => {
  const range = (type: string, fixed: string) => ({ type, events: [{ introduced: '0' }, { fixed }] })
  const affected = [
    { package: { name: 'a', ecosystem: 'npm' }, ranges: [range('SEMVER', '1.2.0'), range('GIT', 'abcdef')] },
    { package: { name: 'b', ecosystem: 'npm' }, ranges: [range('SEMVER', '9.9.9')] },
  ]
  const text = report({ vulnerabilities: [{ id: 'GHSA-2222-2222-2222', affected }] })
  expect(parseOsvScannerReport(text).findings[0]?.security?.fixedVersions).toEqual(['1.2.0'])
})

it('says what only development needs', () => {
  const message = (groups: readonly string[]) =>
    parseOsvScannerReport(report({ dependency_groups: groups })).findings[0]?.message
  expect(message(['dev'])).toContain('only for development')
  expect(message(['dev', ''])).not.toContain('only for development')
  expect(message([])).not.toContain('only for development')
})

it('passes over packages without a finding, and keys that it does not know', () => {
  const text = report({ groups: undefined, vulnerabilities: undefined, new_in_3: true })
  expect(parseOsvScannerReport(text).findings).toEqual([])
})

it.each(['{}', '[]', '{"results":null}', '{"results":[{}]}', '<html>', recorded.slice(0, 5000)])(
  'refuses %s',
  (text) => {
    expect(() => parseOsvScannerReport(text)).toThrow(/osv-scanner/)
  },
)
