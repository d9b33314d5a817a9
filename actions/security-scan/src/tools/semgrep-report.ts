/** Reads the JSON of Semgrep. Without a login it says `requires login` where a fingerprint and lines would be. */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeText,
  numberOf,
  parseJson,
  recordOf,
  tableClaim,
  textOf,
} from '@ci-actions/shared'
import {
  cweNumbers,
  isSecretWeakness,
  leftOutNotices,
  nameSome,
  riskFinding,
  secretMessage,
} from './risk-finding.ts'
import { asGiven } from './scope.ts'
import { ownMessages } from './semgrep-rules/index.ts'

/** `targets`: what it was given; files of those that it does not say to have scanned were not. */
export function parseSemgrepReport(text: string, targets: readonly string[] = []): ToolResult {
  return readSemgrepReport(parseJson(text, 'Semgrep'), targets)
}

/** {@link parseSemgrepReport} of what is parsed already. */
export function readSemgrepReport(value: unknown, targets: readonly string[] = []): ToolResult {
  const report = recordOf(value, 'Semgrep')
  const paths = recordOf(report['paths'], 'Semgrep')
  const scanned = new Set(
    listOf(paths['scanned'], 'Semgrep').flatMap((each) => (typeof each === 'string' ? [asGiven(each)] : [])),
  )
  const missed = targets.map(asGiven).filter((path) => !scanned.has(path))
  const errors = listOf(report['errors'], 'Semgrep').map((each) => recordOf(each, 'Semgrep'))
  const results = listOf(report['results'], 'Semgrep').map((each) => recordOf(each, 'Semgrep'))
  const isIgnored = (each: JsonRecord) => recordOf(each['extra'], 'Semgrep')['is_ignored'] === true
  const found = results.filter((each) => !isIgnored(each))
  const ignored = results.filter(isIgnored).map(toFinding)
  const leftOut = leftOutNotices(
    ignored.map(({ location }) => asGiven(location?.path ?? '')),
    'by a comment or a triage of Semgrep',
  )
  return {
    findings: found.map(toFinding),
    notices: [...errors.map(toNotice), ...missedNotice(missed), ...leftOut],
    filesChecked: scanned.size,
  }
}

function missedNotice(missed: readonly string[]): readonly Notice[] {
  if (missed.length === 0) return []
  return [{ level: 'failed', message: `Semgrep does not say that it scanned ${nameSome(missed)}.` }]
}

/** Whatever was not analysed, even a part of a file, is not known to be clean. */
function toNotice(error: JsonRecord): Notice {
  const said = maybeText(error, 'message') ?? maybeText(error, 'long_msg') ?? maybeText(error, 'short_msg')
  const message = (said ?? kindOf(error)).trim().replace(/:\s*$/, '')
  const path = maybeText(error, 'path')
  const place = path === undefined || message.includes(path) ? '' : `${asGiven(path)}: `
  const advice = path === undefined ? '' : ' Mend the file, or leave it out with `exclude`.'
  return { level: 'failed', message: `Not fully scanned: ${place}${firstLine(message)}.${advice}` }
}

/** A text, or a list that begins with one. */
function kindOf({ type }: JsonRecord): string {
  const kind: unknown = Array.isArray(type) ? type[0] : type
  return typeof kind === 'string' ? kind : 'no reason given'
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/[:.]\s*$/, '') ?? text
}

function toFinding(result: JsonRecord): RawFinding {
  const rule = textOf(result, 'check_id', 'Semgrep')
  const extra = recordOf(result['extra'], 'Semgrep')
  const metadata = isRecord(extra['metadata']) ? extra['metadata'] : {}
  const [start, end] = [recordOf(result['start'], 'Semgrep'), recordOf(result['end'], 'Semgrep')]
  const message = textOf(extra, 'message', 'Semgrep')
  const kind = kindOfRisk(metadata)
  return riskFinding(
    { kind, claims: [claimOf(extra, metadata)], cwe: cweNumbers(metadata['cwe']) },
    {
      rule,
      message: kind === 'secret' ? withoutValue(message, rule) : message,
      location: {
        path: textOf(result, 'path', 'Semgrep'),
        line: numberOf(start, 'line', 'Semgrep'),
        column: numberOf(start, 'col', 'Semgrep'),
        endLine: numberOf(end, 'line', 'Semgrep'),
        endColumn: numberOf(end, 'col', 'Semgrep'),
      },
      help: helpOf(metadata),
    },
  )
}

/** Rules about secrets are told by their technology or weakness; Semgrep gives no value. */
function kindOfRisk(metadata: JsonRecord): 'secret' | 'weakness' {
  const { technology } = metadata
  const isAboutSecrets = Array.isArray(technology) && technology.includes('secrets')
  return isAboutSecrets || isSecretWeakness(cweNumbers(metadata['cwe'])) ? 'secret' : 'weakness'
}

/** Rules may put parts of the code into their messages; ours do not. */
function withoutValue(message: string, rule: string): string {
  return ownMessages.has(message) ? message : secretMessage(rule)
}

const ofSources = new Set(['lines', 'metavars', 'fix', 'rendered_fix', 'dataflow_trace'])

/** For `asEvidence`: without lines of the sources, and without what rules say of secrets. */
export function semgrepEvidence(key: string, value: unknown): unknown {
  if (ofSources.has(key)) return undefined
  if (!isRecord(value) || !isRecord(value['extra'])) return value
  const { metadata, message, ...extra } = value['extra']
  const isSecret = isRecord(metadata) && kindOfRisk(metadata) === 'secret'
  const kept = isSecret ? withoutValue(String(message), String(value['check_id'])) : message
  return { ...value, extra: { ...extra, metadata, message: kept } }
}

/** Impact and likelihood say what can happen and how easily; the level alone, how bad its author found it. */
function claimOf(extra: JsonRecord, metadata: JsonRecord) {
  const [impact, likelihood] = [maybeText(metadata, 'impact'), maybeText(metadata, 'likelihood')]
  const rating = impact !== undefined && likelihood !== undefined ? [`${impact}/${likelihood}`] : []
  return tableClaim('semgrep', ...rating, textOf(extra, 'severity', 'Semgrep'))
}

function helpOf(metadata: JsonRecord): string | undefined {
  const references = Array.isArray(metadata['references']) ? metadata['references'] : []
  const [cwe] = cweNumbers(metadata['cwe'])
  const own = [metadata['source'], ...references].find((each) => typeof each === 'string')
  if (typeof own === 'string') return own
  return cwe === undefined ? undefined : `https://cwe.mitre.org/data/definitions/${cwe}.html`
}
