/**
 * Reads the JSON of Safety, in its two forms: of `safety scan` (3.x), and of `safety check`, which ended in 2024 but is
 * still around. Neither says how severe something is to whoever has no paid data.
 */
import type {
  Dependency,
  JsonRecord,
  RawFinding,
  RawLocation,
  RawSecurity,
  ToolResult,
} from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeNumber,
  maybeText,
  parseJson,
  recordOf,
  severityOfScore,
  ToolOutputError,
  tableClaim,
  textOf,
  vectorClaim,
} from '@ci-actions/shared'
import { normalName } from './python-locks.ts'
import { leftOutNotices, riskFinding } from './risk-finding.ts'

/** What is known of the list that `safety check` was given. */
export interface CheckedList {
  placeOf(name: string): RawLocation
  dependencyOf(dependency: { readonly name: string; readonly version: string }): Dependency
}

export function parseSafetyReport(text: string, list?: CheckedList): ToolResult {
  const report = parseJson(text, 'Safety')
  if (isRecord(report) && isRecord(report['scan_results'])) return scanResult(report['scan_results'])
  if (isRecord(report) && Array.isArray(report['vulnerabilities'])) return checkResult(report, list)
  throw new ToolOutputError('Safety printed no report that is known.')
}

/** Projects have files, files packages, packages specifications, and those vulnerabilities. */
function scanResult(results: JsonRecord): ToolResult {
  const inProjects = records(results['projects']).flatMap((project) => records(project['files']))
  const files = [...inProjects, ...records(results['files'])]
  const ignored = files.flatMap((file) =>
    dependenciesOf(file)
      .flatMap(({ specifications }) => records(specifications))
      .flatMap(({ vulnerabilities }) => records(recordOf(vulnerabilities, 'Safety')['known_vulnerabilities']))
      .filter((each) => isRecord(each['ignored']))
      .map(() => maybeText(file, 'location') ?? 'A file'),
  )
  return {
    findings: files.flatMap(findingsInFile),
    notices: leftOutNotices(ignored, byPolicy),
    filesChecked: files.length,
  }
}

const byPolicy = 'by the policy of Safety'

function dependenciesOf(file: JsonRecord): readonly JsonRecord[] {
  return records(recordOf(file['results'], 'Safety')['dependencies'])
}

function findingsInFile(file: JsonRecord): readonly RawFinding[] {
  const path = maybeText(file, 'location')
  return dependenciesOf(file).flatMap((dependency) =>
    records(dependency['specifications']).flatMap((specification) => {
      const { known_vulnerabilities: known, remediation } = recordOf(
        specification['vulnerabilities'],
        'Safety',
      )
      return records(known)
        .filter(({ ignored }) => !isRecord(ignored))
        .map((each) =>
          toFinding({
            name: textOf(dependency, 'name', 'Safety'),
            version: pinned(maybeText(specification, 'raw')),
            id: textOf(each, 'id', 'Safety'),
            location: path === undefined ? undefined : { path },
            fixed: recommended(remediation),
          }),
        )
    }),
  )
}

function checkResult(report: JsonRecord, list: CheckedList | undefined): ToolResult {
  // Names of packages, since it does not say in which file they stand.
  const ignored = records(report['ignored_vulnerabilities']).map(
    (each) => maybeText(each, 'package_name') ?? 'A package',
  )
  return {
    notices: leftOutNotices(ignored, byPolicy),
    findings: records(report['vulnerabilities']).map((each) => {
      const severity = isRecord(each['severity']) ? each['severity'] : {}
      const name = textOf(each, 'package_name', 'Safety')
      const version = maybeText(each, 'analyzed_version')
      const dependency = version === undefined ? undefined : list?.dependencyOf({ name, version })
      return toFinding({
        ...{ name, version, location: list?.placeOf(name), dependency },
        id: textOf(each, 'vulnerability_id', 'Safety'),
        cve: maybeText(each, 'CVE'),
        advisory: maybeText(each, 'advisory'),
        help: maybeText(each, 'more_info_url'),
        fixed: texts(each['fixed_versions']),
        claims: claimsOf(severity),
      })
    }),
  }
}

/** Version 2 of CVSS counts where there is no other. */
function claimsOf(severity: JsonRecord): RawSecurity['claims'] {
  const [newer = {}, old = {}] = ['cvssv3', 'cvssv2'].map((name) => {
    const { [name]: given } = severity
    return isRecord(given) ? given : {}
  })
  const score = maybeNumber(newer, 'base_score') ?? 0
  const ofScore = severityOfScore(score)
  const words = [newer, old].flatMap((each) => maybeText(each, 'base_severity') ?? []).slice(0, 1)
  const vector = vectorOf(newer)
  const claims: RawSecurity['claims'] = [
    ...words.map((word) => tableClaim('safety', word)),
    ...vector,
    ...(vector.length > 0 || ofScore === 'unknown'
      ? []
      : [{ source: 'safety', by: 'score', severity: ofScore, score } as const]),
  ]
  return claims.length > 0 ? claims : vectorOf(old)
}

function vectorOf(score: JsonRecord): RawSecurity['claims'] {
  const vector = maybeText(score, 'vector_string')
  const claim = vector === undefined ? undefined : vectorClaim('safety', vector)
  return claim === undefined ? [] : [claim]
}

interface Known {
  readonly name: string
  readonly version: string | undefined
  readonly id: string
  readonly location?: RawLocation | undefined
  readonly dependency?: Dependency | undefined
  readonly cve?: string | undefined
  readonly advisory?: string | undefined
  readonly help?: string | undefined
  readonly fixed: readonly string[]
  readonly claims?: RawSecurity['claims']
}

/** Its ids are numbers of its own database, which no other scanner has; the CVE, where it says it, is shared. */
function toFinding({ name, version, id, cve, fixed, claims = [], ...known }: Known): RawFinding {
  const package_ = version === undefined ? name : `${name} ${version}`
  return riskFinding(
    {
      kind: 'vulnerability',
      claims,
      ids: [`SFTY-${id.replace(/^SFTY-/, '')}`, ...(cve === undefined ? [] : cve.split(/[\s,]+/))],
      dependency: known.dependency ?? {
        ecosystem: 'pypi',
        name: normalName(name),
        ...(version !== undefined && { version }),
      },
      fixedVersions: fixed,
    },
    {
      rule: cve?.split(/[\s,]+/)[0] ?? `SFTY-${id.replace(/^SFTY-/, '')}`,
      message: `${package_}${known.advisory === undefined ? ' has a known vulnerability.' : `: ${known.advisory.slice(0, 200)}`}`,
      location: known.location,
      help: known.help ?? `https://data.safetycli.com/v/${encodeURIComponent(id)}/`,
    },
  )
}

function pinned(specification: string | undefined): string | undefined {
  return /===?\s*([^\s,;]+)/.exec(specification ?? '')?.[1]
}

function recommended(remediation: unknown): readonly string[] {
  const version = isRecord(remediation) ? maybeText(remediation, 'recommended') : undefined
  return version === undefined ? [] : [version]
}

function records(value: unknown): readonly JsonRecord[] {
  return value === undefined || value === null
    ? []
    : listOf(value, 'Safety').map((each) => recordOf(each, 'Safety'))
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
