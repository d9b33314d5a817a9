/** Reports of Trivy and osv-scanner about the same invented components and advisories. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { git } from '../example-repository.ts'

export interface Component {
  readonly name: string
  readonly version: string
  readonly ecosystem: 'PyPI' | 'npm'
}

const lockFiles = { PyPI: 'requirements.txt', npm: 'frontend/package-lock.json' } as const
const advisoriesEach = 5

/** As many as have `advisories` together. */
export function componentsFor(advisories: number): readonly Component[] {
  return Array.from({ length: Math.ceil(advisories / advisoriesEach) }, (_, index) => componentAt(index))
}

function componentAt(index: number): Component {
  const ecosystem = index % 2 === 0 ? 'PyPI' : 'npm'
  return { name: `component-${index}`, version: `${1 + (index % 9)}.${index % 20}.0`, ecosystem }
}

/** And commits them. */
export function writeLocks(tree: string, components: readonly Component[]): void {
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

type InventedAdvisory = ReturnType<typeof advisoriesOf>[number]

export function trivyReport(components: readonly Component[], count: number): object {
  const advisories = advisoriesOf(components, count)
  return {
    SchemaVersion: 2,
    ArtifactName: '.',
    ArtifactType: 'filesystem',
    Results: (['PyPI', 'npm'] as const).map((ecosystem) => ({
      Target: lockFiles[ecosystem],
      Class: 'lang-pkgs',
      Type: ecosystem === 'npm' ? 'npm' : 'pip',
      Packages: components.filter((each) => each.ecosystem === ecosystem).map(trivyPackage),
      Vulnerabilities: advisories
        .filter(({ component }) => component.ecosystem === ecosystem)
        .map(trivyVulnerability),
    })),
  }
}

function purlOf({ ecosystem, name, version }: Component): string {
  return `pkg:${ecosystem.toLowerCase()}/${name}@${version}`
}

function trivyPackage(component: Component, index: number): object {
  const { name, version, ecosystem } = component
  return {
    ID: `${name}@${version}`,
    Name: name,
    Identifier: { PURL: purlOf(component) },
    Version: version,
    ...(ecosystem === 'npm' && { Relationship: 'direct' }),
    Locations: [{ StartLine: index + 1, EndLine: index + 1 }],
  }
}

function trivyVulnerability({ component, cve, ghsa, fixed, risk }: InventedAdvisory): object {
  const { name, version } = component
  const cvss = { V3Vector: risk.vector, V3Score: risk.score }
  return {
    VulnerabilityID: cve,
    VendorIDs: [ghsa],
    PkgID: `${name}@${version}`,
    PkgName: name,
    PkgIdentifier: { PURL: purlOf(component), UID: '5e50e51473f78a35' },
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
    CVSS: { ghsa: cvss, nvd: cvss },
    References: Array.from({ length: 6 }, (_, index) => `https://example.com/${cve}/${index}`),
    PublishedDate: '2099-01-01T00:00:00Z',
    LastModifiedDate: '2099-01-02T00:00:00Z',
  }
}

/** Of PyPI each advisory is there twice, as in the real database: the group has them together. */
export function osvReport(components: readonly Component[], count: number): object {
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
  { component, fixed, risk }: InventedAdvisory,
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
