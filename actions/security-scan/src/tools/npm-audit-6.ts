/** The report of npm 6, which pnpm and Yarn 2 and 3 still write: advisories, each with the ways that lead to it. */
import type { JsonRecord, Notice, RawFinding } from '@ci-actions/shared'
import { isRecord, maybeText, recordOf, textOf } from '@ci-actions/shared'
import type { AboutNodePackage, NodeAdvisory } from './node-advisory.ts'
import { advisoryFinding } from './node-advisory.ts'

export function advisoryFindings(advisories: JsonRecord, about: AboutNodePackage): readonly RawFinding[] {
  return Object.values(advisories).flatMap((each) => findingsOf(recordOf(each, 'npm audit'), about))
}

/** pnpm counts what an option (`--audit-level`) or a setting leaves out of the list. */
export function leftOut({ metadata }: JsonRecord, advisories: JsonRecord): readonly Notice[] {
  const counts =
    isRecord(metadata) && isRecord(metadata['vulnerabilities']) ? metadata['vulnerabilities'] : {}
  const counted = Object.values(counts).reduce<number>((sum, each) => sum + (Number(each) || 0), 0)
  if (counted === 0 || Object.keys(advisories).length > 0) return []
  const message = `The audit counts ${counted} ${counted === 1 ? 'vulnerability' : 'vulnerabilities'} and lists none: an option or setting of it leaves them out.`
  return [{ level: 'warning', message }]
}

export function findingsOf(advisory: JsonRecord, about: AboutNodePackage): readonly RawFinding[] {
  const name = textOf(advisory, 'module_name', 'npm audit')
  const places = Array.isArray(advisory['findings']) ? advisory['findings'].filter(isRecord) : []
  const versions = new Map(places.map((place) => [maybeText(place, 'version'), place]))
  const known = versions.size === 0 ? [[undefined, undefined] as const] : [...versions]
  return known.map(([version, place]) =>
    advisoryFinding(
      toAdvisory(name, advisory),
      about({ name, ...(version !== undefined && { version }), ...wayOf(place) }),
    ),
  )
}

function toAdvisory(name: string, advisory: JsonRecord): NodeAdvisory {
  const cvss = isRecord(advisory['cvss']) ? advisory['cvss'] : {}
  const cves = Array.isArray(advisory['cves']) ? advisory['cves'] : []
  const github = maybeText(advisory, 'github_advisory_id')
  return {
    name,
    title: textOf(advisory, 'title', 'npm audit'),
    severity: textOf(advisory, 'severity', 'npm audit'),
    url: maybeText(advisory, 'url'),
    ids: [...(github ? [github] : []), ...cves.filter((each) => typeof each === 'string')],
    // pnpm writes several with commas between.
    cwe: maybeText(advisory, 'cwe')?.split(',') ?? advisory['cwe'],
    score: cvss['score'],
    vector: cvss['vectorString'],
    range: maybeText(advisory, 'vulnerable_versions') ?? '',
  }
}

/** `a>b`, and in workspaces `packages__web>a>b` or `.>a>b`. */
function wayOf(place: JsonRecord | undefined): { direct?: boolean; via?: readonly string[] } {
  const paths = Array.isArray(place?.['paths']) ? place['paths'] : []
  const shortest = paths
    .filter((each) => typeof each === 'string')
    .map((each) =>
      each
        .split('>')
        .map((name) => name.trim())
        .filter((name) => name !== '.' && !name.includes('__')),
    )
    .toSorted((a, b) => a.length - b.length)[0]
  return shortest === undefined ? {} : { direct: shortest.length === 1, via: shortest }
}
