/** The component that a vulnerability in SARIF is of: each tool writes it somewhere else. Pure. */
import type { Dependency, SarifResult } from '@ci-actions/shared'
import { componentOf } from '../tools/ecosystem.ts'
import { recordIn, records, texts } from './loose-lists.ts'
import type { SarifFacts } from './sarif-facts.ts'
import { ecosystemOfSnyk } from './snyk-report.ts'

export interface SarifComponent {
  readonly ids: readonly string[]
  readonly dependency?: Dependency | undefined
  readonly fixedVersions: readonly string[]
}

const advisory =
  /^(?:\[[A-Z]+\] )?((?:CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3}|PYSEC-\d{4}-\d+|GO-\d{4}-\d+|RUSTSEC-\d{4}-\d+|(?:MAL|OSV)-\d{4}-\d+|SNYK-[A-Z]+-\S+|npm:[^:]+:\d{8}|[A-Z]+-SA-\S+|DSA-\d+\S*|ALAS\S*))/

/** The id of an advisory that a rule is called by; Grype puts the package behind it. */
export function advisoryIn(rule: string): string | undefined {
  return advisory.exec(rule)?.[1]
}

export function componentIn(result: SarifResult, facts: SarifFacts): SarifComponent {
  const { finding, rule, record } = result
  const help = recordIn(rule.record, 'help')
  const described = [
    finding.message,
    textIn(recordIn(record, 'message')),
    textIn(help),
    String(help['markdown'] ?? ''),
  ]
  const label = (names: string) => labelled(described, names)
  const fixed =
    label('Fixed Version|Fix Version|Fixed version') ?? textOf(facts.ruleProperties['fixed_version'])
  const dependency = purlOf(described, facts) ?? namedOf(result, facts, label)
  return {
    ids: idsOf(result),
    ...(dependency && { dependency }),
    fixedVersions: (fixed ?? '').split(/,\s*/).filter((each) => /^v?\d[\w.+:~-]*$/.test(each)),
  }
}

function idsOf({ finding, rule }: SarifResult): readonly string[] {
  const also = /\(also known as ([^)]{1,2000})\)/.exec(finding.message)?.[1] ?? ''
  const others = [...texts(rule.record['deprecatedIds']), ...(also.match(/[A-Za-z]+-[\w-]+/g) ?? [])]
  const properties = recordIn(rule.record, 'properties')
  const aliases = [
    ...texts(properties['aliases']),
    ...texts(properties['cve']),
    textOf(properties['cve']) ?? [],
  ].flat()
  return [...new Set([finding.rule, ...others, ...aliases].flatMap((each) => advisoryIn(each) ?? []))]
}

/** A result's own message before what its rule says, which may be about several packages. */
function purlOf(
  described: readonly string[],
  { properties, ruleProperties }: SarifFacts,
): Dependency | undefined {
  const said = described[1]?.match(/pkg:[a-z][a-z0-9.+-]*\/[^\s|`'")]+/)?.[0]
  const own = [textOf(properties['purl']), ...texts(properties['purls'])]
  const ofRule = [textOf(ruleProperties['purl']), ...texts(ruleProperties['purls'])].filter(
    (each) => each !== undefined,
  )
  const purl = said ?? own.find((each) => each !== undefined) ?? (ofRule.length === 1 ? ofRule[0] : undefined)
  return purl === undefined ? undefined : componentOf(purl)
}

function namedOf(
  { finding, rule, record }: SarifResult,
  { tool, rule: id, ruleProperties }: SarifFacts,
  label: (names: string) => string | undefined,
): Dependency | undefined {
  const logical = records(records(record['locations'])[0]?.['logicalLocations'])[0]
  const quoted = /Package '((?:@)?[^'@]+)@([^']+)' is vulnerable/.exec(finding.message)
  const inSentence = /vulnerability in (\S+) package: (\S+), version (\S+)/.exec(finding.message)
  const full = tool === 'snyk' ? /^(@?[^@]+)@(.+)$/.exec(textOf(logical?.['fullyQualifiedName']) ?? '') : null
  const name = quoted?.[1] ?? inSentence?.[2] ?? full?.[1] ?? label('Package')
  if (name === undefined) return undefined
  const version = quoted?.[2] ?? inSentence?.[3] ?? full?.[2] ?? label('Installed Version|Version')
  const ecosystem =
    ecosystemOfSnykRule(id, texts(ruleProperties['tags'])) ??
    ecosystemOfKind(inSentence?.[1] ?? label('Type') ?? '') ??
    ecosystemOfFile(finding.location?.path ?? '') ??
    (rule.record['name'] === 'OsPackageVulnerability' ? 'generic' : undefined)
  return ecosystem === undefined
    ? undefined
    : { ecosystem, name: name.replace(':', '/'), ...(version !== undefined && { version }) }
}

/** `SNYK-PYTHON-JINJA2-174126`; the package manager also stands among the tags. */
function ecosystemOfSnykRule(rule: string, tags: readonly string[]): string | undefined {
  const language = /^SNYK-([A-Z]+)-/.exec(rule)?.[1]?.toLowerCase()
  const known: Readonly<Record<string, string>> = {
    js: 'npm',
    python: 'pypi',
    java: 'maven',
    ruby: 'gem',
    dotnet: 'nuget',
    php: 'composer',
    rust: 'cargo',
    golang: 'golang',
  }
  if (language === undefined) return rule.startsWith('npm:') ? 'npm' : undefined
  const manager = tags.find((tag) =>
    /^(?:npm|yarn|pnpm|pip|poetry|maven|gradle|gomodules|rubygems|nuget|composer|deb|apk|rpm)$/.test(tag),
  )
  return (
    (Object.hasOwn(known, language) ? known[language] : undefined) ??
    (manager === undefined ? undefined : ecosystemOfSnyk(manager))
  )
}

/** Grype's types of packages. */
function ecosystemOfKind(type: string): string | undefined {
  const known: Readonly<Record<string, string>> = {
    python: 'pypi',
    npm: 'npm',
    'go-module': 'golang',
    'java-archive': 'maven',
    gem: 'gem',
    deb: 'deb',
    apk: 'apk',
    rpm: 'rpm',
    'rust-crate': 'cargo',
    'php-composer': 'composer',
    dotnet: 'nuget',
  }
  return Object.hasOwn(known, type) ? known[type] : undefined
}

const lockFiles: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|\/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|poetry\.lock|uv\.lock|pdm\.lock|pylock[\w.]*\.toml|Pipfile(?:\.lock)?|pyproject\.toml|setup\.py)$/,
    'pypi',
  ],
  [/(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/, 'npm'],
  [/(?:^|\/)go\.(?:mod|sum)$/, 'golang'],
  [/(?:^|\/)Cargo\.(?:lock|toml)$/, 'cargo'],
  [/(?:^|\/)(?:pom\.xml|[\w.-]*\.gradle(?:\.kts)?|gradle\.lockfile)$/, 'maven'],
  [/(?:^|\/)Gemfile(?:\.lock)?$/, 'gem'],
  [/(?:^|\/)composer\.(?:lock|json)$/, 'composer'],
]

function ecosystemOfFile(path: string): string | undefined {
  return lockFiles.find(([pattern]) => pattern.test(path.replaceAll('\\', '/')))?.[1]
}

/** `Package: requests` on a line of its own, or `| Package | requests |`. */
function labelled(described: readonly string[], names: string): string | undefined {
  const pattern = new RegExp(`(?:^|\\n)[ |*]*(?:${names})[ |*]*[:|][ |*]*([^\\s|]+)`, 'i')
  for (const text of described) {
    const value = pattern.exec(text.slice(0, 20_000))?.[1]
    if (value !== undefined) return value
  }
  return undefined
}

function textIn(message: Readonly<Record<string, unknown>>): string {
  return textOf(message['text']) ?? ''
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
