/** Runs of SARIF, one a tool, as text: one line a result, to be compared and read without paying for indentation. Pure. */
import type { Finding } from '../finding/finding.ts'
import { rankFindings } from '../finding/rank.ts'
import type { ToolRun } from '../tool/tool.ts'
import { listPieces } from './json-list.ts'
import { rankedFindings, toolNames } from './ranking.ts'
import type { Report } from './report.ts'
import { sarifCategory } from './sarif-category.ts'
import type { Sent } from './sarif-invocations.ts'
import { invocationsOf } from './sarif-invocations.ts'
import type { SarifRunHead } from './sarif-log.ts'
import type { LineHashes } from './sarif-results.ts'
import { resultOf } from './sarif-results.ts'
import { gatherRules, ruleId, ruleOf } from './sarif-rules.ts'
import { utf8Bytes, visibleJson, visibleLine } from './visible.ts'

/** GitHub refuses a run with more results or rules; it shows the first 5,000, so the best come first. */
const mostResults = 25_000

export interface SarifOptions {
  /** Gives results a `primaryLocationLineHash`. */
  readonly lineHashes?: LineHashes | undefined
  /** Digest of the leg of a matrix, which is part of the category. */
  readonly leg?: string | undefined
  /** Has suppressed findings in it, marked so; code scanning would open alerts for them. */
  readonly suppressed?: boolean | undefined
}

/** All that a report says of one tool. */
export interface ToolPart {
  readonly id: string
  readonly name: string
  readonly runs: readonly ToolRun[]
  /** Best first. */
  readonly findings: readonly Finding[]
}

export interface RenderedRun extends Pick<Sent, 'all' | 'sent'> {
  /** Its text, in pieces. */
  readonly pieces: readonly string[]
}

/** Tools that ran first, in their order; then others that findings name. */
export function toolParts(report: Report, { suppressed = false }: SarifOptions): readonly ToolPart[] {
  const ranked = rankedFindings(report)
  const shown = [...ranked.counting, ...ranked.notes, ...ranked.older]
  const findings = Map.groupBy(
    suppressed ? [...shown, ...suppressedFindings(report)] : shown,
    (finding) => finding.tool,
  )
  const tools = Map.groupBy(report.tools, (tool) => tool.id)
  return [...new Set([...tools.keys(), ...findings.keys()])].map((id) => {
    const runs = tools.get(id) ?? []
    const name = visibleLine(runs[0]?.name ?? id).trim() || 'unnamed tool'
    return { id, name, runs, findings: findings.get(id) ?? [] }
  })
}

function suppressedFindings({ findings, rules }: Report): readonly Finding[] {
  const all = findings.filter(({ suppression, state }) => suppression !== undefined && state !== 'fixed')
  return rankFindings(all, rules)
}

/** At most `maxBytes` of rules and results: the first ones, as many as there is room for. */
export function renderRun(
  part: ToolPart,
  report: Report,
  options: SarifOptions,
  maxBytes: number,
): RenderedRun {
  const { rules, results } = ruleAndResultLines(part, report, options, maxBytes)
  const [first] = part.runs
  const driver = visibleJson({
    name: part.name,
    ...(first?.version === undefined || first.version === '' ? {} : { version: visibleLine(first.version) }),
  })
  const sent = {
    all: part.findings.length,
    sent: results.length,
    withSuppressed: options.suppressed === true,
  }
  const head = Object.entries(runHead(part, sent, report, options))
  const members = head.map(([key, value]) => `      ${visibleJson(key)}: ${visibleJson(value)},\n`)
  const pieces = [
    `    {\n      "tool": {"driver":${driver.slice(0, -1)},"rules":`,
    ...listPieces(rules, '      '),
    `}},\n${members.join('')}      "results": `,
    ...listPieces(results, '      '),
    '\n    }',
  ]
  return { pieces, all: sent.all, sent: sent.sent }
}

function ruleAndResultLines(
  part: ToolPart,
  report: Report,
  { lineHashes }: SarifOptions,
  maxBytes: number,
): { readonly rules: readonly string[]; readonly results: readonly string[] } {
  const sendable = part.findings.slice(0, mostResults)
  const facts = gatherRules(sendable)
  const compared = part.findings.every((finding) => finding.state !== 'unknown')
  const context = { compared, toolNames: toolNames(report), lineHashes, seen: new Map<string, number>() }
  const indices = new Map<string, number>()
  const rules: string[] = []
  const results: string[] = []
  let room = maxBytes
  for (const finding of sendable) {
    const rule = facts.get(ruleId(finding))
    if (rule === undefined) continue
    const index = indices.get(rule.id) ?? rules.length
    const result = visibleJson(resultOf(finding, rule, index, context))
    const added = index === rules.length ? visibleJson(ruleOf(rule, part.name)) : ''
    room -= utf8Bytes(result) + utf8Bytes(added)
    if (room < 0) break
    if (added !== '') rules.push(added)
    indices.set(rule.id, index)
    results.push(result)
  }
  return { rules, results }
}

function runHead(
  { id, runs }: ToolPart,
  sent: Sent,
  report: Report,
  { leg = '' }: SarifOptions,
): SarifRunHead {
  return {
    automationDetails: { id: sarifCategory([report.action, report.id, leg, id]) },
    invocations: invocationsOf(runs, sent, report),
    columnKind: 'utf16CodeUnits',
    // No `uri`: whoever reads it knows where the repository is.
    originalUriBaseIds: { SRCROOT: { description: { text: 'Top of the repository.' } } },
  }
}
