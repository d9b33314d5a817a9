/** Invented advisories about invented packages, in the form of OSV: https://ossf.github.io/osv-schema/ */

export interface Advisory {
  readonly schema_version: string
  readonly id: string
  readonly aliases: readonly string[]
  readonly modified: string
  readonly published: string
  readonly summary: string
  readonly details: string
  readonly severity: readonly { readonly type: 'CVSS_V3' | 'CVSS_V4'; readonly score: string }[]
  readonly affected: readonly Affected[]
  readonly database_specific?: Readonly<Record<string, unknown>>
}

interface Affected {
  readonly package: { readonly name: string; readonly ecosystem: string }
  readonly ranges: readonly {
    readonly type: 'ECOSYSTEM' | 'SEMVER'
    readonly events: readonly ({ readonly introduced: string } | { readonly fixed: string })[]
  }[]
}

interface AdvisoryFacts {
  readonly id: string
  readonly aliases: readonly string[]
  readonly ecosystem: 'PyPI' | 'npm' | 'Go'
  readonly name: string
  /** The first version without it. */
  readonly fixed: string
  readonly summary: string
  readonly vector: string
  readonly cwe: readonly string[]
}

export function advisory(facts: AdvisoryFacts): Advisory {
  return {
    schema_version: '1.7.0',
    id: facts.id,
    aliases: facts.aliases,
    modified: '2026-03-01T00:00:00Z',
    published: '2026-02-01T00:00:00Z',
    summary: facts.summary,
    details: `${facts.summary}\n\nInvented for tests.`,
    severity: [{ type: facts.vector.startsWith('CVSS:4') ? 'CVSS_V4' : 'CVSS_V3', score: facts.vector }],
    affected: [
      {
        package: { name: facts.name, ecosystem: facts.ecosystem },
        ranges: [
          {
            type: facts.ecosystem === 'PyPI' ? 'ECOSYSTEM' : 'SEMVER',
            events: [{ introduced: '0' }, { fixed: facts.fixed }],
          },
        ],
      },
    ],
    database_specific: { cwe_ids: facts.cwe },
  }
}

export const inventedAdvisories: readonly Advisory[] = [
  advisory({
    id: 'GHSA-2222-3333-4444',
    aliases: ['CVE-2026-90001', 'PYSEC-2026-9001'],
    ecosystem: 'PyPI',
    name: 'invented-parser',
    fixed: '1.4.2',
    summary: 'invented-parser runs commands that stand in a document',
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    cwe: ['CWE-78'],
  }),
  advisory({
    id: 'GHSA-5555-6666-7777',
    aliases: ['CVE-2026-90002'],
    ecosystem: 'PyPI',
    name: 'invented-http',
    fixed: '3.0.1',
    summary: 'invented-http sends credentials to the host that it is redirected to',
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:N/A:N',
    cwe: ['CWE-522'],
  }),
  advisory({
    id: 'GHSA-2345-6789-cfgh',
    aliases: ['CVE-2026-90003'],
    ecosystem: 'npm',
    name: 'invented-template',
    fixed: '2.0.1',
    summary: 'invented-template writes values into a page as they are',
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N',
    cwe: ['CWE-79'],
  }),
]

export interface Component {
  readonly name: string
  readonly ecosystem: string
  /** Of empty text it is not known, and every version counts. */
  readonly version: string
}

export function affects({ affected }: Advisory, { name, ecosystem, version }: Component): boolean {
  return affected.some(
    (each) =>
      each.package.name === name &&
      each.package.ecosystem === ecosystem &&
      (version === '' || each.ranges.some(({ events }) => isWithin(events, version))),
  )
}

function isWithin(events: Affected['ranges'][number]['events'], version: string): boolean {
  const last = events.findLast((event) => compareVersions(boundOf(event), version) <= 0)
  return last !== undefined && 'introduced' in last
}

function boundOf(event: Affected['ranges'][number]['events'][number]): string {
  return 'introduced' in event ? event.introduced : event.fixed
}

/** Numbers alone, which is all that the invented packages have. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.replace(/^v/, '').split('.').map(Number))
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
