/** Reads the JSON of `snyk test` and `snyk container test`. https://docs.snyk.io/snyk-cli/commands/test */
import type { JsonRecord, Notice, RawFinding, SeverityClaim, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeNumber,
  maybeText,
  recordOf,
  severityOfScore,
  tableClaim,
  textOf,
  vectorClaim,
} from '@ci-actions/shared'
import { cweNumbers, riskFinding } from '../tools/risk-finding.ts'
import { texts } from './loose-lists.ts'

/**
 * One project, or a list of them (`--all-projects`); each may be an error instead. An image has its applications in it.
 * One vulnerability stands there once for each path.
 */
export function readSnykReport(value: unknown): ToolResult {
  const given = (Array.isArray(value) ? value : [value]).map((each) => recordOf(each, 'Snyk'))
  const projects = given.flatMap((each) => [each, ...applicationsOf(each)])
  return {
    findings: projects.flatMap(findingsOf),
    notices: [...nothingTested(projects), ...given.flatMap(missingNotices), ...projects.flatMap(noticesOf)],
  }
}

function applicationsOf({ applications }: JsonRecord): readonly JsonRecord[] {
  return listOf(applications ?? [], 'Snyk').map((each) => recordOf(each, 'Snyk'))
}

function nothingTested(projects: readonly JsonRecord[]): readonly Notice[] {
  if (!projects.every(({ dependencyCount }) => dependencyCount === 0)) return []
  return [{ level: 'failed', message: 'Snyk looked at no dependency.' }]
}

/** `ok` counts what `--exclude-base-image-vulns` leaves out of the list of an image. */
function missingNotices(given: JsonRecord): readonly Notice[] {
  const applications = applicationsOf(given)
  const isListed = (each: JsonRecord) => listOf(each['vulnerabilities'] ?? [], 'Snyk').length > 0
  const silent = [given, ...applications].filter(
    (each) => each['ok'] === false && maybeText(each, 'error') === undefined && !isListed(each),
  )
  // What is wrong with an application may make all of the image wrong.
  const own = applications.some(isListed) ? silent.filter((each) => each !== given) : silent
  return own.map((each) => missingNotice(nameOf(each), isRecord(given['docker'])))
}

function missingNotice(name: string, isImage: boolean): Notice {
  return isImage
    ? {
        level: 'warning',
        message: `Snyk says that ${name} has vulnerabilities (\`ok: false\`) and lists none: those of its base image are left out, with \`--exclude-base-image-vulns\`.`,
      }
    : {
        level: 'failed',
        message: `Snyk says that ${name} has vulnerabilities (\`ok: false\`) and lists none.`,
      }
}

function nameOf(project: JsonRecord): string {
  return maybeText(project, 'path') ?? maybeText(project, 'projectName') ?? 'a project'
}

function noticesOf(project: JsonRecord): readonly Notice[] {
  const error = maybeText(project, 'error')
  if (error !== undefined)
    return [{ level: 'failed', message: `Snyk did not test ${nameOf(project)}: ${error}` }]
  const { filtered } = project
  const ignored = isRecord(filtered) && Array.isArray(filtered['ignore']) ? filtered['ignore'].length : 0
  if (ignored === 0) return []
  const many = ignored === 1 ? '1 issue' : `${ignored} issues`
  return [{ level: 'notice', message: `Snyk ignored ${many} by its own policy (\`.snyk\`).` }]
}

function findingsOf(project: JsonRecord): readonly RawFinding[] {
  if (maybeText(project, 'error') !== undefined) return []
  const all = listOf(project['vulnerabilities'], 'Snyk').map((each) => recordOf(each, 'Snyk'))
  const same = Map.groupBy(all, (each) =>
    JSON.stringify([each['id'], each['packageName'] ?? each['moduleName'], each['version']]),
  )
  return [...same.values()].flatMap((paths) => {
    const shortest = paths.toSorted((a, b) => wayTo(a).length - wayTo(b).length)[0]
    return shortest === undefined ? [] : [toFinding(shortest, project)]
  })
}

function toFinding(found: JsonRecord, project: JsonRecord): RawFinding {
  const rule = textOf(found, 'id', 'Snyk')
  const name =
    maybeText(found, 'packageName') ?? maybeText(found, 'moduleName') ?? textOf(found, 'name', 'Snyk')
  const version = maybeText(found, 'version')
  const title = maybeText(found, 'title') ?? 'a known vulnerability'
  const file = maybeText(project, 'displayTargetFile') ?? maybeText(project, 'targetFile')
  const about = {
    rule,
    message: `${name}${version === undefined ? '' : ` ${version}`}: ${title}.`,
    ...(file !== undefined && { location: { path: file } }),
    help: `https://security.snyk.io/vuln/${encodeURIComponent(rule)}`,
  }
  const via = wayTo(found)
  const dependency = {
    ecosystem: ecosystemOfSnyk(
      maybeText(found, 'packageManager') ?? maybeText(project, 'packageManager') ?? '',
    ),
    name: name.replace(':', '/'),
    ...(version !== undefined && { version }),
    ...(via.length > 0 && { direct: via.length === 1, via }),
  }
  if (found['type'] === 'license') {
    const claims = [tableClaim('snyk', maybeText(found, 'severity') ?? '')]
    const message = `${name} has a licence that the policy at Snyk names: ${title}.`
    return riskFinding({ kind: 'license', claims, dependency }, { ...about, rule: 'denied', message })
  }
  const identifiers = isRecord(found['identifiers']) ? found['identifiers'] : {}
  return riskFinding(
    {
      kind: 'vulnerability',
      claims: claimsOf(found),
      cwe: cweNumbers(texts(identifiers['CWE'])),
      ids: [...new Set([rule, ...texts(identifiers['CVE']), ...texts(identifiers['GHSA'])])],
      dependency,
      fixedVersions: texts(found['fixedIn']),
    },
    about,
  )
}

/** `cvssScore` may be null. */
function claimsOf(found: JsonRecord): readonly SeverityClaim[] {
  const vector = vectorClaim('snyk', maybeText(found, 'CVSSv3') ?? '')
  const score = maybeNumber(found, 'cvssScore')
  const severity = score === undefined ? 'unknown' : severityOfScore(score)
  return [
    tableClaim('snyk', maybeText(found, 'severity') ?? ''),
    ...(vector
      ? [vector]
      : severity === 'unknown'
        ? []
        : [{ source: 'snyk', by: 'score', severity, score } as const]),
  ]
}

/** `from` begins with the project itself and has versions. */
function wayTo(found: JsonRecord): readonly string[] {
  return texts(found['from'])
    .slice(1)
    .map((each) => each.replace(/(?<=.)@[^@]*$/, ''))
}

const ecosystems: Readonly<Record<string, string>> = {
  pip: 'pypi',
  poetry: 'pypi',
  uv: 'pypi',
  yarn: 'npm',
  'yarn-workspace': 'npm',
  pnpm: 'npm',
  gradle: 'maven',
  sbt: 'maven',
  gomodules: 'golang',
  golangdep: 'golang',
  rubygems: 'gem',
  paket: 'nuget',
}

export function ecosystemOfSnyk(manager: string): string {
  const lower = manager.toLowerCase()
  return (Object.hasOwn(ecosystems, lower) ? ecosystems[lower] : undefined) ?? (lower || 'generic')
}
