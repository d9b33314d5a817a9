/** Reads the JSON of testssl.sh, flat (`--jsonfile`) and by host (`--jsonfile-pretty`). https://testssl.sh/doc/testssl.1.html */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import { isRecord, maybeText, recordOf, ToolOutputError, tableClaim } from '@ci-actions/shared'
import { cweNumbers, nameSome, riskFinding } from '../tools/risk-finding.ts'

interface Check {
  readonly id: string
  readonly severity: string
  readonly finding: string
  readonly target: string
  readonly record: JsonRecord
}

/** Words that are no risks. Any other one is: what it means may be unknown. */
const harmless = new Set(['OK', 'INFO', 'DEBUG', 'WARN', 'FATAL'])

/**
 * `FATAL` ended the scan, and `WARN` says that something could not be tested, which fails where nothing else was; a
 * report without `scanTime` was cut off.
 */
export function readTestsslReport(value: unknown): ToolResult {
  const checks = Array.isArray(value)
    ? value.map((each) => toCheck(recordOf(each, 'testssl')))
    : checksOf(value)
  const fatal = checks.filter(({ severity }) => severity === 'FATAL')
  const warned = checks.filter(({ severity }) => severity === 'WARN')
  const risks = checks.filter(({ severity }) => !harmless.has(severity))
  const notices: Notice[] = fatal.map((check) => ({
    level: 'failed',
    message: `testssl did not test ${check.target}: ${check.finding}`,
  }))
  if (!isFinished(value, checks) && fatal.length === 0)
    notices.push({
      level: 'failed',
      message: 'testssl did not come to its end: the report has no `scanTime`.',
    })
  if (fatal.length === 0 && !checks.some(isTested))
    notices.push({ level: 'failed', message: 'testssl tested nothing: no check came to a result.' })
  if (warned.length > 0) {
    const which = nameSome(
      warned.map(({ id, target, finding }) => `${id} of ${target} (${finding.slice(0, 100)})`),
    )
    notices.push({ level: 'warning', message: `testssl could not test: ${which}.` })
  }
  return { findings: risks.map(toFinding), notices }
}

function isTested({ id, severity }: Check): boolean {
  return id !== 'scanTime' && !['WARN', 'FATAL', 'DEBUG'].includes(severity)
}

function isFinished(value: unknown, checks: readonly Check[]): boolean {
  if (!isRecord(value)) return checks.some(({ id, severity }) => id === 'scanTime' && severity !== 'WARN')
  return typeof value['scanTime'] === 'number' || /^\d+$/.test(String(value['scanTime']))
}

/** Sections of a host are lists; what stands beside them are facts about the scan. */
function checksOf(value: unknown): readonly Check[] {
  if (!isRecord(value) || !Array.isArray(value['scanResult']))
    throw new ToolOutputError('testssl: `scanResult` is missing.')
  const own = Object.entries(value).flatMap(([name, list]) =>
    /^clientProblem/.test(name) ? rowsIn(list) : [],
  )
  const hosts = rowsIn(value['scanResult'])
  return [
    ...own.map((each) => toCheck(each)),
    ...hosts.flatMap((host) => {
      const target = targetOf(host)
      if (maybeText(host, 'severity') !== undefined) return [toCheck(host, target)]
      return Object.values(host).flatMap((section) => rowsIn(section).map((each) => toCheck(each, target)))
    }),
  ]
}

/** None where it is no list. */
function rowsIn(section: unknown): readonly JsonRecord[] {
  return Array.isArray(section) ? section.map((each) => recordOf(each, 'testssl')) : []
}

function toCheck(record: JsonRecord, target = targetOf(record)): Check {
  const [id, severity] = [maybeText(record, 'id'), maybeText(record, 'severity')]
  if (id === undefined || severity === undefined)
    throw new ToolOutputError('testssl: `id` or `severity` is missing.')
  return { id, severity: severity.toUpperCase(), finding: maybeText(record, 'finding') ?? '', target, record }
}

/** The name rather than the address, which may be another one in each run. */
function targetOf(record: JsonRecord): string {
  const [name = '', address = ''] = (maybeText(record, 'ip') ?? '').split('/')
  const host = maybeText(record, 'targetHost') || name || address
  const port = maybeText(record, 'port') ?? ''
  return host === '' ? 'the target' : port === '' ? host : `${host}:${port}`
}

function toFinding({ id, severity, finding, target, record }: Check): RawFinding {
  return riskFinding(
    {
      kind: 'misconfiguration',
      claims: [tableClaim('testssl', severity)],
      cwe: cweNumbers(words(record['cwe'])),
      ids: words(record['cve']).filter((each) => /^CVE-/.test(each)),
      resource: target,
    },
    { rule: id, message: `${target}: ${finding === '' ? id : finding} (${id})`, identity: `${target} ${id}` },
  )
}

function words(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split(/\s+/).filter((each) => each !== '') : []
}
