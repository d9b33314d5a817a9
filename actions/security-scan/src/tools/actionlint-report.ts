/** Reads the JSON of actionlint, `-format '{{json .}}'`. https://github.com/rhysd/actionlint/blob/main/docs/usage.md */
import type { JsonRecord, RawFinding, ToolResult } from '@ci-actions/shared'
import { listOf, maybeNumber, numberOf, parseJson, recordOf, tableClaim, textOf } from '@ci-actions/shared'
import { riskFinding } from './risk-finding.ts'

/**
 * It checks that workflows are correct. Two of its findings are about risk: an expression whose value a stranger
 * chooses, put into a script, and a password written into a container's credentials. Of the others a workflow at most
 * does not run.
 */
export function parseActionlintReport(text: string): ToolResult {
  const results = listOf(parseJson(text, 'actionlint'), 'actionlint')
  return { findings: results.map((each) => toFinding(recordOf(each, 'actionlint'))) }
}

function toFinding(result: JsonRecord): RawFinding {
  const kind = textOf(result, 'kind', 'actionlint')
  const message = textOf(result, 'message', 'actionlint')
  const rule = kind === 'expression' && /potentially untrusted/.test(message) ? 'untrusted-input' : kind
  const claims = [tableClaim('actionlint', rule)]
  const about = { rule, message, location: locationOf(result), help: helpOf(rule) }
  const cwe = { 'untrusted-input': [94], credentials: [798] }[rule]
  return riskFinding({ kind: 'misconfiguration', claims, ...(cwe && { cwe }) }, about)
}

/** Columns count from 1, in UTF-8; the end is inclusive. 0 where the place is not known. */
function locationOf(result: JsonRecord): RawFinding['location'] {
  const path = textOf(result, 'filepath', 'actionlint')
  const line = numberOf(result, 'line', 'actionlint')
  const column = maybeNumber(result, 'column') ?? 0
  const end = maybeNumber(result, 'end_column') ?? 0
  return {
    path,
    ...(line > 0 && { line }),
    ...(line > 0 && column > 0 && { column, columnUnit: 'utf8' as const }),
    ...(line > 0 && column > 0 && end >= column && { endLine: line, endColumn: end + 1 }),
  }
}

function helpOf(rule: string): string {
  const page = 'https://github.com/rhysd/actionlint/blob/main/docs/checks.md'
  return rule === 'untrusted-input' ? `${page}#untrusted-inputs` : page
}
