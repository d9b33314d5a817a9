/**
 * SARIF 2.1.0, for code scanning and editors: one run a tool.
 *
 * Fixed and suppressed findings are left out and counted: GitHub reads neither `baselineState` nor
 * `suppressions` and would open an alert for each.
 */
import type { Finding, FindingState } from '../finding/finding.ts'
import type { ToolRun } from '../tool/tool.ts'
import { count, counted } from './figures.ts'
import { encodeSegment, webAddress } from './markdown.ts'
import { plainProse } from './prose.ts'
import { rankedFindings } from './ranking.ts'
import type { Report } from './report.ts'
import type {
  SarifInvocation,
  SarifLocation,
  SarifNotification,
  SarifResult,
  SarifRule,
  SarifRun,
} from './sarif-log.ts'
import { shorten, utf8Bytes, visibleJson, visibleLine, visibleText } from './visible.ts'

/** GitHub refuses a run with more results or rules; it shows the first 5,000, so the best come first. */
const mostResults = 25_000

/**
 * GitHub refuses more than 10 MB after gzip, which makes a tenth or less of texts like these. The runs share
 * it equally.
 */
const mostBytes = 64 * 1024 * 1024

/** GitHub shows 1,000 characters of a message; `result.json` has all. */
const longestMessage = 1000

export function renderSarif(report: Report): string {
  const ranked = rankedFindings(report)
  const findings = Map.groupBy(
    [...ranked.counting, ...ranked.notes, ...ranked.older],
    (finding) => finding.tool,
  )
  const tools = Map.groupBy(report.tools, (tool) => tool.id)
  const ids = new Set([...tools.keys(), ...findings.keys()])
  const runs = [...ids].map((id) =>
    runText(id, tools.get(id) ?? [], findings.get(id) ?? [], report, mostBytes / ids.size),
  )
  return `{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
${runs.join(',\n')}
  ]
}
`
}

/** One line a result: a file that can be compared and read, without paying for indentation. */
function runText(
  id: string,
  tools: readonly ToolRun[],
  all: readonly Finding[],
  report: Report,
  maxBytes: number,
): string {
  const { rules, lines } = resultLines(all, maxBytes)
  const members = Object.entries(runHead(id, tools, rules, { all: all.length, sent: lines.length }, report))
  const head = members.map(([key, value]) => `      ${visibleJson(key)}: ${visibleJson(value)},\n`).join('')
  const list = lines.length === 0 ? '[]' : `[\n        ${lines.join(',\n        ')}\n      ]`
  return `    {\n${head}      "results": ${list}\n    }`
}

interface ResultLines {
  readonly rules: readonly SarifRule[]
  /** The first results, as many as there is room for. */
  readonly lines: readonly string[]
}

function resultLines(all: readonly Finding[], maxBytes: number): ResultLines {
  const compared = all.every((finding) => finding.state !== 'unknown')
  const indices = new Map<string, number>()
  const rules: SarifRule[] = []
  const lines: string[] = []
  let room = maxBytes
  for (const finding of all) {
    const index = indices.get(finding.rule) ?? rules.length
    const line = visibleJson(resultOf(finding, index, compared))
    room -= utf8Bytes(line)
    if (room < 0 || lines.length === mostResults) break
    if (index === rules.length) {
      indices.set(finding.rule, index)
      rules.push(ruleOf(finding))
    }
    lines.push(line)
  }
  return { rules, lines }
}

interface Sent {
  readonly all: number
  readonly sent: number
}

function runHead(
  id: string,
  tools: readonly ToolRun[],
  rules: readonly SarifRule[],
  results: Sent,
  report: Report,
): Omit<SarifRun, 'results'> {
  const [first] = tools
  return {
    tool: {
      driver: {
        name: visibleLine(first?.name ?? id) || 'unnamed tool',
        ...(first?.version === undefined ? {} : { version: visibleLine(first.version) }),
        rules,
      },
    },
    automationDetails: { id: `${report.action}/${report.id}/${id}/` },
    invocations: invocationsOf(tools, results, report),
    columnKind: 'utf16CodeUnits',
    // No `uri`: whoever reads it knows where the repository is.
    originalUriBaseIds: { SRCROOT: { description: { text: 'Top of the repository.' } } },
  }
}

function ruleOf(finding: Finding): SarifRule {
  const help = finding.help === undefined ? undefined : webAddress(finding.help)
  const { security } = finding
  const score = security?.score ?? (security === undefined ? undefined : scores[security.severity])
  return {
    id: finding.rule,
    ...(help === undefined ? {} : { helpUri: help }),
    ...(score === undefined
      ? {}
      : { properties: { 'security-severity': score.toFixed(1), tags: ['security'] } }),
  }
}

/** The middle of each band of CVSS, where a source gives no score; GitHub wants a number. */
const scores = { critical: 9.5, high: 8, medium: 5.5, low: 2, unknown: undefined }

const baselineStates: Readonly<Record<FindingState, SarifResult['baselineState']>> = {
  new: 'new',
  unchanged: 'unchanged',
  'tool-changed': 'unchanged',
  fixed: 'absent',
  unknown: undefined,
}

function resultOf(finding: Finding, ruleIndex: number, compared: boolean): SarifResult {
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.level,
    message: { text: messageText(finding) },
    locations: [locationOf(finding)],
    // Our own key: `primaryLocationLineHash` is GitHub's, computed by its uploader.
    partialFingerprints: { 'ciActions/v1': finding.fingerprint },
    baselineState: compared ? baselineStates[finding.state] : undefined,
  }
}

/** In a message of SARIF `[text](address)` is a link; with a space in between it is none. */
function messageText({ message, rule }: Finding): string {
  const text = visibleLine(message).replaceAll('](', '] (')
  return shorten(text, longestMessage) || visibleLine(rule) || 'No message.'
}

/** GitHub refuses a result without a location, so one about no file stands at the top of the repository. */
function locationOf({ location }: Finding): SarifLocation {
  const path = location === undefined || location.path === '' ? '.' : location.path
  const region = regionOf(location)
  if (location?.outside === true)
    return { physicalLocation: { artifactLocation: { uri: fileUri(path) }, region } }
  return { physicalLocation: { artifactLocation: { uri: encodePath(path), uriBaseId: 'SRCROOT' }, region } }
}

/** A path outside the repository is as the tool printed it: of any platform, absolute or not. */
function fileUri(printed: string): string {
  const path = printed.replaceAll('\\', '/')
  if (/^[a-z]:\//i.test(path)) return `file:///${encodePath(path)}`
  return path.startsWith('/') ? `file://${encodePath(path.replace(/^\/+/, '/'))}` : encodePath(path)
}

function encodePath(path: string): string {
  return /^[\w./-]*$/.test(path) ? path : path.split('/').map(encodeSegment).join('/')
}

function regionOf(location: Finding['location']): SarifLocation['physicalLocation']['region'] {
  const startLine = location?.line ?? 1
  const endLine = Math.max(location?.endLine ?? startLine, startLine)
  const startColumn = location?.line === undefined ? undefined : location.column
  const endColumn = startColumn === undefined ? undefined : location?.endColumn
  const inOrder = endColumn !== undefined && (endLine > startLine || endColumn >= (startColumn ?? 1))
  return {
    startLine,
    startColumn,
    endLine: endLine > startLine ? endLine : undefined,
    endColumn: inOrder ? endColumn : undefined,
  }
}

function invocationsOf(
  tools: readonly ToolRun[],
  { all, sent }: Sent,
  report: Report,
): readonly SarifInvocation[] {
  const { fixed, suppressed } = rankedFindings(report)
  const notes: SarifNotification[] = []
  if (sent < all) {
    notes.push(note('warning', `Showing the ${count(sent)} most important of ${count(all)} results.`))
  }
  if (fixed > 0) notes.push(note('note', leftOut(fixed, 'fixed finding')))
  if (suppressed > 0) notes.push(note('note', leftOut(suppressed, 'suppressed finding')))
  const invocations = tools.map(invocationOf)
  const [first, ...others] = invocations.length > 0 ? invocations : [{ executionSuccessful: true }]
  if (first === undefined || notes.length === 0) return invocations
  return [
    { ...first, toolExecutionNotifications: [...(first.toolExecutionNotifications ?? []), ...notes] },
    ...others,
  ]
}

function leftOut(findings: number, what: string): string {
  return `${counted(findings, what)} of all tools together ${findings === 1 ? 'is' : 'are'} left out.`
}

function invocationOf(tool: ToolRun): SarifInvocation {
  const failed = tool.status === 'failed'
  const exitCode = tool.commands.at(-1)?.exitCode
  const why = failed ? [note('error', shorten(visibleText(tool.why ?? 'failed'), longestMessage))] : []
  const notices = tool.notices.map(({ level, message }) =>
    note(
      level === 'failed' ? 'error' : level === 'warning' ? 'warning' : 'note',
      plainProse(visibleLine(message)),
    ),
  )
  const notifications = [...why, ...notices]
  return {
    executionSuccessful: !failed,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  }
}

function note(level: SarifNotification['level'], text: string): SarifNotification {
  return { level, message: { text } }
}
