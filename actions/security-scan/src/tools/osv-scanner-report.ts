/** Reads the JSON of osv-scanner. https://google.github.io/osv-scanner/output/ */
import type {
  Dependency,
  JsonRecord,
  RawFinding,
  RawLocation,
  SeverityClaim,
  ToolResult,
} from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeText,
  parseJson,
  recordOf,
  severityOfScore,
  tableClaim,
  textOf,
  vectorClaim,
} from '@ci-actions/shared'
import { ecosystemOfOsv } from './ecosystem.ts'
import { cweNumbers, riskFinding } from './risk-finding.ts'

const tool = 'osv-scanner'

/** A package as a lock file names it. */
export interface OsvPackage {
  /** Of the lock file, as printed. */
  readonly source: string
  readonly dependency: Dependency & { readonly version: string }
}

export interface AboutPackage {
  readonly dependency: Dependency
  readonly location: RawLocation
}

/** What nobody can say more about than the report itself. */
function unplaced({ source, dependency }: OsvPackage): AboutPackage {
  return { dependency, location: { path: source } }
}

/** One finding for each package and group of advisories that are about the same thing. `about`: undefined leaves it out. */
export function parseOsvScannerReport(
  text: string,
  about?: (found: OsvPackage) => AboutPackage | undefined,
): ToolResult {
  return readOsvScannerReport(parseJson(text, tool), about)
}

/** {@link parseOsvScannerReport} of what is parsed already. */
export function readOsvScannerReport(
  value: unknown,
  about: (found: OsvPackage) => AboutPackage | undefined = unplaced,
): ToolResult {
  const report = recordOf(value, tool)
  const findings = listOf(report['results'], tool).flatMap((each) => {
    const result = recordOf(each, tool)
    const source = textOf(recordOf(result['source'], tool), 'path', tool)
    return listOf(result['packages'] ?? [], tool).flatMap((found) =>
      findingsOf(source, recordOf(found, tool), about),
    )
  })
  return { findings }
}

function findingsOf(
  source: string,
  found: JsonRecord,
  about: (found: OsvPackage) => AboutPackage | undefined,
): readonly RawFinding[] {
  const advisories = listOf(found['vulnerabilities'] ?? [], tool).map((each) => recordOf(each, tool))
  const groups = allGroups(
    listOf(found['groups'] ?? [], tool).map((each) => recordOf(each, tool)),
    advisories,
  )
  if (groups.length === 0) return []
  const named = recordOf(found['package'], tool)
  const name = textOf(named, 'name', tool)
  const dependency = {
    ecosystem: ecosystemOfOsv(textOf(named, 'ecosystem', tool)),
    // Maven separates group and artifact by a colon, package URLs by a slash.
    name: named['ecosystem'] === 'Maven' ? name.replace(':', '/') : name,
    version: maybeText(named, 'version') ?? '',
  }
  const known = about({ source, dependency })
  if (known === undefined) return []
  const development = isDevelopment(found['dependency_groups'])
  return groups.map((group) => toFinding(group, advisories, { ...known, name, development }))
}

/** An advisory that is in no group is one of its own. */
function allGroups(groups: readonly JsonRecord[], advisories: readonly JsonRecord[]): readonly JsonRecord[] {
  const grouped = new Set(groups.flatMap(idsOf))
  const alone = advisories.map((each) => textOf(each, 'id', tool)).filter((id) => !grouped.has(id))
  return [...groups, ...alone.map((id) => ({ ids: [id] }))]
}

function idsOf(group: JsonRecord): readonly string[] {
  return [...texts(group['ids']), ...texts(group['aliases'])]
}

/** Only where nothing else needs it; `""` is the group of what is deployed. */
function isDevelopment(groups: unknown): boolean {
  const names = texts(groups)
  return names.length > 0 && names.every((name) => /^(?:dev|test|development)/i.test(name))
}

interface Known extends AboutPackage {
  readonly name: string
  readonly development: boolean
}

function toFinding(group: JsonRecord, all: readonly JsonRecord[], about: Known): RawFinding {
  const ids = texts(group['ids'])
  const known = new Set(idsOf(group))
  const advisories = all.filter((each) => known.has(textOf(each, 'id', tool)))
  const rule = ids.find((id) => id.startsWith('GHSA-')) ?? ids[0] ?? tool
  const summary = advisories.map((each) => maybeText(each, 'summary')).find((each) => each)
  const { dependency, location, name, development } = about
  const what = `${name} ${dependency.version ?? ''}`.trim()
  return riskFinding(
    {
      kind: 'vulnerability',
      claims: claimsOf(group, advisories),
      cwe: cweNumbers(advisories.map((each) => specific(each)['cwe_ids'] ?? [])),
      ids: [
        ...new Set([
          ...ids,
          ...texts(group['aliases']),
          ...advisories.flatMap((each) => texts(each['aliases'])),
        ]),
      ],
      dependency,
      fixedVersions: fixedVersions(advisories, name),
    },
    {
      rule,
      message: `${what}${summary === undefined ? ' has a known vulnerability' : `: ${summary.replace(/\.$/, '')}`}${development ? ' (only for development)' : ''}.`,
      location,
      help: `https://osv.dev/vulnerability/${encodeURIComponent(rule)}`,
    },
  )
}

/** `max_severity` is computed from the same vectors; it counts where there are none. */
function claimsOf(group: JsonRecord, advisories: readonly JsonRecord[]): readonly SeverityClaim[] {
  const claims = advisories.flatMap((advisory) => {
    const id = textOf(advisory, 'id', tool)
    const word = maybeText(specific(advisory), 'severity')
    return [...vectorsOf(id, advisory), ...(word ? [{ ...tableClaim(tool, word), source: id }] : [])]
  })
  const score = Number.parseFloat(maybeText(group, 'max_severity') ?? '')
  const severity = severityOfScore(score)
  if (claims.some(({ by }) => by === 'vector') || severity === 'unknown') return claims
  return [...claims, { source: tool, by: 'score', severity, score }]
}

/** Of the advisory as a whole, or of the packages that it is about. */
function vectorsOf(id: string, advisory: JsonRecord): readonly SeverityClaim[] {
  const affected = records(advisory['affected']).flatMap((each) => records(each['severity']))
  return [...records(advisory['severity']), ...affected].flatMap((each) => {
    const vector = maybeText(each, 'score') ?? ''
    if (!/^CVSS_V/.test(maybeText(each, 'type') ?? '')) return []
    return vectorClaim(id, vector) ?? []
  })
}

function specific(advisory: JsonRecord): JsonRecord {
  return isRecord(advisory['database_specific']) ? advisory['database_specific'] : {}
}

function fixedVersions(advisories: readonly JsonRecord[], name: string): readonly string[] {
  const affected = advisories.flatMap((each) => records(each['affected']))
  const own = affected.filter(({ package: about }) => isRecord(about) && sameName(about['name'], name))
  const ranges = own.flatMap((each) => records(each['ranges'])).filter(({ type }) => type !== 'GIT')
  return [
    ...new Set(
      ranges.flatMap(({ events }) => records(events)).flatMap((event) => maybeText(event, 'fixed') ?? []),
    ),
  ]
}

function sameName(value: unknown, name: string): boolean {
  const even = (text: string) => text.toLowerCase().replaceAll(/[-_.]+/g, '-')
  return typeof value === 'string' && even(value) === even(name)
}

/** Advisories of many databases: what is not as the schema says is passed over, the finding stays. */
function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
