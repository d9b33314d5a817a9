/** Which findings of the head were there at the base: matching of multisets, by fingerprint. */
import type { Finding, FindingState } from './finding.ts'
import type { ChangedFile, Touches } from './lines.ts'
import { changedPlaces } from './lines.ts'
import { pairNearest } from './nearest.ts'
import { withoutNumbers } from './text.ts'

export interface MatchOptions {
  /** Old path -> new path, as git found them. */
  readonly renames: ReadonlyMap<string, string>
  /** The change from base to head. Makes a finding on an untouched line the old one of two equal ones. */
  readonly changes?: readonly ChangedFile[] | undefined
  /** Tools whose version is not the one that gave the base's findings; has effect only with `changes`. */
  readonly toolChanged?: ReadonlySet<string> | undefined
}

/**
 * The head's findings in their order, with states, then those of the base that are gone, as `fixed` and
 * under the path that their file has now. Of n equal findings at the base and m at the head,
 * max(0, m − n) are new: equal ones are counted, never merged.
 */
export function matchFindings(
  head: readonly Finding[],
  base: readonly Finding[],
  options: MatchOptions,
): readonly Finding[] {
  const touches = options.changes && changedPlaces(options.changes)
  const moved = base.map((finding) => atPathOf(finding, options.renames))
  const sides = { head: new Set(head.keys()), base: new Set(base.keys()) }
  for (const pass of passes(head, base, moved, touches)) matchOnce(pass, sides, head, moved)
  const states = head.map((finding, index) => {
    if (!sides.head.has(index)) return { ...finding, state: 'unchanged' as const }
    return { ...finding, state: stateOfUnmatched(finding, options.toolChanged, touches) }
  })
  const fixed = [...sides.base].flatMap((index) => moved[index] ?? [])
  return [...states, ...fixed.map((finding) => ({ ...finding, state: 'fixed' as const }))]
}

function stateOfUnmatched(
  finding: Finding,
  toolChanged: ReadonlySet<string> | undefined,
  touches: Touches | undefined,
): FindingState {
  if (!toolChanged?.has(finding.tool) || touches === undefined) return 'new'
  if (finding.location === undefined) return 'tool-changed'
  return touches(finding.location) === false ? 'tool-changed' : 'new'
}

function atPathOf(finding: Finding, renames: ReadonlyMap<string, string>): Finding {
  const path = finding.location && renames.get(finding.location.path)
  if (path === undefined || finding.location === undefined) return finding
  return { ...finding, location: { ...finding.location, path } }
}

/** Keys of a finding by its index; undefined: takes no part in this pass. */
interface Pass {
  head(index: number): string | undefined
  base(index: number): string | undefined
}

type Key = (finding: Finding | undefined) => string | undefined

/** From the most telling likeness to the least; within a place first untouched lines, first the same message. */
function passes(
  head: readonly Finding[],
  base: readonly Finding[],
  moved: readonly Finding[],
  touches: Touches | undefined,
): readonly Pass[] {
  const places = [
    { key: keyInFile, base },
    { key: keyInFile, base: moved },
    { key: keyAnywhere, base },
  ]
  const heads = touches ? [(finding: Finding | undefined) => isUntouched(finding, touches), always] : [always]
  const all: Pass[] = []
  for (const place of places) {
    for (const takesPart of heads) {
      for (const key of [withMessage(place.key), place.key]) {
        all.push({
          head: (index) => (takesPart(head[index]) ? key(head[index]) : undefined),
          base: (index) => key(place.base[index]),
        })
      }
    }
  }
  all.push({ head: (index) => keyAtTop(head[index]), base: (index) => keyAtTop(moved[index]) })
  all.push({ head: (index) => fileKeyAtTop(head[index]), base: (index) => fileKeyWithoutLine(moved[index]) })
  return all
}

const keyAnywhere: Key = (finding) => finding && join(finding.tool, finding.fingerprint)

const keyInFile: Key = (finding) =>
  finding && join(finding.tool, finding.fingerprint, finding.location?.path ?? '')

function withMessage(key: Key): Key {
  return (finding) => {
    const rest = key(finding)
    return finding && rest !== undefined ? join(rest, withoutNumbers(finding.message)) : undefined
  }
}

/**
 * A finding at the very start of a file is mostly one about the file (no module docstring), whose "own line"
 * is another one as soon as a line is put above. It is matched by its message.
 */
const keyAtTop: Key = (finding) => {
  const key = fileKeyAtTop(finding)
  return finding && key !== undefined ? join(key, withoutNumbers(finding.message)) : undefined
}

const fileKeyAtTop: Key = (finding) => {
  const place = finding?.location
  const isAtTop = place?.line === 1 && (place.column ?? 1) === 1
  return finding && isAtTop && !finding.fix ? join(finding.tool, finding.rule, place.path) : undefined
}

/** Entries of a baseline file know neither line nor message. */
const fileKeyWithoutLine: Key = (finding) => {
  const place = finding?.location
  return finding && place && place.line === undefined
    ? join(finding.tool, finding.rule, place.path)
    : undefined
}

function join(...parts: readonly string[]): string {
  return parts.join('\0')
}

function isUntouched(finding: Finding | undefined, touches: Touches): boolean {
  return finding?.location !== undefined && touches(finding.location) === false
}

function always(): boolean {
  return true
}

interface Sides {
  readonly head: Set<number>
  readonly base: Set<number>
}

function matchOnce(pass: Pass, left: Sides, head: readonly Finding[], base: readonly Finding[]): void {
  if (left.head.size === 0 || left.base.size === 0) return
  const wanted = Map.groupBy(left.head, pass.head)
  const offered = Map.groupBy(left.base, pass.base)
  for (const [key, heads] of wanted) {
    const bases = key === undefined ? undefined : offered.get(key)
    if (bases === undefined) continue
    for (const [ours, theirs] of pairNearest(
      inOrder(heads, head),
      inOrder(bases, base),
      lineDistance(head, base),
    )) {
      left.head.delete(ours)
      left.base.delete(theirs)
    }
  }
}

function lineDistance(head: readonly Finding[], base: readonly Finding[]) {
  return (ours: number, theirs: number) =>
    Math.abs((head[ours]?.location?.line ?? 0) - (base[theirs]?.location?.line ?? 0))
}

/** By place, so that what is matched does not depend on the order in which findings came. */
function inOrder(indices: readonly number[], findings: readonly Finding[]): readonly number[] {
  if (indices.length < 2) return indices
  return indices.toSorted((a, b) => compareByPlace(findings[a], findings[b]))
}

function compareByPlace(a: Finding | undefined, b: Finding | undefined): number {
  return (
    compareText(a?.location?.path, b?.location?.path) ||
    (a?.location?.line ?? 0) - (b?.location?.line ?? 0) ||
    (a?.location?.column ?? 0) - (b?.location?.column ?? 0) ||
    compareText(a?.message, b?.message)
  )
}

function compareText(a = '', b = ''): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
