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
import { cweNumbers, nameSome, riskFinding } from './risk-finding.ts'
import { asGiven } from './scope.ts'

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
  return {
    findings: listOf(report['results'], 'Semgrep')
      .map((each) => recordOf(each, 'Semgrep'))
      .filter((each) => recordOf(each['extra'], 'Semgrep')['is_ignored'] !== true)
      .map(toFinding),
    notices: [...errors.map(toNotice), ...missedNotice(missed)],
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
  return riskFinding(
    { kind: kindOfRisk(metadata), claims: [claimOf(extra, metadata)], cwe: cweNumbers(metadata['cwe']) },
    {
      rule,
      message: textOf(extra, 'message', 'Semgrep'),
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

/** Rules about secrets are told by their category or technology; Semgrep gives no value. */
function kindOfRisk(metadata: JsonRecord): 'secret' | 'weakness' {
  const { technology } = metadata
  return Array.isArray(technology) && technology.includes('secrets') ? 'secret' : 'weakness'
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
