/** Several findings of one risk as one. Each rule gives the same in any order and grouping. Pure. */
import type {
  Dependency,
  Finding,
  FindingState,
  Level,
  Location,
  Security,
  SeverityClaim,
  Suppression,
  Witness,
} from '../finding/finding.ts'
import { advisoryIds, compareNatural, compareText, finders } from './risk-names.ts'
import { levelOfSeverity, resolveSeverity } from './severity.ts'
import { comparePlaces } from './trust.ts'

/** Other places of a risk that are kept. */
const mostRelated = 20

/** `first` is the one of `all` that is shown; what only it can say (rule, message, place, fix) is taken from it. */
export function combine(first: Finding, all: readonly Finding[]): Finding {
  if (all.length === 1 || first.security === undefined) return first
  const { suppression: _, related: __, stateByLines: ___, ...shown } = first
  const security = combineSecurity(
    first.security,
    all.flatMap((each) => each.security ?? []),
  )
  const suppression = combineSuppressions(all)
  const related = otherPlaces(first, all)
  return {
    ...shown,
    level: security.severity === 'unknown' ? loudest(all) : levelOfSeverity(security.severity),
    ...all.map(stateOf).reduce(combineStates),
    security,
    witnesses: unique(all.flatMap(finders), ({ tool, rule }) => `${tool}\0${rule}`, compareFinders),
    ...(related.length > 0 && { related }),
    ...(suppression && { suppression }),
  }
}

function combineSecurity(first: Security, all: readonly Security[]): Security {
  const { score: _, severity: __, severitySource: ___, ...own } = first
  const claims = unique(
    all.flatMap((each) => each.claims),
    claimText,
  )
  const cwe = distinct(
    all.flatMap((each) => each.cwe ?? []),
    (a, b) => a - b,
  )
  const ids = distinct(all.flatMap(allIds), compareNatural)
  const fixedVersions = distinct(
    all.flatMap((each) => each.fixedVersions ?? []),
    compareNatural,
  )
  const epss = all.flatMap((each) => each.epss ?? [])
  const digest = least(all.flatMap((each) => each.secretDigest ?? []))
  return {
    ...own,
    ...resolveSeverity(claims),
    claims,
    ...(cwe.length > 0 && { cwe }),
    ...(ids.length > 0 && { ids }),
    ...(fixedVersions.length > 0 && { fixedVersions }),
    ...(first.dependency && { dependency: combineDependencies(first.dependency, all) }),
    ...either(
      'exploited',
      all.map(({ exploited }) => exploited),
    ),
    ...either(
      'verified',
      all.map(({ verified }) => verified),
    ),
    ...(epss.length > 0 && { epss: Math.max(...epss) }),
    ...(digest !== undefined && { secretDigest: digest }),
  }
}

/** Evenly written, with those that only one database understands. */
function allIds(security: Security): readonly string[] {
  const even = advisoryIds(security)
  const known = new Set(even.map((id) => id.toUpperCase()))
  return [...even, ...(security.ids ?? []).filter((id) => !known.has(id.trim().toUpperCase()))]
}

/** `direct` if anyone says so; the shortest of the ways to it. */
function combineDependencies(first: Dependency, all: readonly Security[]): Dependency {
  const dependencies = all.flatMap(({ dependency }) => dependency ?? [])
  const ways = dependencies.flatMap(({ via }) => (via === undefined ? [] : [via]))
  const [via] = ways.toSorted((a, b) => a.length - b.length || compareText(a.join('\0'), b.join('\0')))
  return {
    ...first,
    ...either(
      'direct',
      dependencies.map(({ direct }) => direct),
    ),
    ...(via && { via }),
  }
}

/** True if any says true, false if any says false, absent if none says anything. */
function either<Name extends string>(
  name: Name,
  values: readonly (boolean | undefined)[],
): { readonly [Key in Name]?: boolean } | undefined {
  if (values.every((value) => value === undefined)) return undefined
  const result: { [Key in Name]?: boolean } = {}
  result[name] = values.includes(true)
  return result
}

type KnownState = Pick<Finding, 'state' | 'stateByLines'>

/** What was there at the base is not new, whoever saw it there. */
const strongerFirst: readonly FindingState[] = ['unchanged', 'new', 'tool-changed', 'unknown', 'fixed']

/**
 * Who compared with the base knows better than changed lines: what a change brings to light on a line that it does not
 * touch is new. Nothing is fixed that anyone still sees.
 */
function combineStates(a: KnownState, b: KnownState): KnownState {
  if ((a.state === 'fixed') !== (b.state === 'fixed')) return { state: 'unchanged' }
  if (isByLines(a) !== isByLines(b)) return isByLines(a) ? b : a
  const { state } = strongerFirst.indexOf(a.state) < strongerFirst.indexOf(b.state) ? a : b
  return { state, ...(isByLines(a) && { stateByLines: true }) }
}

function stateOf({ state, stateByLines }: Finding): KnownState {
  return { state, ...(stateByLines && { stateByLines }) }
}

/** Nothing is known at all of what is `unknown`. */
function isByLines({ state, stateByLines }: KnownState): boolean {
  return stateByLines === true || state === 'unknown'
}

/** Only if all are suppressed: what silences one tool does not speak for the others. */
function combineSuppressions(all: readonly Finding[]): Suppression | undefined {
  const suppressions = all.flatMap(({ suppression }) => suppression ?? [])
  if (suppressions.length < all.length) return undefined
  return suppressions.toSorted((a, b) => compareText(suppressionText(a), suppressionText(b)))[0]
}

function suppressionText({ source, reason, owner, expires }: Suppression): string {
  return JSON.stringify([source, expires ?? '', owner ?? '', reason])
}

/** The places that the others name, such as a second lock file with the same component. */
function otherPlaces(first: Finding, all: readonly Finding[]): readonly Location[] {
  const places = all.flatMap(({ location, related = [] }) => [...related, ...(location ? [location] : [])])
  const own = first.location && placeText(first.location)
  return unique(places.map(withoutColumns), placeText, compareOutside)
    .filter((place) => placeText(place) !== own)
    .slice(0, mostRelated)
}

/** Tools point at different columns of a line, and name different ends. */
function withoutColumns({ path, line, outside }: Location): Location {
  return { path, ...(line !== undefined && { line }), ...(outside && { outside }) }
}

function compareOutside(a: Location, b: Location): number {
  return comparePlaces({ location: a }, { location: b }) || compareText(placeText(a), placeText(b))
}

function placeText({ path, line, outside }: Location): string {
  return `${path}\0${line ?? ''}\0${outside === true}`
}

function loudest(all: readonly Finding[]): Level {
  const levels = all.map(({ level }) => level)
  if (levels.includes('error')) return 'error'
  return levels.includes('warning') ? 'warning' : 'note'
}

function compareFinders(a: Witness, b: Witness): number {
  return compareText(a.tool, b.tool) || compareText(a.rule, b.rule)
}

function claimText({ source, by, severity, score, vector }: SeverityClaim): string {
  return `${source}\0${by}\0${severity}\0${score ?? ''}\0${vector ?? ''}`
}

function least(texts: readonly string[]): string | undefined {
  return texts.toSorted(compareText)[0]
}

/** Each value once, sorted. `compare` must be 0 for equal values alone. */
function distinct<Value extends string | number>(
  values: readonly Value[],
  compare: (a: Value, b: Value) => number,
): readonly Value[] {
  return values.length < 2 ? values : [...new Set(values)].sort(compare)
}

/** Each once, sorted; default: by text. `compare` must be 0 for equal texts alone. */
function unique<Item>(
  items: readonly Item[],
  text: (item: Item) => string,
  compare?: (a: Item, b: Item) => number,
): readonly Item[] {
  const [first] = items
  if (first === undefined || items.every((item) => item === first)) return items.slice(0, 1)
  const byText = [...new Map(items.map((item) => [text(item), item]))]
  if (byText.length > 1) byText.sort(([a, x], [b, y]) => (compare ? compare(x, y) : compareText(a, b)))
  return byText.map(([, item]) => item)
}
