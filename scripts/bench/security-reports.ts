/**
 * Reports of five scanners about one tree, as the scanners themselves write them, with risks that several of them see:
 * Semgrep and Bandit the same weakness, Trivy and osv-scanner the same vulnerability by other ids, gitleaks and Bandit
 * the same secret. Nothing in them is real.
 */
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { componentsFor, osvReport, trivyReport, writeLocks } from './dependency-reports.ts'

/** A line that has something on it. */
interface Line {
  readonly path: string
  readonly line: number
}

/** Writes them below `reports/`, and the lock files that they are about, which it commits. The names of the reports. */
export function writeSecurityReports(tree: string, findings: number): readonly string[] {
  const each = Math.floor(findings / 5)
  const lines = sourceLines(tree, each * 2)
  const components = componentsFor(each)
  writeLocks(tree, components)
  const secrets = lines.slice(0, Math.floor(each / 5))
  const texts = {
    'bandit.json': banditReport(lines.slice(0, each), secrets.length),
    // Half of what Bandit says of weaknesses, and as much of its own.
    'semgrep.json': semgrepReport(lines.slice(Math.floor(each / 2), Math.floor(each / 2) + each)),
    'gitleaks.json': gitleaksReport([...secrets, ...lines.slice(each, each * 2 - secrets.length)]),
    'trivy.json': trivyReport(components, each),
    'osv-scanner.json': osvReport(components, each),
  }
  mkdirSync(join(tree, 'reports'))
  for (const [name, value] of Object.entries(texts))
    writeFileSync(join(tree, 'reports', name), JSON.stringify(value, undefined, 2))
  return Object.keys(texts).map((name) => `reports/${name}`)
}

/** Spread evenly. */
function sourceLines(tree: string, count: number): readonly Line[] {
  const all = globSync('django/**/*.py', { cwd: tree })
    .toSorted()
    .flatMap((path) =>
      readFileSync(join(tree, path), 'utf8')
        .split('\n')
        .flatMap((text, index) => (text.trim().length > 8 ? [{ path, line: index + 1 }] : [])),
    )
  if (all.length < count) throw new Error(`${all.length} lines are fewer than ${count}`)
  const step = all.length / count
  return Array.from(
    { length: count },
    (_, index) => all[Math.floor(((index * 7919) % count) * step)],
  ).flatMap((line) => line ?? [])
}

const weaknesses = [
  { test: 'B608', cwe: 89, text: 'Possible SQL injection vector through string-based query construction.' },
  { test: 'B602', cwe: 78, text: 'subprocess call with shell=True identified, security issue.' },
  {
    test: 'B307',
    cwe: 78,
    text: 'Use of possibly insecure function - consider using safer ast.literal_eval.',
  },
  { test: 'B324', cwe: 327, text: 'Use of weak MD5 hash for security. Consider usedforsecurity=False' },
  { test: 'B301', cwe: 502, text: 'Pickle and modules that wrap it can be unsafe on untrusted data.' },
] as const

function weaknessAt({ line }: Line) {
  return weaknesses[line % weaknesses.length] ?? weaknesses[0]
}

/** Begins with any letter or digit, as keys do. */
function secretAt({ path, line }: Line): string {
  return createHash('sha256').update(`${path}:${line}`).digest('base64url').slice(0, 40)
}

/** The first `secrets` of them are passwords, the others weaknesses. */
function banditReport(lines: readonly Line[], secrets: number): object {
  const words = ['LOW', 'MEDIUM', 'HIGH']
  return {
    errors: [],
    generated_at: '2026-01-01T00:00:00Z',
    metrics: {
      ...Object.fromEntries(lines.map(({ path }) => [`./${path}`, { loc: 100, nosec: 0, skipped_tests: 0 }])),
      _totals: { loc: 100, nosec: 0, skipped_tests: 0 },
    },
    results: lines.map((place, index) => {
      const found =
        index < secrets
          ? { test: 'B105', cwe: 259, text: `Possible hardcoded password: '${secretAt(place)}'` }
          : weaknessAt(place)
      return {
        code: `${place.line} first line of the statement\n${place.line + 1} second line of the statement\n`,
        col_offset: 4,
        end_col_offset: 40,
        filename: `./${place.path}`,
        issue_confidence: words[index % 2],
        issue_cwe: { id: found.cwe, link: `https://cwe.mitre.org/data/definitions/${found.cwe}.html` },
        issue_severity: words[index % 3],
        issue_text: found.text,
        line_number: place.line,
        line_range: [place.line, place.line + 1],
        more_info: `https://bandit.readthedocs.io/en/1.9.0/plugins/${found.test.toLowerCase()}.html`,
        test_id: found.test,
        test_name: 'the_name_of_the_test',
      }
    }),
  }
}

function semgrepReport(lines: readonly Line[]): object {
  return {
    version: '1.182.0',
    results: lines.map((place) => {
      const { cwe, text } = weaknessAt(place)
      return {
        check_id: `python.lang.security.weakness-${cwe}`,
        path: place.path,
        start: { line: place.line, col: 5, offset: place.line * 40 },
        end: { line: place.line, col: 30, offset: place.line * 40 + 25 },
        extra: {
          message: `${text} Values in it can come from outside. Give them as parameters, or check them against a list.`,
          metadata: {
            category: 'security',
            technology: ['python'],
            cwe: [`CWE-${cwe}: The name of the weakness as its catalogue has it`],
            owasp: ['A03:2021 - Injection'],
            references: ['https://example.com/about-the-weakness', 'https://example.com/what-to-do'],
            impact: ['HIGH', 'MEDIUM', 'LOW'][place.line % 3],
            likelihood: ['HIGH', 'MEDIUM', 'LOW'][place.line % 2],
          },
          severity: 'ERROR',
          fingerprint: 'requires login',
          lines: 'requires login',
          validation_state: 'NO_VALIDATOR',
          engine_kind: 'OSS',
        },
      }
    }),
    errors: [],
    paths: { scanned: [...new Set(lines.map(({ path }) => path))] },
    time: {},
    engine_requested: 'OSS',
    skipped_rules: [],
  }
}

function gitleaksReport(lines: readonly Line[]): readonly object[] {
  return lines.map((place) => ({
    RuleID: 'generic-api-key',
    Description:
      'Detected a Generic API Key, potentially exposing access to various services and operations.',
    StartLine: place.line,
    EndLine: place.line,
    StartColumn: 5,
    EndColumn: 50,
    Match: `key = "${secretAt(place)}"`,
    Secret: secretAt(place),
    File: place.path,
    SymlinkFile: '',
    Commit: '',
    Entropy: 3.9,
    Author: '',
    Email: '',
    Date: '',
    Message: '',
    Tags: [],
    Fingerprint: `${place.path}:generic-api-key:${place.line}`,
  }))
}
