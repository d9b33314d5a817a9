/** Reads the JSON of Grype. https://github.com/anchore/grype#output-formats */
import type {
  Dependency,
  JsonRecord,
  Measurement,
  Notice,
  RawFinding,
  SeverityClaim,
  ToolResult,
} from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeNumber,
  maybeText,
  recordOf,
  tableClaim,
  textOf,
  vectorClaim,
} from '@ci-actions/shared'
import { componentOf } from '../tools/ecosystem.ts'
import { cweNumbers, riskFinding } from '../tools/risk-finding.ts'
import { recordIn, records } from './loose-lists.ts'

/** What Grype itself was told to ignore is only counted: its reasons stand in its own configuration. */
export function readGrypeReport(value: unknown, now: number): ToolResult {
  const report = recordOf(value, 'Grype')
  const matches = listOf(report['matches'], 'Grype').map((each) => recordOf(each, 'Grype'))
  return {
    findings: matches.map(toFinding),
    notices: ignoredNotice(records(report['ignoredMatches']).length),
    measurements: databaseAge(recordIn(report, 'descriptor'), now),
  }
}

/** Grype compares with what it has, however old, where it is told not to check that. Its `db` has had two forms. */
function databaseAge(descriptor: JsonRecord, now: number): readonly Measurement[] {
  const db = recordIn(descriptor, 'db')
  const built = maybeText(recordIn(db, 'status'), 'built') ?? maybeText(db, 'built')
  const age = now - Date.parse(built ?? '')
  return Number.isNaN(age) ? [] : [{ metric: 'database-age', value: Math.max(0, Math.round(age / 1000)) }]
}

export function grypeVersion(value: unknown): string | undefined {
  const descriptor = isRecord(value) ? value['descriptor'] : undefined
  return isRecord(descriptor) ? maybeText(descriptor, 'version') : undefined
}

function ignoredNotice(count: number): readonly Notice[] {
  if (count === 0) return []
  const many = count === 1 ? '1 match' : `${count} matches`
  return [{ level: 'notice', message: `Grype ignored ${many} by its own configuration.` }]
}

function toFinding(match: JsonRecord): RawFinding {
  const vulnerability = recordOf(match['vulnerability'], 'Grype')
  const artifact = recordOf(match['artifact'], 'Grype')
  const rule = textOf(vulnerability, 'id', 'Grype')
  const related = records(match['relatedVulnerabilities'])
  const name = textOf(artifact, 'name', 'Grype')
  const version = maybeText(artifact, 'version')
  const summary = (maybeText(vulnerability, 'description') ?? '').trim().split('\n')[0] ?? ''
  const { fix } = vulnerability
  const about = [vulnerability, ...related]
  return riskFinding(
    {
      kind: 'vulnerability',
      claims: about.flatMap(claimsOf),
      cwe: cweNumbers(records(vulnerability['cwes']).flatMap((each) => maybeText(each, 'cwe') ?? [])),
      ids: [...new Set([rule, ...related.flatMap((each) => maybeText(each, 'id') ?? [])])],
      ...dependencyOf(artifact, name, version),
      ...(isRecord(fix) &&
        Array.isArray(fix['versions']) && {
          fixedVersions: fix['versions'].filter((each) => typeof each === 'string'),
        }),
      ...exploitation(vulnerability),
    },
    {
      rule,
      message: `${name}${version === undefined ? '' : ` ${version}`}${summary === '' ? ' has a known vulnerability.' : `: ${summary.slice(0, 200)}`}`,
      ...locationOf(artifact),
      help: maybeText(vulnerability, 'dataSource'),
    },
  )
}

function claimsOf(vulnerability: JsonRecord): readonly SeverityClaim[] {
  const id = maybeText(vulnerability, 'id') ?? 'Grype'
  const word = maybeText(vulnerability, 'severity')
  return [
    ...(word === undefined ? [] : [{ ...tableClaim('grype', word), source: `grype on ${id}` }]),
    ...records(vulnerability['cvss']).flatMap(
      (each) => vectorClaim(id, maybeText(each, 'vector') ?? '') ?? [],
    ),
  ]
}

/** Without a package URL nothing says what kind of package it is. */
function dependencyOf(
  artifact: JsonRecord,
  name: string,
  version: string | undefined,
): { readonly dependency?: Dependency } {
  const known = componentOf(maybeText(artifact, 'purl') ?? '')
  if (known !== undefined) return { dependency: known }
  const type = maybeText(artifact, 'type')
  return type === undefined
    ? {}
    : { dependency: { ecosystem: type, name, ...(version !== undefined && { version }) } }
}

function locationOf(artifact: JsonRecord): Pick<RawFinding, 'location'> {
  const path = records(artifact['locations']).flatMap((each) => maybeText(each, 'path') ?? [])[0]
  // Of a scanned folder paths begin with a slash, as those of an image do.
  return path === undefined ? {} : { location: { path } }
}

function exploitation(vulnerability: JsonRecord): { readonly epss?: number; readonly exploited?: boolean } {
  const scores = records(vulnerability['epss']).flatMap((each) => maybeNumber(each, 'epss') ?? [])
  return {
    ...(scores.length > 0 && { epss: Math.max(...scores) }),
    ...(records(vulnerability['knownExploited']).length > 0 && { exploited: true }),
  }
}
