/** Reads the JSON of pip-audit; before 2.0 it was the list of dependencies alone. */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import { isRecord, listOf, maybeText, parseJson, recordOf, ToolOutputError, textOf } from '@ci-actions/shared'
import { normalName } from './python-locks.ts'
import { riskFinding } from './risk-finding.ts'

/** What the project's files add to what pip-audit says. */
export type AboutDependency = (dependency: { readonly name: string; readonly version: string }) => Pick<
  RawFinding,
  'location'
> & {
  readonly dependency: NonNullable<RawFinding['security']>['dependency']
}

/** Of a report that nobody knows the project of. */
const unplaced: AboutDependency = ({ name, version }) => ({
  dependency: { ecosystem: 'pypi', name: normalName(name), version },
})

/**
 * It gives no severity at all; other scanners that know the same advisory may. A dependency with a `skip_reason` was
 * not audited, though pip-audit ends with 0; where that is all of them, nothing was.
 */
export function parsePipAuditReport(text: string, about: AboutDependency = unplaced): ToolResult {
  const report = parseJson(text, 'pip-audit')
  const list = isRecord(report) ? report['dependencies'] : report
  const dependencies = listOf(list, 'pip-audit').map((each) => recordOf(each, 'pip-audit'))
  const skipped = dependencies.filter((each) => 'skip_reason' in each)
  const audited = dependencies.filter((each) => !('skip_reason' in each))
  return {
    findings: audited.flatMap((each) => findingsOf(each, about)),
    notices: skippedNotice(skipped, audited.length),
  }
}

function skippedNotice(skipped: readonly JsonRecord[], audited: number): readonly Notice[] {
  if (skipped.length === 0) return []
  const each = skipped.map(
    (one) => `${textOf(one, 'name', 'pip-audit')} (${maybeText(one, 'skip_reason') || 'no reason given'})`,
  )
  if (audited > 0) return [{ level: 'warning', message: `Not audited: ${each.join(', ')}.` }]
  return [{ level: 'failed', message: `No dependency was audited. Skipped: ${each.join(', ')}.` }]
}

function findingsOf(dependency: JsonRecord, about: AboutDependency): readonly RawFinding[] {
  const name = textOf(dependency, 'name', 'pip-audit')
  const version = textOf(dependency, 'version', 'pip-audit')
  const known = about({ name, version })
  return listOf(dependency['vulns'], 'pip-audit').map((each) => {
    const vulnerability = recordOf(each, 'pip-audit')
    const rule = textOf(vulnerability, 'id', 'pip-audit')
    const description = firstWords(maybeText(vulnerability, 'description') ?? '')
    return riskFinding(
      {
        kind: 'vulnerability',
        claims: [],
        ids: [...new Set([rule, ...texts(vulnerability['aliases'])])],
        dependency: known.dependency,
        fixedVersions: texts(vulnerability['fix_versions']),
      },
      {
        rule,
        message: `${name} ${version}${description === '' ? ' has a known vulnerability.' : `: ${description}`}`,
        location: known.location,
        help: `https://osv.dev/vulnerability/${encodeURIComponent(rule)}`,
      },
    )
  })
}

function texts(value: unknown): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  throw new ToolOutputError('pip-audit: a list of texts was expected.')
}

/** Advisories without a summary have pages of Markdown. */
function firstWords(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line === 'N/A' ? '' : line.length > 200 ? `${line.slice(0, 199)}…` : line
}
