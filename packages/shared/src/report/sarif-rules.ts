/**
 * Rules of a SARIF run: what code scanning shows of an alert beside its message, and the severity that it sorts and
 * blocks by. Pure.
 *
 * GitHub reads the severity from the rule, and no result can override it. Where the findings of one rule differ, as those
 * of a CVE in two packages may, the rule has the most severe, and rule and messages say so; see docs/code-scanning.md.
 */
import type { Finding, RiskKind, Severity } from '../finding/finding.ts'
import { knownSeverities } from '../security/severity.ts'
import { webAddress } from './markdown.ts'
import type { SarifRule } from './sarif-log.ts'
import { nameList, plainText } from './sarif-text.ts'

/** GitHub's limits of a rule, and ours where it has none. */
const longest = { description: 1024, id: 255, help: 4000 }
/** GitHub refuses more than 20 and shows 10. */
const mostTags = 10

/** What all findings of a rule together say about it. */
export interface RuleFacts {
  readonly id: string
  /** The most important one. */
  readonly first: Finding
  readonly findings: readonly Finding[]
  /** The most severe of them; undefined where none is a risk. */
  readonly severity: Severity | undefined
}

/** Never empty, since GitHub refuses a rule without an id. */
export function ruleId({ rule, tool }: Finding): string {
  return plainText(rule, longest.id) || plainText(tool, longest.id) || 'unnamed'
}

/** By id, in the order of the findings. */
export function gatherRules(findings: readonly Finding[]): ReadonlyMap<string, RuleFacts> {
  const rules = new Map<string, RuleFacts>()
  for (const [id, alike] of Map.groupBy(findings, ruleId)) {
    const [first] = alike
    if (first !== undefined) rules.set(id, { id, first, findings: alike, severity: mostSevere(alike) })
  }
  return rules
}

function mostSevere(findings: readonly Finding[]): Severity | undefined {
  const severities = new Set(findings.map(({ security }) => security?.severity))
  severities.delete(undefined)
  return knownSeverities.findLast((severity) => severities.has(severity)) ?? [...severities][0]
}

export function ruleOf(facts: RuleFacts, toolName: string): SarifRule {
  const { id, first, findings } = facts
  const help = first.help === undefined ? undefined : webAddress(first.help)
  const kind = first.security?.kind
  return {
    id,
    ...(kind !== undefined && { name: kindNames[kind] }),
    shortDescription: { text: plainText(titleOf(facts, toolName), longest.description) },
    fullDescription: { text: plainText(first.message, longest.description) || id },
    help: { text: helpText(facts, toolName, help) },
    ...(help !== undefined && { helpUri: help }),
    ...(findings.some(({ security }) => security !== undefined) && { properties: propertiesOf(facts) }),
  }
}

/** As SARIF wants names: for people, and not the id again. */
const kindNames: Readonly<Record<RiskKind, string>> = {
  vulnerability: 'KnownVulnerability',
  weakness: 'CodeWeakness',
  secret: 'Secret',
  misconfiguration: 'Misconfiguration',
  license: 'License',
  hygiene: 'DependencyHygiene',
}

/** The title of its alerts. */
function titleOf({ id, first, findings }: RuleFacts, toolName: string): string {
  const components = namesOf(findings)
  if (first.security?.kind === 'vulnerability' && components.length > 0)
    return `${id} in ${nameList(components)}`
  const same = findings.every(({ message }) => message === first.message)
  const message = same ? plainText(first.message, longest.description) : ''
  return message || `${id} (${toolName})`
}

function namesOf(findings: readonly Finding[]): readonly string[] {
  return distinct(findings.flatMap(({ security }) => security?.dependency?.name ?? [])).toSorted()
}

function propertiesOf(facts: RuleFacts): NonNullable<SarifRule['properties']> {
  const number = severityNumber(facts)
  return {
    ...(number !== undefined && { 'security-severity': number.toFixed(1) }),
    tags: ['security', ...weaknesses(facts).map(cweTag)].slice(0, mostTags),
  }
}

/** Of the finding with the highest number among the most severe ones. */
function severityNumber({ severity, findings }: RuleFacts): number | undefined {
  if (severity === undefined || severity === 'unknown') return undefined
  const { least, most, usual } = bands[severity]
  const scores = findings.flatMap(({ security }) =>
    security?.severity === severity && security.score !== undefined ? security.score : [],
  )
  const highest = scores.reduce((a, b) => Math.max(a, b), 0)
  return highest > 0 ? Math.min(Math.max(highest, least), most) : usual
}

/**
 * The numbers that GitHub shows as that severity, so that a score which somebody sees otherwise never changes it. 9.0 is
 * in no band of GitHub's documentation, and 0.0 is no severity at all.
 */
const bands: Readonly<
  Record<
    Exclude<Severity, 'unknown'>,
    { readonly least: number; readonly most: number; readonly usual: number }
  >
> = {
  critical: { least: 9.1, most: 10, usual: 9.5 },
  high: { least: 7, most: 8.9, usual: 8 },
  medium: { least: 4, most: 6.9, usual: 5.5 },
  low: { least: 0.1, most: 3.9, usual: 2 },
}

function weaknesses({ findings }: RuleFacts): readonly number[] {
  return distinct(findings.flatMap(({ security }) => security?.cwe ?? [])).toSorted((a, b) => a - b)
}

/** As CodeQL writes them, which GitHub links. */
function cweTag(cwe: number): string {
  return `external/cwe/cwe-${String(cwe).padStart(3, '0')}`
}

function helpText(facts: RuleFacts, toolName: string, address: string | undefined): string {
  const { id, first, findings } = facts
  const aliases = distinct(findings.flatMap(({ security }) => security?.ids ?? [])).filter(
    (name) => name !== id,
  )
  const lines = [
    `${id}, reported by ${toolName}: ${plainText(first.message, longest.description)}`,
    ...weaknesses(facts).map((cwe) => `CWE-${cwe}: https://cwe.mitre.org/data/definitions/${cwe}.html`),
    ...(aliases.length === 0 ? [] : [`Also known as ${nameList(aliases.toSorted(), 10)}.`]),
    ...(facts.severity === undefined ? [] : [severityText(facts, facts.severity)]),
    ...(findings.some(({ security }) => security?.exploited === true)
      ? ['It is known to be exploited.']
      : []),
    ...fixLines(findings),
    ...(address === undefined ? [] : [`More: ${address}`]),
  ]
  const text = lines.join('\n')
  return text.length > longest.help ? `${text.slice(0, longest.help - 1).toWellFormed()}…` : text
}

function severityText({ findings }: RuleFacts, severity: Severity): string {
  if (severity === 'unknown') return 'Severity: unknown; somebody has to look at it.'
  const decisive = findings.find(({ security }) => security?.severity === severity)
  const others = distinct(findings.flatMap(({ security }) => security?.severity ?? [])).filter(
    (other) => other !== severity,
  )
  const source = plainText(decisive?.security?.severitySource ?? '', 300)
  const differs =
    others.length === 0
      ? ''
      : ` Not all findings of this rule are as severe (${nameList(others)}); their messages say so.`
  return `Severity: ${severity}, by ${source || 'the tool'}.${differs}`
}

function fixLines(findings: readonly Finding[]): readonly string[] {
  if (findings[0]?.security?.kind === 'secret')
    return ['Fix: revoke it first, since whoever has a copy of the repository has it; then remove it.']
  const fixes = findings.flatMap(({ security }) =>
    security?.dependency === undefined || (security.fixedVersions ?? []).length === 0
      ? []
      : `Fix: upgrade ${plainText(security.dependency.name, 200)} to ${nameList(security.fixedVersions ?? [])}.`,
  )
  return distinct(fixes).slice(0, 10)
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}
