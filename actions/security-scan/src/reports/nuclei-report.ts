/** Reads the JSON and the JSON lines of Nuclei. https://docs.projectdiscovery.io/opensource/nuclei/running */
import type { JsonRecord, Notice, RawFinding, SeverityClaim, ToolResult } from '@ci-actions/shared'
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
import { cweNumbers, riskFinding } from '../tools/risk-finding.ts'
import { endpoint } from './endpoint.ts'

/** `request`, `response`, `curl-command` and what was extracted are left out: they may hold secrets. `info` is no risk. */
export function readNucleiReport(value: unknown): ToolResult {
  const results = (Array.isArray(value) ? value : [value]).map((each) => recordOf(each, 'Nuclei'))
  const counted = results.filter((each) => each['matcher-status'] !== false && severityOf(each) !== 'info')
  const left = results.length - counted.length
  const many =
    left === 1 ? '1 result of Nuclei that is no risk' : `${left} results of Nuclei that are no risks`
  const notices: readonly Notice[] =
    left === 0 ? [] : [{ level: 'notice', message: `${many} (\`info\`) left out.` }]
  return { findings: counted.map(toFinding), notices }
}

function severityOf(result: JsonRecord): string {
  const { severity } = recordOf(result['info'], 'Nuclei')
  return typeof severity === 'string' ? severity.toLowerCase() : 'unknown'
}

function toFinding(result: JsonRecord): RawFinding {
  const info = recordOf(result['info'], 'Nuclei')
  const rule = textOf(result, 'template-id', 'Nuclei')
  const classification = isRecord(info['classification']) ? info['classification'] : {}
  const ids = oneOrMore(classification['cve-id']).map((id) => id.toUpperCase())
  const place = endpoint(maybeText(result, 'matched-at') ?? maybeText(result, 'host') ?? '')
  const matcher = maybeText(result, 'matcher-name') ?? ''
  // One template looks for several things, such as logins; what allows one of them must not allow another one.
  const resource = ids.length > 0 || matcher === '' ? place : `${place} ${matcher}`
  const references = oneOrMore(info['reference'])
  return riskFinding(
    {
      kind: ids.length > 0 ? 'vulnerability' : 'misconfiguration',
      claims: claimsOf(severityOf(result), classification),
      cwe: cweNumbers(oneOrMore(classification['cwe-id'])),
      ids,
      resource,
    },
    {
      rule,
      message: `${maybeText(info, 'name') ?? rule}: ${resource}.`,
      identity: `${place} ${rule} ${matcher}`,
      ...(references[0] !== undefined && { help: references[0] }),
    },
  )
}

function claimsOf(word: string, classification: JsonRecord): readonly SeverityClaim[] {
  const vector = vectorClaim('nuclei', maybeText(classification, 'cvss-metrics') ?? '')
  const score = maybeNumber(classification, 'cvss-score')
  const severity = score === undefined ? 'unknown' : severityOfScore(score)
  return [
    tableClaim('nuclei', word),
    ...(vector ? [vector] : []),
    ...(score !== undefined && severity !== 'unknown' && !vector
      ? [{ source: 'nuclei', by: 'score', severity, score } as const]
      : []),
  ]
}

function oneOrMore(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
