/** Findings as results of a SARIF run. Pure. */
import type { Finding, FindingState } from '../finding/finding.ts'
import { encodeSegment } from './markdown.ts'
import type { SarifLocation, SarifResult, SarifSuppression } from './sarif-log.ts'
import type { RuleFacts } from './sarif-rules.ts'
import { nameList, plainText } from './sarif-text.ts'

/** GitHub shows 1,000 characters of a message; `result.json` has all. */
const longestMessage = 1000

/** Of the lines that findings are in, by path: see `security/line-hash.ts`. */
export type LineHashes = ReadonlyMap<string, ReadonlyMap<number, string>>

export interface ResultContext {
  /** Whether all findings of the tool were compared with a base. */
  readonly compared: boolean
  /** Names of tools by id. */
  readonly toolNames: ReadonlyMap<string, string>
  /** Without it results have no `primaryLocationLineHash`. */
  readonly lineHashes: LineHashes | undefined
  /** How often a fingerprint of ours stood in for a line's hash. */
  readonly seen: Map<string, number>
}

export function resultOf(
  finding: Finding,
  rule: RuleFacts,
  ruleIndex: number,
  context: ResultContext,
): SarifResult {
  return {
    ruleId: rule.id,
    ruleIndex,
    level: finding.level,
    message: { text: messageText(finding, rule, context.toolNames) },
    locations: [locationOf(finding)],
    partialFingerprints: {
      'ciActions/v1': finding.fingerprint,
      ...(context.lineHashes && { primaryLocationLineHash: alertKey(finding, rule, context) }),
    },
    baselineState: context.compared ? baselineStates[finding.state] : undefined,
    ...(finding.suppression && { suppressions: [suppressionOf(finding.suppression)] }),
  }
}

const baselineStates: Readonly<Record<FindingState, SarifResult['baselineState']>> = {
  new: 'new',
  unchanged: 'unchanged',
  'tool-changed': 'unchanged',
  fixed: 'absent',
  unknown: undefined,
}

/**
 * By what GitHub tells alerts of a rule apart. Where no line does (a package in a lockfile, a file that cannot be read)
 * our own fingerprint does, or all packages in a file would be one alert. A secret's line is not hashed: from the hash
 * a weak secret could be guessed, and our fingerprint has it masked.
 */
function alertKey(finding: Finding, rule: RuleFacts, { lineHashes, seen }: ResultContext): string {
  const { location, security, fingerprint } = finding
  const line = location?.line
  const hash = line === undefined ? undefined : lineHashes?.get(location?.path ?? '')?.get(line)
  if (hash !== undefined && security?.kind !== 'secret') return hash
  const key = `${rule.id}\0${fingerprint}`
  const times = (seen.get(key) ?? 0) + 1
  seen.set(key, times)
  return `${fingerprint}:${times}`
}

function messageText(finding: Finding, rule: RuleFacts, toolNames: ReadonlyMap<string, string>): string {
  const { security, location } = finding
  const differs = security !== undefined && security.severity !== rule.severity
  const notes = [
    ...(artifactOf(location) === noFile && location !== undefined && location.path !== ''
      ? [`It is in ${plainText(location.path, 200)}.`]
      : []),
    ...(differs ? [`Here its severity is ${security.severity}.`] : []),
    ...witnessNotes(finding, toolNames),
  ]
  const end = notes.map((note) => ` ${note}`).join('')
  return (plainText(finding.message, longestMessage - end.length) || rule.id) + end
}

function witnessNotes(
  { tool, witnesses = [] }: Finding,
  toolNames: ReadonlyMap<string, string>,
): readonly string[] {
  const others = new Set(witnesses.map((witness) => witness.tool).filter((id) => id !== tool))
  if (others.size === 0) return []
  const names = [...others].map((id) => plainText(toolNames.get(id) ?? id, 60)).toSorted()
  return [`Also reported by ${nameList(names)}.`]
}

function suppressionOf({
  reason,
  owner,
  expires,
  source,
}: NonNullable<Finding['suppression']>): SarifSuppression {
  const parts = [reason, owner && `Owner: ${owner}.`, expires && `Until ${expires}.`]
  const text = parts.filter((part) => part !== undefined && part !== '').join(' ')
  return {
    kind: source === 'inline' ? 'inSource' : 'external',
    status: 'accepted',
    justification: plainText(text, longestMessage) || 'No reason is given.',
  }
}

/** GitHub refuses a result without a location, and an address outside of the repository. */
function locationOf({ location }: Finding): SarifLocation {
  return { physicalLocation: { artifactLocation: artifactOf(location), region: regionOf(location) } }
}

type Artifact = SarifLocation['physicalLocation']['artifactLocation']

/** Stands where there is no file to name. */
const noFile: Artifact = { uri: 'no-file' }

/** A path outside the repository is as the tool printed it: of any platform, absolute or not. */
function artifactOf(location: Finding['location']): Artifact {
  const path = location?.path.replaceAll('\\', '/') ?? ''
  if (location?.outside === true) {
    if (/^[a-z]:\//i.test(path)) return { uri: `file:///${encodePath(path)}` }
    return path.startsWith('/') ? { uri: `file://${encodePath(path.replace(/^\/+/, '/'))}` } : noFile
  }
  const inside = location?.path ?? ''
  const usable =
    inside !== '' && inside.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  return usable ? { uri: encodePath(inside), uriBaseId: 'SRCROOT' } : noFile
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
