/**
 * Reports of five scanners about one tree, as the scanners themselves write them, with risks that several of them see:
 * Semgrep and Bandit the same weakness, Trivy and osv-scanner the same vulnerability by other ids, gitleaks and Bandit
 * the same secret. Nothing in them is real.
 */
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { git } from '../example-repository.ts'

/** A line that has something on it. */
interface Line {
  readonly path: string
  readonly line: number
}

interface Component {
  readonly name: string
  readonly version: string
  readonly ecosystem: 'PyPI' | 'npm'
}

const lockFiles = { PyPI: 'requirements.txt', npm: 'frontend/package-lock.json' } as const
const advisoriesEach = 5

/** Writes them below `reports/`, and the lock files that they are about, which it commits. The names of the reports. */
export function writeSecurityReports(tree: string, findings: number): readonly string[] {
  const each = Math.floor(findings / 5)
  const lines = sourceLines(tree, each * 2)
  const components = Array.from({ length: Math.ceil(each / advisoriesEach) }, (_, index) =>
    componentAt(index),
  )
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

function componentAt(index: number): Component {
  const ecosystem = index % 2 === 0 ? 'PyPI' : 'npm'
  return { name: `component-${index}`, version: `${1 + (index % 9)}.${index % 20}.0`, ecosystem }
}

function writeLocks(tree: string, components: readonly Component[]): void {
  mkdirSync(dirname(join(tree, lockFiles.npm)), { recursive: true })
  const pins = components.filter(({ ecosystem }) => ecosystem === 'PyPI')
  const packages = components.filter(({ ecosystem }) => ecosystem === 'npm')
  writeFileSync(join(tree, lockFiles.PyPI), pins.map(({ name, version }) => `${name}==${version}\n`).join(''))
  const entries = packages.map(({ name, version }) => [`node_modules/${name}`, { version }] as const)
  const lock = { lockfileVersion: 3, packages: { '': {}, ...Object.fromEntries(entries) } }
  writeFileSync(join(tree, lockFiles.npm), JSON.stringify(lock, undefined, 2))
  git(tree, 'add', '--all')
  git(tree, 'commit', '--quiet', '--message=lock files')
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

const vectors = [
  { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, word: 'CRITICAL', size: 4 },
  { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', score: 7.5, word: 'HIGH', size: 3 },
  { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', score: 6.1, word: 'MEDIUM', size: 2 },
  { vector: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', score: 1.8, word: 'LOW', size: 1 },
] as const

const description = 'A request that is made for it lets the program do what it should not. '.repeat(8)

function advisoriesOf(components: readonly Component[], count: number) {
  return Array.from({ length: count }, (_, index) => {
    const component = components[Math.floor(index / advisoriesEach)] ?? componentAt(0)
    const number = String(index).padStart(5, '0')
    return {
      component,
      cve: `CVE-2099-${number}`,
      ghsa: `GHSA-2099-${number.slice(1)}-${['aaaa', 'cccc', 'ffff', 'gggg', 'hhhh'][Number(number[0])] ?? 'jjjj'}`,
      pysec: `PYSEC-2099-${index}`,
      fixed: `${Number(component.version.split('.')[0]) + 1}.0.${index % advisoriesEach}`,
      risk: vectors[index % vectors.length] ?? vectors[0],
    }
  })
}

function trivyReport(components: readonly Component[], count: number): object {
  const advisories = advisoriesOf(components, count)
  return {
    SchemaVersion: 2,
    ArtifactName: '.',
    ArtifactType: 'filesystem',
    Results: (['PyPI', 'npm'] as const).map((ecosystem) => ({
      Target: lockFiles[ecosystem],
      Class: 'lang-pkgs',
      Type: ecosystem === 'npm' ? 'npm' : 'pip',
      Packages: components
        .filter((each) => each.ecosystem === ecosystem)
        .map(({ name, version }, index) => ({
          ID: `${name}@${version}`,
          Name: name,
          Identifier: { PURL: `pkg:${ecosystem.toLowerCase()}/${name}@${version}` },
          Version: version,
          ...(ecosystem === 'npm' && { Relationship: 'direct' }),
          Locations: [{ StartLine: index + 1, EndLine: index + 1 }],
        })),
      Vulnerabilities: advisories
        .filter(({ component }) => component.ecosystem === ecosystem)
        .map(({ component: { name, version }, cve, ghsa, fixed, risk }) => ({
          VulnerabilityID: cve,
          VendorIDs: [ghsa],
          PkgID: `${name}@${version}`,
          PkgName: name,
          PkgIdentifier: {
            PURL: `pkg:${ecosystem.toLowerCase()}/${name}@${version}`,
            UID: '5e50e51473f78a35',
          },
          InstalledVersion: version,
          FixedVersion: fixed,
          Status: 'fixed',
          SeveritySource: 'ghsa',
          PrimaryURL: `https://avd.aquasec.com/nvd/${cve.toLowerCase()}`,
          DataSource: { ID: 'ghsa', Name: 'GitHub Security Advisory', URL: 'https://example.com/advisories' },
          Title: `${name}: does what it should not`,
          Description: description,
          Severity: risk.word,
          CweIDs: ['CWE-400'],
          VendorSeverity: { ghsa: risk.size, nvd: risk.size, redhat: 2 },
          CVSS: {
            ghsa: { V3Vector: risk.vector, V3Score: risk.score },
            nvd: { V3Vector: risk.vector, V3Score: risk.score },
          },
          References: Array.from({ length: 6 }, (_, index) => `https://example.com/${cve}/${index}`),
          PublishedDate: '2099-01-01T00:00:00Z',
          LastModifiedDate: '2099-01-02T00:00:00Z',
        })),
    })),
  }
}

/** Of PyPI each advisory is there twice, as in the real database: the group has them together. */
function osvReport(components: readonly Component[], count: number): object {
  const advisories = Map.groupBy(advisoriesOf(components, count), ({ component }) => component)
  return {
    results: (['PyPI', 'npm'] as const).map((ecosystem) => ({
      source: { path: lockFiles[ecosystem], type: 'lockfile' },
      packages: [...advisories]
        .filter(([component]) => component.ecosystem === ecosystem)
        .map(([{ name, version }, own]) => ({
          package: { name, version, ecosystem },
          vulnerabilities: own.flatMap((each) => [
            advisory(each, each.ghsa, [each.cve]),
            ...(ecosystem === 'PyPI' ? [advisory(each, each.pysec, [each.cve, each.ghsa])] : []),
          ]),
          groups: own.map(({ cve, ghsa, pysec, risk }) => ({
            ids: ecosystem === 'PyPI' ? [pysec, ghsa] : [ghsa],
            aliases: ecosystem === 'PyPI' ? [cve, ghsa, pysec] : [cve, ghsa],
            max_severity: String(risk.score),
          })),
        })),
    })),
    experimental_config: { licenses: { summary: false, allowlist: null } },
  }
}

function advisory(
  { component, fixed, risk }: ReturnType<typeof advisoriesOf>[number],
  id: string,
  aliases: readonly string[],
): object {
  const { name, ecosystem } = component
  return {
    schema_version: '1.7.0',
    id,
    aliases,
    modified: '2099-01-02T00:00:00Z',
    published: '2099-01-01T00:00:00Z',
    summary: `${name} does what it should not`,
    details: description,
    severity: [{ type: 'CVSS_V3', score: risk.vector }],
    affected: [
      {
        package: { ecosystem, name, purl: `pkg:${ecosystem.toLowerCase()}/${name}` },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
        versions: Array.from({ length: 30 }, (_, index) => `0.${index}.0`),
      },
    ],
    references: Array.from({ length: 4 }, (_, index) => ({
      type: 'WEB',
      url: `https://example.com/${index}`,
    })),
    database_specific: { cwe_ids: ['CWE-400'], severity: risk.word },
  }
}
