/** What a risk is called in suppressions: the same for every tool, and wherever its line has moved to. Pure. */
import type { Finding, Security } from '../finding/finding.ts'
import {
  advisoryIds,
  compareText,
  dependencyName,
  placeOf,
  secretKind,
  shownText,
  weaknessFamilies,
} from './risk-names.ts'
import { isAboutFile, misconfigurationFamily } from './rule-families.ts'
import { comparePlaces } from './trust.ts'

/** Hex digits of a line's digest that are shown: 48 bits, within one file and family. */
const digitsShown = 12

/**
 * Such as `vulnerability pypi/jinja2 CVE-2024-22195`; docs/deduplication.md has one of each kind. Undefined for a finding
 * that is no risk, and for a risk of which a part is not known: it cannot be suppressed, nor merged with others.
 *
 * Equal lines of one file have equal identities; {@link riskIdentities} tells them apart.
 */
export function riskIdentity(finding: Finding): string | undefined {
  const { security } = finding
  if (security === undefined) return undefined
  const parts = partsOf(finding, security).map(shownText)
  return parts.includes(undefined) ? undefined : [security.kind, ...parts].join(' ')
}

function partsOf(finding: Finding, security: Security): readonly (string | undefined)[] {
  const component = security.dependency && dependencyName(security.dependency)
  const line = security.lineDigest?.slice(0, digitsShown)
  switch (security.kind) {
    case 'vulnerability':
      return [component ?? placeOf(finding), advisoryIds(security)[0]]
    case 'secret':
      return [secretKind(finding), placeOf(finding), line]
    case 'weakness':
      return [weaknessFamilies(finding)[0], placeOf(finding), line]
    case 'misconfiguration':
      return misconfigurationParts(finding, security, line)
    case 'license':
      return [component ?? placeOf(finding), finding.rule]
    case 'hygiene':
      return [finding.rule, component ?? placeOf(finding)]
  }
}

function misconfigurationParts(
  finding: Finding,
  { resource }: Security,
  line: string | undefined,
): readonly (string | undefined)[] {
  const family = misconfigurationFamily(finding.rule)
  const place = placeOf(finding)
  if (isAboutFile(family)) return [family, place]
  const about = shownText(resource)
  return about === place ? [family, place] : [family, place, about ?? line]
}

/**
 * The identity of each merged finding, with a number from the second of equal ones on: a password that stands twice in a
 * file is two secrets, and what allows one of them must not allow one that is added later. Vulnerabilities, licences and
 * hygiene are not numbered: what is decided about a component holds for all of its versions.
 */
export function riskIdentities(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const alike = Map.groupBy(findings, riskIdentity)
  const identities = new Map<Finding, string>()
  for (const [identity, group] of alike) {
    if (identity === undefined) continue
    if (group.length > 1) group.sort(comparePositions)
    for (const [index, finding] of group.entries()) {
      identities.set(finding, index > 0 && isNumbered(finding) ? `${identity} (${index + 1})` : identity)
    }
  }
  return identities
}

function isNumbered({ security }: Finding): boolean {
  return security !== undefined && ['secret', 'weakness', 'misconfiguration'].includes(security.kind)
}

/** What is fixed takes no number from what is there. */
function comparePositions(a: Finding, b: Finding): number {
  return (
    Number(a.state === 'fixed') - Number(b.state === 'fixed') ||
    comparePlaces(a, b) ||
    compareText(a.tool, b.tool) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  )
}
