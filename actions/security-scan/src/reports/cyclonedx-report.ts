/** Reads the vulnerabilities in a CycloneDX document. https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
import type { Dependency, JsonRecord, RawFinding, SeverityClaim, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  maybeNumber,
  maybeText,
  recordOf,
  severityOfScore,
  tableClaim,
  textOf,
  vectorClaim,
} from '@ci-actions/shared'
import { componentOf } from '../tools/ecosystem.ts'
import { cweNumbers, riskFinding } from '../tools/risk-finding.ts'
import { records } from './loose-lists.ts'
import type { SuppressedRaw } from './read-report.ts'

/** What an analysis found not to matter. */
const settled = new Set(['resolved', 'resolved_with_pedigree', 'false_positive', 'not_affected'])

export interface CycloneReport extends ToolResult {
  readonly suppressed: readonly SuppressedRaw[]
}

/**
 * An SBOM without a list of vulnerabilities says nothing about them: nobody looked. Nor does an empty list, which Trivy
 * writes into each SBOM.
 */
export function readCycloneReport(value: unknown): CycloneReport {
  const bom = recordOf(value, 'CycloneDX')
  const listed = bom['vulnerabilities']
  if (!Array.isArray(listed) || listed.length === 0) {
    const message = Array.isArray(listed) ? emptyScan : noScan
    return { findings: [], suppressed: [], notices: [{ level: 'failed', message }] }
  }
  const components = new Map(componentsIn(bom).flatMap((each) => componentEntry(each)))
  const vulnerabilities = listed.map((entry) => {
    const each = recordOf(entry, 'CycloneDX')
    const { analysis } = each
    const state = isRecord(analysis) ? (maybeText(analysis, 'state') ?? '') : ''
    const why = isRecord(analysis)
      ? (maybeText(analysis, 'detail') ?? maybeText(analysis, 'justification'))
      : undefined
    return { state, why, raw: findingsOf(each, components) }
  })
  return {
    findings: vulnerabilities.filter(({ state }) => !settled.has(state)).flatMap(({ raw }) => raw),
    suppressed: vulnerabilities
      .filter(({ state }) => settled.has(state))
      .flatMap(({ state, why, raw }) =>
        raw.map((finding) => ({ finding, reason: why === undefined ? state : `${state}: ${why}` })),
      ),
  }
}

const noScan =
  'This CycloneDX document lists components and no vulnerabilities: nothing looked for any. `mode: report` looks its components up; or let a scanner read it, and give its report.'

const emptyScan =
  'This CycloneDX document has an empty list of vulnerabilities, which is written where none was found and where nothing looked for any, so nobody knows. `mode: report` looks its components up; or let the scanner write its own JSON or SARIF.'

export function componentsIn(parent: JsonRecord): readonly JsonRecord[] {
  const queue = [...records(parent['components'])]
  for (const component of queue) for (const part of records(component['components'])) queue.push(part)
  return queue
}

function componentEntry(component: JsonRecord): readonly (readonly [string, Dependency])[] {
  const purl = maybeText(component, 'purl')
  const known = purl === undefined ? undefined : componentOf(purl)
  if (known === undefined) return []
  return [maybeText(component, 'bom-ref') ?? [], purl ?? []].flat().map((ref) => [ref, known] as const)
}

/** One for each component; one without where it names none that is known. */
function findingsOf(
  vulnerability: JsonRecord,
  components: ReadonlyMap<string, Dependency>,
): readonly RawFinding[] {
  const refs = records(vulnerability['affects']).flatMap((each) => maybeText(each, 'ref') ?? [])
  const known = refs.flatMap((ref) => components.get(ref) ?? componentOf(ref) ?? [])
  return (known.length === 0 ? [undefined] : known).map((dependency) => toFinding(vulnerability, dependency))
}

function toFinding(vulnerability: JsonRecord, dependency: Dependency | undefined): RawFinding {
  const rule = textOf(vulnerability, 'id', 'CycloneDX')
  const name =
    dependency === undefined ? 'A component' : `${dependency.name} ${dependency.version ?? ''}`.trim()
  const summary = (maybeText(vulnerability, 'description') ?? '').trim().split('\n')[0] ?? ''
  const { source } = vulnerability
  return riskFinding(
    {
      kind: 'vulnerability',
      claims: records(vulnerability['ratings']).flatMap((rating) => claimsOf(rating)),
      cwe: cweNumbers(vulnerability['cwes']),
      ids: [
        ...new Set([
          rule,
          ...records(vulnerability['references']).flatMap((each) => maybeText(each, 'id') ?? []),
        ]),
      ],
      ...(dependency && { dependency }),
    },
    {
      rule,
      message: `${name}${summary === '' ? ' has a known vulnerability.' : `: ${summary.slice(0, 200)}`}`,
      ...(isRecord(source) && { help: maybeText(source, 'url') }),
    },
  )
}

function claimsOf(rating: JsonRecord): readonly SeverityClaim[] {
  const { source: from } = rating
  const source = (isRecord(from) ? maybeText(from, 'name') : undefined) ?? 'CycloneDX'
  const vector = maybeText(rating, 'vector') ?? ''
  const computed = vectorClaim(source, vector) ?? vectorClaim(source, `CVSS:3.1/${vector}`)
  const score = maybeNumber(rating, 'score')
  const severity =
    computed !== undefined || score === undefined || !/^CVSSv[34]/.test(maybeText(rating, 'method') ?? '')
      ? 'unknown'
      : severityOfScore(score)
  const word = maybeText(rating, 'severity')
  return [
    ...(computed === undefined ? [] : [computed]),
    ...(severity === 'unknown' ? [] : [{ source, by: 'score', severity, score } as const]),
    ...(word === undefined ? [] : [{ ...tableClaim('CycloneDX', word), source }]),
  ]
}
