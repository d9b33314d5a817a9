/** Reads the JSON lines of TruffleHog. */
import type { JsonRecord, RawFinding, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  maybeNumber,
  maybeText,
  parseJsonLines,
  ToolOutputError,
  tableClaim,
} from '@ci-actions/shared'
import { inCommit } from './gitleaks-report.ts'
import { riskFinding } from './risk-finding.ts'

/** Author and address of a commit are never read. Lines that are no JSON were cut off, or are no report. */
export function parseTrufflehogReport(text: string): ToolResult {
  const { values, broken, plain } = parseJsonLines(text)
  const wrong = broken[0] ?? plain[0]
  if (wrong !== undefined) throw new ToolOutputError(`TruffleHog: line ${wrong.line} is no complete JSON.`)
  return { findings: values.map(({ value }) => toFinding(value)) }
}

function toFinding(result: JsonRecord): RawFinding {
  const rule = maybeText(result, 'DetectorName')
  if (rule === undefined || rule === '' || typeof result['Verified'] !== 'boolean')
    throw new ToolOutputError('TruffleHog: a result does not say what was found.')
  const verified = result['Verified']
  const value = maybeText(result, 'Raw')
  const { path, line, commit } = placeOf(result, rule)
  const place =
    commit === undefined
      ? {
          message: `A secret (${rule}) stands in this file.`,
          location: { path, ...(line !== undefined && line > 0 && { line }) },
        }
      : inCommit({ rule, path, commit, line })
  return riskFinding(
    {
      kind: 'secret',
      claims: [tableClaim('trufflehog', verified ? 'verified' : 'unverified')],
      cwe: [798],
      secret: { ...(value && { value }), verified },
      commit,
    },
    { rule, ...place, message: `${place.message}${outcome(result, verified)}` },
  )
}

/** The error itself may hold the secret, as part of an address. */
function outcome(result: JsonRecord, verified: boolean): string {
  if (verified) return ' The service that it belongs to accepts it: revoke it.'
  return maybeText(result, 'VerificationError') ? ' Whether it works could not be found out.' : ''
}

interface Place {
  readonly path: string
  readonly line: number | undefined
  readonly commit: string | undefined
}

/** The only entry of `Data` is named by the kind of source: `Git`, `Filesystem`, `Github`, … */
function placeOf(result: JsonRecord, rule: string): Place {
  const metadata = result['SourceMetadata']
  const data = isRecord(metadata) && isRecord(metadata['Data']) ? Object.values(metadata['Data']) : []
  const source = data.find(isRecord)
  const path = source && maybeText(source, 'file')
  if (source === undefined || path === undefined)
    throw new ToolOutputError(`TruffleHog: the place of a secret (${rule}) is missing.`)
  return { path, line: maybeNumber(source, 'line'), commit: maybeText(source, 'commit') }
}
