/** Reads the JSON of Trivy for folders, images and clusters. https://trivy.dev/docs/configuration/reporting/ */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeText,
  recordOf,
  ToolOutputError,
  tableClaim,
  textOf,
} from '@ci-actions/shared'
import { parseConfidentialJson } from './confidential-json.ts'
import { nameSome, riskFinding } from './risk-finding.ts'
import { licenseFindings } from './trivy-licenses.ts'
import { records, rowsOf } from './trivy-rows.ts'
import { vulnerabilityFindings } from './trivy-vulnerabilities.ts'

export interface TrivyReport extends ToolResult {
  /** Whether it names anything that it looked at. */
  readonly looked: boolean
}

export interface TrivyOptions {
  /** SPDX identifiers that no dependency may have, with `*`; without any, licences are not judged. */
  readonly deniedLicenses?: readonly string[] | undefined
}

/**
 * Author and message of the commit, which stand in its `Metadata`, are never read. The report of a cluster holds one of
 * each resource; before version 0.20 a report was the list of results alone.
 */
export function parseTrivyReport(text: string, options: TrivyOptions = {}): TrivyReport {
  return readTrivyReport(parseConfidentialJson(text, 'Trivy'), options)
}

/** {@link parseTrivyReport} of what is parsed already. */
export function readTrivyReport(report: unknown, { deniedLicenses = [] }: TrivyOptions = {}): TrivyReport {
  const results = resultsOf(report).map((each) => recordOf(each, 'Trivy'))
  return {
    findings: results.flatMap((result) => [
      ...vulnerabilityFindings(result),
      ...rowsOf(result, 'Misconfigurations').flatMap((each) => misconfiguration(result, each)),
      ...rowsOf(result, 'Secrets').map((each) => secret(result, each)),
      ...licenseFindings(result, deniedLicenses),
    ]),
    notices: [...unscanned(report), ...ignored(results)],
    looked: results.length > 0,
  }
}

function resultsOf(report: unknown): readonly unknown[] {
  if (Array.isArray(report)) return report
  const { Results: results, Resources: resources, ...rest } = recordOf(report, 'Trivy')
  if (Array.isArray(resources)) return resources.flatMap(resultsOf)
  if (results !== undefined && results !== null) return listOf(results, 'Trivy')
  if ('SchemaVersion' in rest || 'ArtifactName' in rest || 'Kind' in rest) return []
  throw new ToolOutputError('This is no report of Trivy.')
}

/** Resources of a cluster that it could not scan stand among the others, without results. */
function unscanned(report: unknown): readonly Notice[] {
  const resources = records(isRecord(report) ? report['Resources'] : undefined)
  const failed = resources.filter((each) => (each['Error'] ?? '') !== '')
  if (failed.length === 0) return []
  const each = failed.map((one) => {
    const name = [maybeText(one, 'Kind'), maybeText(one, 'Name')].filter((part) => part).join('/')
    return `${name === '' ? 'a resource' : name} (${String(one['Error']).trim().slice(0, 300)})`
  })
  return [{ level: 'failed', message: `Trivy did not scan ${nameSome(each)}.` }]
}

/** What passes, and what somebody made an exception for, is in the list too. */
function misconfiguration(result: JsonRecord, check: JsonRecord): readonly RawFinding[] {
  if (/^(?:PASS|EXCEPTION)$/i.test(maybeText(check, 'Status') ?? '')) return []
  const cause = isRecord(check['CauseMetadata']) ? check['CauseMetadata'] : {}
  const title = maybeText(check, 'Title')
  const message = maybeText(check, 'Message') ?? title ?? 'misconfigured'
  const resource = maybeText(cause, 'Resource')
  const advice = maybeText(check, 'Resolution')
  return [
    riskFinding(
      {
        kind: 'misconfiguration',
        claims: [tableClaim('trivy', maybeText(check, 'Severity') ?? '')],
        ...(resource && { resource }),
      },
      {
        rule: maybeText(check, 'ID') ?? textOf(check, 'AVDID', 'Trivy'),
        message: `${sentence(message)}${advice ? ` ${sentence(advice)}` : ''}`,
        location: placeIn(result, cause),
        help: maybeText(check, 'PrimaryURL'),
      },
    ),
  ]
}

/** Trivy masks the value itself, so nobody can tell which secret it is. */
function secret(result: JsonRecord, found: JsonRecord): RawFinding {
  const rule = textOf(found, 'RuleID', 'Trivy')
  return riskFinding(
    {
      kind: 'secret',
      claims: [tableClaim('trivy', maybeText(found, 'Severity') ?? '')],
      cwe: [798],
      secret: {},
    },
    {
      rule,
      message: `A secret (${maybeText(found, 'Title') ?? rule}) stands in this file.`,
      location: placeIn(result, found),
    },
  )
}

function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** Without a line, or with line 0, it is about the file. */
function placeIn(result: JsonRecord, place: JsonRecord): RawFinding['location'] {
  const { StartLine: line, EndLine: endLine } = place
  return {
    path: textOf(result, 'Target', 'Trivy'),
    ...(typeof line === 'number' && line > 0 && { line, ...(typeof endLine === 'number' && { endLine }) }),
  }
}

/** With `--show-suppressed`. */
function ignored(results: readonly JsonRecord[]): readonly Notice[] {
  const entries = results.flatMap((result) => records(result['ExperimentalModifiedFindings']))
  const sources = Map.groupBy(entries, (entry) => maybeText(entry, 'Source') ?? 'a rule')
  return [...sources].map(([source, list]) => {
    const ids = list.map(({ Finding: finding }) => idOf(isRecord(finding) ? finding : {}))
    const many = list.length === 1 ? '1 finding is' : `${list.length} findings are`
    return {
      level: 'notice',
      message: `${many} left out by ${source}: ${nameSome([...new Set(ids)].sort())}.`,
    }
  })
}

function idOf(finding: JsonRecord): string {
  const names = ['VulnerabilityID', 'ID', 'RuleID', 'Name']
  return names.map((name) => maybeText(finding, name)).find((each) => each !== undefined) ?? 'without a name'
}
