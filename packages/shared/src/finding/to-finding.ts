/** From a tool's own terms to the repository's. */

import type { Edit, Finding, Location, RawFinding, RawLocation } from './finding.ts'
import { fingerprint, identityOf } from './fingerprint.ts'
import type { ColumnUnit } from './normalise.ts'
import { normalisePath, toUtf16Column } from './normalise.ts'
import { riskIdentity, toSecurity, withoutSecret } from './risk.ts'
import { normaliseMessage, oneLine } from './text.ts'

/** Related places kept of one finding. */
const mostRelated = 20

export interface FindingContext {
  /** Id of the tool. */
  readonly tool: string
  /** Absolute paths. */
  readonly workspace: string
  /** The folder the tool ran in. */
  readonly cwd: string
  /** Package of a monorepo. */
  readonly package?: string | undefined
  /** Random, of this run; without it secrets are not told apart across tools. */
  readonly secretKey?: string | undefined
  /** Lines of a repository-relative file, without their ends; undefined where it cannot be read. */
  source(path: string): readonly string[] | undefined
}

/** State `unknown`; see `matchFindings` and `stateByLines` for the others. */
export function toFinding(printed: RawFinding, about: FindingContext): Finding {
  const raw = withoutSecret(printed)
  const place = raw.location === undefined ? undefined : toLocation(raw.location, about)
  const message = normaliseMessage(raw.message) || raw.rule
  const source = place === undefined || place.outside ? undefined : about.source(place.path)
  const own = { ...place, identity: raw.identity, message, source }
  const identity = identityOf(raw.security ? { ...own, ...riskIdentity(raw, place, source) } : own)
  const related = raw.related?.slice(0, mostRelated).flatMap((each) => toLocation(each, about) ?? [])
  const fix = raw.fix && toFix(raw.fix, raw.location?.columnUnit ?? 'codepoint', about)
  return {
    tool: about.tool,
    rule: oneLine(raw.rule),
    level: raw.level,
    message,
    fingerprint: fingerprint({ rule: raw.rule, identity, symbol: raw.symbol }),
    state: 'unknown',
    ...(place && { location: place }),
    ...(related && related.length > 0 && { related }),
    ...(raw.help !== undefined && isWebPage(raw.help) && { help: raw.help }),
    ...(fix && { fix }),
    ...(raw.metric !== undefined && { metric: raw.metric }),
    ...(raw.symbol !== undefined && { symbol: oneLine(raw.symbol) }),
    ...(about.package !== undefined && { package: about.package }),
    ...(raw.security && { security: toSecurity(raw.security, { secretKey: about.secretKey, identity }) }),
  }
}

/** Anything but a web address (`javascript:`, a path) is dropped: it would become a link. */
function isWebPage(address: string): boolean {
  return address.length <= 2000 && /^https?:\/\/[^\s<>"'`\\]+$/i.test(address)
}

/** Undefined for the top of the repository, which says nothing. */
function toLocation(raw: RawLocation, about: FindingContext): Location | undefined {
  const { path, outside } = normalisePath(raw.path, about)
  if (path === '') return undefined
  const position = orderedPosition(raw)
  const at = outside ? { path, outside } : { path }
  if (position.line === undefined) return at
  const source = outside ? undefined : about.source(path)
  const unit = raw.columnUnit ?? 'codepoint'
  const endLine = position.endLine ?? position.line
  const column = toColumn(source, position.line, position.column, unit)
  const endColumn = toColumn(source, endLine, position.endColumn, unit)
  return {
    ...at,
    line: position.line,
    ...(position.endLine !== undefined && { endLine: position.endLine }),
    ...(column !== undefined && { column }),
    ...(endColumn !== undefined && { endColumn }),
  }
}

interface Position {
  readonly line?: number | undefined
  readonly endLine?: number | undefined
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
}

/** Without what is no position: line 0, half a column, an end before the start. */
function orderedPosition(raw: RawLocation): Position {
  const line = counted(raw.line)
  if (line === undefined) return {}
  const column = counted(raw.column)
  const endLine = counted(raw.endLine)
  if (endLine !== undefined && endLine < line) return { line, column }
  const endColumn = column === undefined ? undefined : counted(raw.endColumn)
  const sameLine = endLine === undefined || endLine === line
  if (endColumn !== undefined && sameLine && endColumn < (column ?? 1)) return { line, endLine, column }
  return { line, endLine, column, endColumn }
}

function counted(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1 ? value : undefined
}

function toColumn(
  source: readonly string[] | undefined,
  line: number,
  column: number | undefined,
  unit: ColumnUnit,
): number | undefined {
  const text = source?.[line - 1]
  if (column === undefined || text === undefined) return column
  return toUtf16Column(text, column, unit)
}

/** All edits or none: half a fix breaks code. */
function toFix(edits: readonly Edit[], unit: ColumnUnit, about: FindingContext): readonly Edit[] | undefined {
  const converted: Edit[] = []
  for (const edit of edits) {
    const { path, outside } = normalisePath(edit.path, about)
    const numbers = [edit.line, edit.column, edit.endLine, edit.endColumn]
    if (outside || path === '' || numbers.some((each) => counted(each) === undefined)) return undefined
    const source = about.source(path)
    converted.push({
      path,
      line: edit.line,
      column: toColumn(source, edit.line, edit.column, unit) ?? edit.column,
      endLine: edit.endLine,
      endColumn: toColumn(source, edit.endLine, edit.endColumn, unit) ?? edit.endColumn,
      text: edit.text,
    })
  }
  return converted.length > 0 ? converted : undefined
}
