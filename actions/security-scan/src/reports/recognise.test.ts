import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FormatName } from './recognise.ts'
import { fittingFormats, formatNames, recogniseReport } from './recognise.ts'
import { parseDocument } from './report-document.ts'
import { fixture } from './test/stage.ts'

const own: Readonly<Record<string, FormatName>> = {
  'codeql.sarif': 'sarif',
  'docker-scout.sarif': 'sarif',
  'gitleaks.sarif': 'sarif',
  'grype.sarif': 'sarif',
  'osv-scanner.sarif': 'sarif',
  'semgrep.sarif': 'sarif',
  'snyk.sarif': 'sarif',
  'trivy.sarif': 'sarif',
  'cyclonedx-sbom.json': 'cyclonedx',
  'cyclonedx-vulnerabilities.json': 'cyclonedx',
  'gitleaks-7.json': 'gitleaks',
  'grype.json': 'grype',
  'npm-error.json': 'npm-audit',
  'nuclei.json': 'nuclei',
  'nuclei.jsonl': 'nuclei',
  'osv-scanner-empty.json': 'osv-scanner',
  'pip-audit-list.json': 'pip-audit',
  'pnpm.json': 'npm-audit',
  'safety-check.json': 'safety',
  'snyk-error.json': 'snyk',
  'snyk.json': 'snyk',
  'testssl-flat.json': 'testssl',
  'testssl-pretty.json': 'testssl',
  'testssl-unreachable.json': 'testssl',
  'trivy-cluster.json': 'trivy',
  'trivy-list.json': 'trivy',
  'trivy.json': 'trivy',
  'trufflehog.jsonl': 'trufflehog',
  'yarn-1.jsonl': 'yarn-audit',
  'zap.json': 'zap',
}

/** Recordings of real runs of the tools, by their id. */
const recorded: Readonly<Record<string, FormatName>> = {
  actionlint: 'actionlint',
  bandit: 'bandit',
  'detect-secrets': 'detect-secrets',
  'eslint-security': 'eslint',
  gitleaks: 'gitleaks',
  hadolint: 'hadolint',
  'npm-audit': 'npm-audit',
  'osv-scanner': 'osv-scanner',
  'pip-audit': 'pip-audit',
  safety: 'safety',
  semgrep: 'semgrep',
  trivy: 'trivy',
  trufflehog: 'trufflehog',
  zizmor: 'zizmor',
}

const recordings = new URL('../../../../test/fixtures/tools/', import.meta.url)

/** What the tool printed and wrote in the cases in which it found something. */
function recordedReports(tool: string): readonly string[] {
  const folder = new URL(`${tool}/`, recordings)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^(?:findings|history)\.\d\.json$/.test(name))
    .flatMap((name) => {
      const { files } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
      const written = Object.values(files ?? {}).filter((text) => typeof text === 'string')
      return [...written, readFileSync(new URL(name.replace(/json$/, 'stdout'), folder), 'utf8')]
    })
    .filter((text) => /^\s*[[{]/.test(text) && !/^\s*\[\s*\]\s*$/.test(text) && !isVersion(text))
}

/** Trivy is asked for it too. */
function isVersion(text: string): boolean {
  return text.startsWith('{"Version":')
}

describe('each report is of its own format and no other', () => {
  it.each(Object.entries(own))('%s', (name, format) => {
    const document = parseDocument(fixture(name))
    expect(fittingFormats(document)).toEqual([format])
    expect(recogniseReport(document)).toBe(format)
  })

  it('all fixtures are in the table', () => {
    const files = readdirSync(new URL('fixtures/', import.meta.url)).filter((name) => name !== 'README.md')
    expect(Object.keys(own).sort()).toEqual(files.sort())
  })

  it.each(Object.entries(recorded).filter(([tool]) => existsSync(new URL(`${tool}/`, recordings))))(
    'what %s really wrote',
    (tool, format) => {
      const reports = recordedReports(tool)
      expect(reports.length).toBeGreaterThan(0)
      for (const text of reports) expect(fittingFormats(parseDocument(text))).toEqual([format])
    },
  )

  it('every format has a report', () => {
    const real = Object.entries(recorded).flatMap(([tool, format]) =>
      recordedReports(tool).length > 0 ? [format] : [],
    )
    expect(formatNames.filter((name) => ![...Object.values(own), ...real].includes(name))).toEqual([])
  })
})

it.each([
  null,
  1,
  'text',
  [],
  {},
  [[]],
  [null],
  { results: [] },
  { results: [], errors: [] },
  { vulnerabilities: [] },
  { matches: [] },
  { dependencies: [] },
  { version: '2.1.0' },
  [{ file: 'a', line: 1 }],
  [{ id: 'x', severity: 'HIGH' }],
])('%j is of none', (value) => {
  expect(recogniseReport({ value, form: 'json' })).toBeUndefined()
})
