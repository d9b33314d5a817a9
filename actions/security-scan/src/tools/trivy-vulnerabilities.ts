/** Known vulnerabilities of packages, in a report of Trivy. */
import type { Dependency, JsonRecord, RawFinding, SeverityClaim } from '@ci-actions/shared'
import { isRecord, maybeText, severityOfScore, tableClaim, textOf, vectorClaim } from '@ci-actions/shared'
import type { PathTo } from './dependency-paths.ts'
import { shortestPaths } from './dependency-paths.ts'
import { componentOf, ecosystemOfTrivy } from './ecosystem.ts'
import { cweNumbers, riskFinding } from './risk-finding.ts'
import { records, rowsOf, texts } from './trivy-rows.ts'

export function vulnerabilityFindings(result: JsonRecord): readonly RawFinding[] {
  const packages = packagesOf(result)
  const pathTo = pathsFrom(packages)
  return rowsOf(result, 'Vulnerabilities').map((each) => toFinding(result, each, { packages, pathTo }))
}

interface Graph {
  readonly packages: Packages
  readonly pathTo: PathTo
}

function toFinding(result: JsonRecord, found: JsonRecord, { packages, pathTo }: Graph): RawFinding {
  const rule = textOf(found, 'VulnerabilityID', 'Trivy')
  const name = textOf(found, 'PkgName', 'Trivy')
  const version = maybeText(found, 'InstalledVersion') ?? ''
  const own = packages.get(keyOf(found))
  const title = maybeText(found, 'Title') ?? 'has a known vulnerability'
  const separator = maybeText(found, 'Title') === undefined ? '' : ':'
  const line = records(own?.['Locations'])[0]?.['StartLine']
  return riskFinding(
    {
      kind: 'vulnerability',
      claims: claimsOf(found),
      cwe: cweNumbers(found['CweIDs'] ?? []),
      ids: [...new Set([rule, ...texts(found['VendorIDs'])])],
      dependency: { ...componentIn(result, found, { name, version }), ...wayTo(own, { packages, pathTo }) },
      fixedVersions: (maybeText(found, 'FixedVersion') ?? '').split(/,\s*/).filter((each) => each !== ''),
    },
    {
      rule,
      message: `${name} ${version}${separator} ${title.replace(/\.$/, '')}.`,
      location: {
        path: maybeText(found, 'PkgPath') || textOf(result, 'Target', 'Trivy'),
        ...(typeof line === 'number' && line > 0 && { line }),
      },
      help: maybeText(found, 'PrimaryURL'),
    },
  )
}

const bySize = ['unknown', 'low', 'medium', 'high', 'critical']

/** What each source says: as a word, and as a vector or score of CVSS. */
function claimsOf(found: JsonRecord): readonly SeverityClaim[] {
  const chosen = maybeText(found, 'SeveritySource') ?? 'trivy'
  const vendors = isRecord(found['VendorSeverity']) ? found['VendorSeverity'] : {}
  const words = Object.entries({ [chosen]: maybeText(found, 'Severity') ?? '', ...vendors }).map(
    ([source, said]) => ({
      ...tableClaim('trivy', typeof said === 'number' ? (bySize[said] ?? '') : String(said)),
      source,
    }),
  )
  const scores = isRecord(found['CVSS']) ? found['CVSS'] : {}
  return [
    ...words,
    ...Object.entries(scores).flatMap(([source, cvss]) => (isRecord(cvss) ? scored(source, cvss) : [])),
  ]
}

/** A vector can be checked, a score cannot; version 2 counts where there is no other. */
function scored(source: string, cvss: JsonRecord): readonly SeverityClaim[] {
  const newer = [
    ['V40Vector', 'V40Score'],
    ['V3Vector', 'V3Score'],
  ] as const
  const claims = newer.flatMap(([vector, score]): readonly SeverityClaim[] => {
    const computed = vectorClaim(source, maybeText(cvss, vector) ?? '')
    if (computed !== undefined) return [computed]
    const number = cvss[score]
    const severity = severityOfScore(typeof number === 'number' ? number : 0)
    return severity === 'unknown' ? [] : [{ source, by: 'score', severity, score: Number(number) }]
  })
  if (claims.length > 0) return claims
  const old = vectorClaim(source, maybeText(cvss, 'V2Vector') ?? '')
  return old === undefined ? [] : [old]
}

function componentIn(
  result: JsonRecord,
  found: JsonRecord,
  { name, version }: { readonly name: string; readonly version: string },
): Dependency {
  const identifier = found['PkgIdentifier']
  const purl = isRecord(identifier) ? maybeText(identifier, 'PURL') : undefined
  const fallback = { ecosystem: ecosystemOfTrivy(maybeText(result, 'Type') ?? 'generic'), name }
  return { ...((purl && componentOf(purl)) || fallback), ...(version !== '' && { version }) }
}

type Packages = ReadonlyMap<string, JsonRecord>

function packagesOf(result: JsonRecord): Packages {
  const list = records(result['Packages'])
  return new Map(
    list.flatMap((each) => [[keyOf(each), each] as const, [maybeText(each, 'ID') ?? '', each] as const]),
  )
}

/** Entries of `Packages` call `ID` what vulnerabilities call `PkgID`; some have neither. */
function keyOf(entry: JsonRecord): string {
  const name = maybeText(entry, 'PkgName') ?? maybeText(entry, 'Name') ?? ''
  const version = maybeText(entry, 'InstalledVersion') ?? maybeText(entry, 'Version') ?? ''
  return `${name}@${version}`
}

function pathsFrom(packages: Packages): PathTo {
  const starts = [...packages.values()].flatMap((each) =>
    each['Relationship'] === 'direct' ? (maybeText(each, 'ID') ?? []) : [],
  )
  return shortestPaths([...new Set(starts)], (each) => texts(packages.get(each)?.['DependsOn']))
}

/** Nothing where the lock file does not say what the project asks for. */
function wayTo(own: JsonRecord | undefined, { packages, pathTo }: Graph): Pick<Dependency, 'direct' | 'via'> {
  const id = own && maybeText(own, 'ID')
  const relationship = own && maybeText(own, 'Relationship')
  if (relationship === undefined || relationship === 'unknown') return {}
  const direct = relationship === 'direct'
  const way = id === undefined ? undefined : pathTo(id)
  const via = way?.map((each) => maybeText(packages.get(each) ?? {}, 'Name') ?? each)
  return { direct, ...(via && { via }) }
}
