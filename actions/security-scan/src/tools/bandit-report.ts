/** Reads the JSON of Bandit. https://bandit.readthedocs.io/en/latest/formatters/json.html */
import type { JsonRecord, Notice, RawFinding, RawSecurity, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeNumber,
  maybeText,
  numberOf,
  recordOf,
  tableClaim,
  textOf,
} from '@ci-actions/shared'
import { parseConfidentialJson } from './confidential-json.ts'
import { cweNumbers, riskFinding } from './risk-finding.ts'
import { asGiven } from './scope.ts'

/** The rules about passwords in the code; their messages end with the value. */
const secretRules = new Set(['B105', 'B106', 'B107'])

/** For `asEvidence`: without lines of the sources, and without passwords, which may be too short to be hidden everywhere. */
export function banditEvidence(key: string, value: unknown): unknown {
  if (key === 'code') return undefined
  if (!isRecord(value) || !secretRules.has(String(value['test_id']))) return value
  return { ...value, issue_text: String(value['issue_text']).replace(/: '[\s\S]*'$/, '') }
}

/** A file that it could not read is a failure by name: Bandit itself ends with 0 as if it were clean. */
export function parseBanditReport(text: string): ToolResult {
  return readBanditReport(parseConfidentialJson(text, 'Bandit'))
}

/** {@link parseBanditReport} of what is parsed already. */
export function readBanditReport(value: unknown): ToolResult {
  const report = recordOf(value, 'Bandit')
  const unread = listOf(report['errors'], 'Bandit').map((each) => recordOf(each, 'Bandit'))
  const metrics = recordOf(report['metrics'], 'Bandit')
  const files = Object.keys(metrics).filter((path) => path !== '_totals')
  const results = listOf(report['results'], 'Bandit').map((each) => recordOf(each, 'Bandit'))
  const found = results.filter((each) => !isAssertInTest(each))
  return {
    findings: found.map(toFinding),
    notices: [...unread.map(unreadNotice), ...(found.length < results.length ? [assertsLeftOut] : [])],
    filesChecked: files.length,
  }
}

/** Without a number: the results of some files may be remembered. */
const assertsLeftOut: Notice = {
  level: 'notice',
  message: 'B101 is left out in tests: `assert` is what tests are made of.',
}

function isAssertInTest(result: JsonRecord): boolean {
  const path = asGiven(textOf(result, 'filename', 'Bandit'))
  const isTest = /(?:^|\/)(?:tests?\/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)/.test(path)
  return isTest && textOf(result, 'test_id', 'Bandit') === 'B101'
}

function unreadNotice(error: JsonRecord): Notice {
  const file = asGiven(textOf(error, 'filename', 'Bandit'))
  return {
    level: 'failed',
    message: `${file} was not scanned: ${maybeText(error, 'reason') ?? 'no reason given'}. Mend it, or leave it out with \`exclude\`.`,
  }
}

function toFinding(result: JsonRecord): RawFinding {
  const rule = textOf(result, 'test_id', 'Bandit')
  const message = textOf(result, 'issue_text', 'Bandit')
  const words = `${textOf(result, 'issue_severity', 'Bandit')}/${textOf(result, 'issue_confidence', 'Bandit')}`
  const claims = [tableClaim('bandit', words)]
  // Since 1.7.3.
  const cwe = isRecord(result['issue_cwe']) ? cweNumbers(result['issue_cwe']['id']) : []
  const about = { rule, location: locationOf(result), help: maybeText(result, 'more_info') }
  if (!secretRules.has(rule)) return riskFinding({ kind: 'weakness', claims, cwe }, { ...about, message })
  return passwordFinding({ claims, cwe }, about, message)
}

/** Of a rule about passwords in the code, whose `message` may end with the value. */
export function passwordFinding(
  common: Pick<RawSecurity, 'claims' | 'cwe'>,
  about: Omit<RawFinding, 'level' | 'metric' | 'security' | 'message'>,
  message: string,
): RawFinding {
  const value = /: '([\s\S]*)'$/.exec(message)?.[1]
  // Nobody signs in with it, but where it is a default, nobody is asked for one either.
  if (value === '')
    return riskFinding({ ...common, kind: 'weakness' }, { ...about, message: 'A password is empty.' })
  return riskFinding(
    { ...common, kind: 'secret', secret: value === undefined ? {} : { value } },
    { ...about, message: 'A password is written into the code.' },
  )
}

/**
 * Columns count from 0. `line_range` is that of the whole call, and so is the column; `line_number` may be that of one of its
 * arguments.
 */
function locationOf(result: JsonRecord): RawFinding['location'] {
  const named = numberOf(result, 'line_number', 'Bandit')
  const column = maybeNumber(result, 'col_offset')
  const range = Array.isArray(result['line_range']) ? result['line_range'] : []
  const [first] = range
  const line = typeof first === 'number' && first > 0 ? Math.min(first, named) : named
  const last = range.findLast((each) => typeof each === 'number')
  return {
    path: asGiven(textOf(result, 'filename', 'Bandit')),
    line,
    // Python counts them in UTF-8.
    ...(column !== undefined && column >= 0 && { column: column + 1, columnUnit: 'utf8' as const }),
    ...(typeof last === 'number' && last >= line && { endLine: last }),
  }
}
