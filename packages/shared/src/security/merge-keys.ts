/** By what findings are known to be about one risk: two that share a key are one. Pure. */
import type { Finding, Security } from '../finding/finding.ts'
import { canonicalVersion, packageUrl } from './package-url.ts'
import {
  advisoryIds,
  dependencyName,
  placeOf,
  secretKind,
  shownText,
  weaknessFamilies,
} from './risk-names.ts'
import { isAboutFile, misconfigurationFamily } from './rule-families.ts'

/** Of a line and a kind of secrets: their only digest, or that there are several. */
type DigestsAt = ReadonlyMap<string, string | 'several'>

/**
 * Keys of each finding, in the order given. None for what is no risk, and for a risk of which a part is not known: an
 * empty identity would be equal to every other empty one.
 */
export function mergeKeys(findings: readonly Finding[]): readonly (readonly string[])[] {
  const digests = digestsByPlace(findings)
  return findings.map((finding) => {
    const { security } = finding
    return security === undefined ? [] : keysOf(finding, security, digests)
  })
}

function keysOf(finding: Finding, security: Security, digests: DigestsAt): readonly string[] {
  switch (security.kind) {
    case 'vulnerability':
      return vulnerabilityKeys(finding, security)
    case 'secret':
      return secretKeys(finding, security, digests)
    case 'weakness':
      return weaknessFamilies(finding).flatMap((family) => key('weakness', family, ...linePlace(finding)))
    case 'misconfiguration':
      return misconfigurationKeys(finding, security)
    case 'license':
      return key('license', subjectOf(finding, security), finding.rule)
    case 'hygiene':
      return key('hygiene', subjectOf(finding, security), finding.rule)
  }
}

function vulnerabilityKeys(finding: Finding, security: Security): readonly string[] {
  const [subject] = key('vulnerability', subjectOf(finding, security))
  return subject === undefined ? [] : advisoryIds(security).map((id) => `${subject}\0${shownText(id)}`)
}

/** Nothing if a part is missing. */
function key(...parts: readonly (string | undefined)[]): readonly string[] {
  const shown = parts.map(shownText)
  return shown.includes(undefined) ? [] : [shown.join('\0')]
}

/** The component in its version; else the place. */
function subjectOf(finding: Finding, { dependency }: Security): string | undefined {
  if (dependency === undefined) return placeOf(finding)
  const version = canonicalVersion(dependency)
  return dependencyName(dependency) && packageUrl({ ...dependency, version })
}

/**
 * The line that it begins on: tools look at one state of the sources, and differ in how far a statement goes. Without a
 * digest there is no identity either.
 */
function linePlace(finding: Finding): readonly (string | undefined)[] {
  const digest = shownText(finding.security?.lineDigest)
  return [placeOf(finding), digest === undefined ? undefined : (lineOf(finding) ?? digest)]
}

/** What is fixed has its line in the base, where the same number may be another line. */
function lineOf({ location, state }: Finding): string | undefined {
  if (location?.line === undefined) return undefined
  return `line ${location.line}${state === 'fixed' ? ' of the base' : ''}`
}

function misconfigurationKeys(finding: Finding, { resource }: Security): readonly string[] {
  const family = misconfigurationFamily(finding.rule)
  if (isAboutFile(family)) return key('misconfiguration', family, placeOf(finding))
  if (shownText(resource) === undefined) return key('misconfiguration', family, ...linePlace(finding))
  return key('misconfiguration', family, placeOf(finding), 'resource', resource)
}

/**
 * By value and file. A secret whose value the tool keeps to itself goes with the only one on its line that it can be, if
 * there is just one; otherwise with others of its kind that have no value.
 */
function secretKeys(finding: Finding, security: Security, digests: DigestsAt): readonly string[] {
  const { secretDigest, lineDigest } = security
  if (shownText(lineDigest) === undefined) return []
  const kind = secretKind(finding)
  // Tools do not agree how far a private key goes, some take its first line; so its value tells nothing.
  if (kind === 'private-key') return secretOnLine(finding, [kind])
  if (secretDigest !== undefined) return key('secret', 'value', placeOf(finding), secretDigest)
  const found = secretOnLine(finding, kinsOf(kind)).flatMap((place) => digests.get(place) ?? [])
  const [known, ...others] = new Set(found)
  const isKnown = known !== undefined && known !== 'several' && others.length === 0
  return isKnown ? key('secret', 'value', placeOf(finding), known) : secretOnLine(finding, [kind])
}

/** A token of one service may be found as a generic one; as a token of another service it is another. */
function kinsOf(kind: string): readonly string[] {
  return kind === 'generic' ? ['any'] : [kind, 'generic']
}

function digestsByPlace(findings: readonly Finding[]): DigestsAt {
  const digests = new Map<string, string | 'several'>()
  for (const finding of findings) {
    const digest = finding.security?.kind === 'secret' ? finding.security.secretDigest : undefined
    if (digest === undefined) continue
    for (const place of secretOnLine(finding, ['any', secretKind(finding)])) {
      digests.set(place, (digests.get(place) ?? digest) === digest ? digest : 'several')
    }
  }
  return digests
}

/** One for each kind. Nothing for a secret of an old commit: its line is not one of the file as it is. */
function secretOnLine(finding: Finding, kinds: readonly string[]): readonly string[] {
  return key(placeOf(finding), lineOf(finding)).flatMap((line) =>
    kinds.map((kind) => `secret\0${kind}\0${line}`),
  )
}
