/** Reads the JSON of Gitleaks 8, and of 7, which writes other keys. */
import type { JsonRecord, RawFinding, ToolResult } from '@ci-actions/shared'
import { listOf, maybeNumber, maybeText, recordOf, ToolOutputError, tableClaim } from '@ci-actions/shared'
import { parseConfidentialJson } from './confidential-json.ts'
import { riskFinding, secretMessage } from './risk-finding.ts'

/** Author, address and message of a commit are never read. */
export function parseGitleaksReport(text: string): ToolResult {
  return readGitleaksReport(parseConfidentialJson(text, 'Gitleaks'))
}

/** {@link parseGitleaksReport} of what is parsed already. */
export function readGitleaksReport(value: unknown): ToolResult {
  const results = listOf(value, 'Gitleaks')
  return { findings: results.map((each) => toFinding(recordOf(each, 'Gitleaks'))) }
}

function toFinding(result: JsonRecord): RawFinding {
  const rule = needed(maybeText(result, 'RuleID') ?? maybeText(result, 'rule'), 'a rule')
  const path = needed(maybeText(result, 'File') ?? maybeText(result, 'file'), 'a file')
  const commit = maybeText(result, 'Commit') ?? maybeText(result, 'commit') ?? ''
  const value = knownValue(maybeText(result, 'Secret') ?? maybeText(result, 'offender'))
  const security = {
    kind: 'secret',
    claims: [tableClaim('gitleaks', 'unverified')],
    cwe: [798],
    secret: { ...(value !== undefined && { value }) },
  } as const
  const line = maybeNumber(result, 'StartLine') ?? maybeNumber(result, 'lineNumber')
  const endLine = maybeNumber(result, 'EndLine')
  if (isCommit(commit))
    return riskFinding({ ...security, commit }, { rule, ...inCommit({ rule, path, commit, line }) })
  // Its columns are one too high from the second line on.
  const location = { path, ...(line !== undefined && line > 0 && { line, ...(endLine && { endLine }) }) }
  return riskFinding(security, { rule, message: secretMessage(rule), location })
}

/** Lines of an old version of the file say nothing about the file as it is. */
export function inCommit({
  rule,
  path,
  commit,
  line,
}: {
  readonly rule: string
  readonly path: string
  readonly commit: string
  readonly line: number | undefined
}): Pick<RawFinding, 'message' | 'location' | 'identity'> {
  const where = line === undefined || line < 1 ? '' : `, in line ${line} of the file there`
  return {
    message: `A secret (${rule}) stands in commit ${commit.slice(0, 7)}${where}.`,
    location: { path },
    identity: `${commit}:${path}:${line ?? ''}`,
  }
}

/** Uncommitted changes have zeros. */
function isCommit(commit: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(commit) && !/^0+$/.test(commit)
}

function needed(value: string | undefined, what: string): string {
  if (value !== undefined && value !== '') return value
  throw new ToolOutputError(`Gitleaks: ${what} is missing.`)
}

/** With `--redact` all secrets read alike; taken for values, all of them would be one. */
function knownValue(value: string | undefined): string | undefined {
  return value === undefined || value === '' || /^REDACTED$|\.\.\.$/.test(value) ? undefined : value
}
