/** What tells risks apart, whichever tool found them. Pure. */
import type { Dependency, Finding, Security, Witness } from '../finding/finding.ts'
import { oneLine } from '../finding/text.ts'
import { cweFamily, cweOfRule, ruleName } from './cwe-families.ts'
import { packageUrl } from './package-url.ts'
import { secretFamily } from './rule-families.ts'

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Who found it, and as what: what a merged finding stands for goes on counting. */
export function finders({ tool, rule, witnesses = [] }: Finding): readonly Witness[] {
  return [{ tool, rule }, ...witnesses]
}

/** Which of several ids of one vulnerability stands for it. */
const idPreference = ['CVE', 'GHSA', 'PYSEC']

// A bare number is an id only within one database: two of them could meet by chance.
const advisoryId = /^[A-Z][A-Z0-9_]*[-:]\S{1,200}$/i

/** Of what a distribution mends at once, mostly several vulnerabilities of a package, each with an id of its own. */
const updateNotice =
  /^(?:DSA|DLA|DTSA|USN|LSN|RH[SBE]A|ELSA|ELBA|ALAS\w*|AL[SBE]A|RL[SBE]A|GLSA|MGASA|FEDORA|(?:OPEN)?SUSE-[A-Z]+)-/

/**
 * Ids of a vulnerability that mean the same everywhere, evenly written, the one that stands for it first: a CVE before
 * a GHSA before a PYSEC before others, of several the smallest. A notice of an update is one only where there is no other.
 */
export function advisoryIds(security: Security): readonly string[] {
  const ids = (security.ids ?? []).map((id) => id.trim()).filter((id) => advisoryId.test(id))
  const even = [...new Set(ids.map(evenId))]
  const own = even.filter((id) => !updateNotice.test(id))
  return (own.length > 0 ? own : even).toSorted(
    (a, b) => preferenceOf(a) - preferenceOf(b) || compareNatural(a, b),
  )
}

function evenId(id: string): string {
  return /^ghsa-/i.test(id) ? `GHSA-${id.slice(5).toLowerCase()}` : id.toUpperCase()
}

function preferenceOf(id: string): number {
  const index = idPreference.indexOf(id.slice(0, id.search(/[-:]/)))
  return index === -1 ? idPreference.length : index
}

/** Numbers within texts by their value: `CVE-2024-999` before `CVE-2024-1000`, `9.1` before `10.0`. */
export function compareNatural(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const bothNumbers = /^\d/.test(one) && /^\d/.test(other)
    const order = (bothNumbers ? Number(one) - Number(other) : 0) || compareText(one, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** As a reader writes it, `pypi/jinja2` or `npm/@babel/core`, whatever the version. */
export function dependencyName({ ecosystem, name }: Dependency): string | undefined {
  if (ecosystem.trim() === '' || name.trim() === '') return undefined
  return packageUrl({ ecosystem, name }).slice('pkg:'.length).replaceAll('%40', '@')
}

/** What a weakness is one of, the one that stands for it first: `CWE-89`, or the names of its rules. */
export function weaknessFamilies(finding: Finding): readonly string[] {
  const rules = finders(finding).map(({ rule }) => ruleName(rule))
  const known = numbers(rules.map((rule) => (Object.hasOwn(cweOfRule, rule) ? cweOfRule[rule] : undefined)))
  const said = numbers((finding.security?.cwe ?? []).map(cweFamily))
  const families = [...new Set([...known, ...said])].map((family) => `CWE-${family}`)
  return families.length > 0 ? families : [...new Set(rules)].filter((rule) => rule !== '').toSorted()
}

function numbers(values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined).toSorted((a, b) => a - b)
}

/** Kind of a secret: what one of its finders is sure of, before `generic`. */
export function secretKind(finding: Finding): string {
  const kinds = finders(finding).map(({ rule }) => secretFamily(rule))
  return kinds.filter((kind) => kind !== 'generic').toSorted()[0] ?? 'generic'
}

/** File, or what a running service was asked for; undefined where nothing says where the risk is. */
export function placeOf({ location, security }: Finding): string | undefined {
  return shownText(location?.path) ?? shownText(security?.resource)
}

/** One line; undefined for nothing. */
export function shownText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const line = oneLine(text)
  return line === '' ? undefined : line
}
