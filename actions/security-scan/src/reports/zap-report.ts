/** Reads ZAP's `traditional-json`. https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/ */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import { listOf, maybeText, recordOf, tableClaim, textOf } from '@ci-actions/shared'
import { cweNumbers, riskFinding } from '../tools/risk-finding.ts'
import { endpoint } from './endpoint.ts'
import { records } from './loose-lists.ts'

/** Confidence 0 is what somebody marked as a false positive. */
const falsePositive = '0'

/**
 * One finding for each alert and site: what its requests, answers, attacks and evidence hold is left out, since it may
 * be a session or a password. Informational alerts are no risks.
 */
export function readZapReport(value: unknown): ToolResult {
  const report = recordOf(value, 'ZAP')
  // One site alone is no list in old versions.
  const { site: listed = [] } = report
  const sites = (Array.isArray(listed) ? listed : [listed]).map((each) => recordOf(each, 'ZAP'))
  const alerts = sites.flatMap((site) => alertsOf(site).map((alert) => ({ site, alert })))
  const counted = alerts.filter(
    ({ alert }) => String(alert['riskcode']) !== '0' && String(alert['confidence']) !== falsePositive,
  )
  return {
    findings: counted.map(({ site, alert }) => toFinding(site, alert)),
    notices: [...sawNothing(sites), ...leftOut(alerts.length - counted.length)],
  }
}

function alertsOf(site: JsonRecord): readonly JsonRecord[] {
  return listOf(site['alerts'], 'ZAP').map((each) => recordOf(each, 'ZAP'))
}

/** A target that did not answer leaves a report without sites. */
function sawNothing(sites: readonly JsonRecord[]): readonly Notice[] {
  if (sites.length > 0) return []
  return [{ level: 'failed', message: 'ZAP reached no site: was the target up?' }]
}

function leftOut(count: number): readonly Notice[] {
  if (count === 0) return []
  const message = `${count} informational or false-positive ${count === 1 ? 'alert' : 'alerts'} of ZAP left out.`
  return [{ level: 'notice', message }]
}

function toFinding(site: JsonRecord, alert: JsonRecord): RawFinding {
  const rule = maybeText(alert, 'alertRef') ?? textOf(alert, 'pluginid', 'ZAP')
  const name = maybeText(alert, 'name') ?? maybeText(alert, 'alert') ?? `alert ${rule}`
  const instances = records(alert['instances'])
  const places = [...new Set(instances.map((each) => describeInstance(each)))].sort()
  const resource = places[0] ?? endpoint(textOf(site, '@name', 'ZAP'))
  const others = places.length > 1 ? ` and ${places.length - 1} more` : ''
  return riskFinding(
    {
      kind: 'misconfiguration',
      claims: [tableClaim('zap', String(alert['riskcode'] ?? ''))],
      cwe: cweNumbers(maybeText(alert, 'cweid')),
      resource,
    },
    {
      rule,
      message: `${name}: ${resource}${others}.`,
      help: `https://www.zaproxy.org/docs/alerts/${encodeURIComponent(rule)}/`,
      identity: `${endpoint(textOf(site, '@name', 'ZAP'))} ${rule}`,
    },
  )
}

function describeInstance(instance: JsonRecord): string {
  const method = maybeText(instance, 'method') ?? ''
  return `${/^[A-Z]{1,10}$/.test(method) ? `${method} ` : ''}${endpoint(maybeText(instance, 'uri') ?? '')}`
}
