/** The result as JSON: an interface that scripts rely on. Its schema is schemas/result.json. */
import type { Finding, Location, Security } from '../finding/finding.ts'
import type { MetricValue } from '../gate/metric.ts'
import type { RuleOutcome } from '../gate/rule.ts'
import type { ToolRun } from '../tool/tool.ts'
import { listPieces } from './json-list.ts'
import { plainProse } from './prose.ts'
import { rankedFindings } from './ranking.ts'
import type { Report } from './report.ts'
import { shorten, utf8Bytes, visibleJson } from './visible.ts'

type Json = Readonly<Record<string, unknown>>

/** Raised when something is removed or changes its meaning, not when something is added. */
const schemaVersion = 1

/** In the order in which they lose entries. */
const lists = ['inputs', 'notices', 'loosened', 'metrics', 'tools', 'degraded', 'rules', 'reasons'] as const

/** The output of a step: one line without the findings. Lists lose their last entries until it fits; `left-out` counts them. */
export function resultOutput(report: Report, maxBytes: number): string {
  return fitResult(resultObject(report), maxBytes)
}

export function renderResult(report: Report): string {
  return [...resultPieces(report)].join('')
}

/**
 * `result.json`: the text in pieces, since it has all findings. Indented at the top and one line an entry, which is
 * readable and a tenth of the size of full indentation.
 */
export function* resultPieces(report: Report): Generator<string> {
  yield '{\n'
  for (const [key, value] of Object.entries(resultObject(report))) {
    if (value === undefined) continue
    yield `  ${visibleJson(key)}: `
    if (Array.isArray(value))
      yield* listPieces(
        value.values().map((item) => visibleJson(item)),
        '  ',
      )
    else yield visibleJson(value)
    yield ',\n'
  }
  yield '  "findings": '
  const findings = report.findings.values().map((finding) => visibleJson(findingObject(finding)))
  yield* listPieces(findings, '  ')
  yield '\n}\n'
}

function resultObject(report: Report): Json {
  return {
    'schema-version': schemaVersion,
    action: report.action,
    'action-version': report.actionVersion,
    id: report.id,
    verdict: report.verdict,
    enforced: report.enforced,
    scope: report.scope,
    reasons: report.reasons.map(({ code, rule, message }) => ({ code, rule, message: plainProse(message) })),
    rules: report.rules.map(ruleObject),
    metrics: report.metrics.map(metricObject),
    tools: report.tools.map(toolObject),
    counts: countsObject(report),
    loosened: report.loosened.map(plainProse),
    notices: report.notices.map(plainProse),
    degraded: report.degraded.map(({ what, why }) => ({ what, why: plainProse(why) })),
    base: report.base && {
      message: plainProse(report.base.message),
      sha: report.base.sha,
      ref: report.base.ref,
    },
    inputs: report.inputs.map(({ name, value, from }) => ({ name, value, from: plainProse(from) })),
    seconds: milliseconds(report.seconds),
    laptop: report.laptop,
    'report-dir': report.reportFolder,
  }
}

function countsObject(report: Report): Json {
  const ranked = rankedFindings(report)
  return {
    counting: ranked.counting.length,
    places: ranked.places,
    notes: ranked.notes.length,
    older: ranked.older.length,
    new: ranked.new,
    fixed: ranked.fixed,
    suppressed: ranked.suppressed,
  }
}

function ruleObject(outcome: RuleOutcome): Json {
  const { rule } = outcome
  return {
    rule: rule.text,
    metric: rule.metric,
    labels: rule.labels,
    variant: rule.variant,
    comparator: rule.comparator,
    limit: rule.limit,
    unit: rule.unit,
    source: rule.source,
    warn: rule.warn,
    outcome: outcome.outcome,
    decides: outcome.decides,
    actual: outcome.actual,
    now: outcome.now,
    base: outcome.base,
    tools: outcome.tools,
    at: outcome.at,
    message: plainProse(outcome.message),
  }
}

function metricObject({ name, labels, value, unit, base, new: fresh, tools, at }: MetricValue): Json {
  return { name, labels, value, unit, base, new: fresh, tools, at }
}

function toolObject(tool: ToolRun): Json {
  return {
    id: tool.id,
    name: tool.name,
    package: tool.package,
    status: tool.status,
    why: tool.why && shorten(tool.why, 2000),
    version: tool.version,
    'version-source': tool.versionSource,
    'version-from': tool.versionFrom,
    seconds: milliseconds(tool.seconds),
    findings: tool.findings,
    new: tool.new,
    files: tool.files,
    remembered: tool.remembered,
    notices: tool.notices.map(({ level, message }) => ({ level, message: plainProse(message) })),
  }
}

function findingObject(finding: Finding): Json {
  const { security, fix } = finding
  return {
    tool: finding.tool,
    rule: finding.rule,
    level: finding.level,
    message: finding.message,
    location: finding.location && locationObject(finding.location),
    related: finding.related?.map(locationObject),
    help: finding.help,
    fix: fix?.map(({ endLine, endColumn, ...edit }) => ({
      ...edit,
      'end-line': endLine,
      'end-column': endColumn,
    })),
    metric: finding.metric,
    symbol: finding.symbol,
    package: finding.package,
    fingerprint: finding.fingerprint,
    state: finding.state,
    security: security && securityObject(security),
    witnesses: finding.witnesses,
    suppression: finding.suppression,
  }
}

function securityObject(security: Security): Json {
  const { kind, severity, severitySource, score, cwe, ids, purl, dependency, resource } = security
  const { fixedVersions, exploited, epss, verified, identity } = security
  return {
    identity,
    ...{ kind, severity, 'severity-source': severitySource, score, cwe, ids, purl },
    direct: dependency?.direct,
    via: dependency?.via,
    'fixed-versions': fixedVersions,
    ...{ resource, exploited, epss, verified },
  }
}

function locationObject({ path, line, endLine, column, endColumn, outside }: Location): Json {
  return { path, line, 'end-line': endLine, column, 'end-column': endColumn, outside }
}

/** Clocks say more than anybody can use. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

function fitResult(result: Json, maxBytes: number): string {
  let fitted = result
  let text = visibleJson(fitted)
  for (const name of lists) {
    const over = utf8Bytes(text) - maxBytes
    if (over <= 0) return text
    fitted = withShorterList(fitted, name, over)
    text = visibleJson(fitted)
  }
  return utf8Bytes(text) <= maxBytes ? text : visibleJson(smallest(fitted))
}

/** Room for `"left-out":{…}` with the name and the number. */
const leftOutBytes = 48

function withShorterList(result: Json, name: string, over: number): Json {
  const list: unknown = result[name]
  if (!Array.isArray(list) || list.length === 0) return result
  let free = 0
  let keep = list.length
  while (keep > 0 && free < over + leftOutBytes) {
    keep--
    free += utf8Bytes(visibleJson(list[keep])) + 1
  }
  return {
    ...result,
    [name]: list.slice(0, keep),
    'left-out': { ...leftOutOf(result), [name]: list.length - keep },
  }
}

function leftOutOf(result: Json): Json {
  const leftOut: unknown = result['left-out']
  return typeof leftOut === 'object' && leftOut !== null ? { ...leftOut } : {}
}

/** Where even empty lists are too long, texts of unknown length go; what is needed to branch on stays. */
function smallest(result: Json): Json {
  const { base, laptop, id, ...rest } = result
  return { ...rest, id: shorten(String(id), 100), 'report-dir': undefined }
}
