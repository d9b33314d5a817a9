/** What changed lines say about findings, where nothing better is known about the base. */
import type { Finding, FindingState, Location } from './finding.ts'

/** Changed lines of the new version of a file; as `readChanges` of `git/` gives them. */
export interface ChangedFile {
  readonly path: string
  /** 1-based, inclusive. */
  readonly lines: readonly { readonly start: number; readonly end: number }[]
  /** `added`, `modified`, `renamed`, `deleted`. */
  readonly kind: string
}

export type Touches = (location: Location) => boolean | undefined

/**
 * A question to ask of places: does the change touch it? Undefined where lines cannot tell: a place without
 * a line in a file that was there before.
 */
export function changedPlaces(changes: readonly ChangedFile[]): Touches {
  const files = new Map(changes.map((change) => [change.path, change]))
  return (location) => {
    const change = files.get(location.path)
    if (change === undefined || change.kind === 'deleted') return false
    if (change.kind === 'added') return true
    const { line } = location
    if (line === undefined) return change.lines.length > 0 ? undefined : false
    const end = location.endLine ?? line
    return change.lines.some((range) => range.start <= end && line <= range.end)
  }
}

/**
 * `new` where the change touches the finding's lines or those of a related place, else `unchanged`;
 * `unknown` where lines cannot tell. Inexact by nature: a changed line can cause a finding elsewhere, and a
 * touched line may have had its finding before. Findings that are already `fixed` stay so.
 */
export function stateByLines(
  findings: readonly Finding[],
  changes: readonly ChangedFile[],
): readonly Finding[] {
  const touches = changedPlaces(changes)
  return findings.map((finding) =>
    finding.state === 'fixed' ? finding : { ...finding, state: stateOf(finding, touches) },
  )
}

function stateOf(finding: Finding, touches: Touches): FindingState {
  if (finding.location === undefined || finding.location.outside) return 'unknown'
  const own = touches(finding.location)
  if (own || finding.related?.some((place) => !place.outside && touches(place))) return 'new'
  return own === undefined ? 'unknown' : 'unchanged'
}
