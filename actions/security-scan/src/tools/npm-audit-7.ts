/** The report of npm since version 7: packages, each with advisories or with the packages that bring one. */
import type { JsonRecord, Notice, RawFinding } from '@ci-actions/shared'
import { isRecord, listOf, maybeNumber, maybeText, recordOf, textOf } from '@ci-actions/shared'
import { shortestPaths } from './dependency-paths.ts'
import type { AboutNodePackage, NodePackage } from './node-advisory.ts'
import { advisoryFinding } from './node-advisory.ts'
import { nameSome } from './risk-finding.ts'

/** Where the list cannot be all that was found. */
export function missingAdvisories(report: JsonRecord, all: JsonRecord): readonly Notice[] {
  const message = whyMissing(report, all)
  return message === undefined ? [] : [{ level: 'failed', message }]
}

function whyMissing(report: JsonRecord, all: JsonRecord): string | undefined {
  const entries = Object.entries(all)
  const lost = entries.flatMap(([name, value]) =>
    textsOf(recordOf(value, 'npm audit')['via']).flatMap((via) =>
      Object.hasOwn(all, via) ? [] : [`${name} through ${via}`],
    ),
  )
  if (lost.length > 0)
    return `npm audit names packages whose advisories are not in its list: ${nameSome(lost)}.`
  const { metadata } = report
  const counts =
    isRecord(metadata) && isRecord(metadata['vulnerabilities']) ? metadata['vulnerabilities'] : {}
  const total = maybeNumber(counts, 'total') ?? 0
  const explained = withAdvisory(all)
  const many = Math.max(total, entries.length)
  const counted = `npm audit counts ${many} vulnerable ${many === 1 ? 'package' : 'packages'}`
  if (many > 0 && explained.size === 0) return `${counted} and lists no advisory.`
  if (total > entries.length) return `${counted} and lists ${entries.length}.`
  const others = entries.flatMap(([name]) => (explained.has(name) ? [] : [name]))
  return others.length === 0 ? undefined : `npm audit lists no advisory for ${nameSome(others)}.`
}

/** Packages that have an advisory, or come to one by way of others. */
function withAdvisory(all: JsonRecord): ReadonlySet<string> {
  const entries = Object.entries(all).map(([name, value]) => {
    const via = listOf(recordOf(value, 'npm audit')['via'], 'npm audit')
    return { name, own: via.some(isRecord), others: textsOf(via) }
  })
  const found = new Set(entries.flatMap(({ name, own }) => (own ? [name] : [])))
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { name, others } of entries) if (others.some((each) => found.has(each))) found.add(name)
  }
  return found
}

/**
 * Texts in `via` name another package of the list that has the advisory: counted too, one advisory would be as many as
 * packages depend on it.
 */
export function vulnerabilityFindings(all: JsonRecord, about: AboutNodePackage): readonly RawFinding[] {
  return Object.entries(all).flatMap(([name, value]) => {
    const entry = recordOf(value, 'npm audit')
    const advisories = listOf(entry['via'], 'npm audit').filter(isRecord)
    const folders = textsOf(entry['nodes'])
    const common = { name, ...wayTo(name, entry, all) }
    const packages: readonly NodePackage[] =
      folders.length === 0 ? [common] : folders.map((folder) => ({ ...common, folder }))
    const known = byVersion(packages.map(about))
    return advisories.flatMap((via) =>
      known.map((each) => advisoryFinding(advisoryOf(name, via, entry['fixAvailable']), each)),
    )
  })
}

/** Two folders with one version of a package are one component. */
function byVersion<K extends ReturnType<AboutNodePackage>>(packages: readonly K[]): readonly K[] {
  return [...new Map(packages.toReversed().map((each) => [each.dependency.version, each])).values()].reverse()
}

/** `effects` are the packages of the list that depend on it. */
function wayTo(name: string, entry: JsonRecord, all: JsonRecord): Pick<NodePackage, 'direct' | 'via'> {
  const direct = entry['isDirect'] === true
  if (direct) return { direct, via: [name] }
  const starts = Object.keys(all).filter((each) => entryOf(all, each)['isDirect'] === true)
  const needs = (of: string) =>
    Object.keys(all).filter((each) => textsOf(entryOf(all, each)['effects']).includes(of))
  const via = shortestPaths(starts, needs)(name)
  return { direct, ...(via && { via }) }
}

function entryOf(all: JsonRecord, name: string): JsonRecord {
  const entry = Object.hasOwn(all, name) ? all[name] : undefined
  return isRecord(entry) ? entry : {}
}

function advisoryOf(name: string, via: JsonRecord, fix: unknown) {
  const cvss = isRecord(via['cvss']) ? via['cvss'] : {}
  return {
    name: maybeText(via, 'dependency') ?? name,
    title: textOf(via, 'title', 'npm audit'),
    severity: textOf(via, 'severity', 'npm audit'),
    url: maybeText(via, 'url'),
    ids: [],
    cwe: via['cwe'],
    score: cvss['score'],
    vector: cvss['vectorString'],
    range: maybeText(via, 'range') ?? '',
    advice: adviceOf(fix),
  }
}

/** `true`; `false`; or the package that must be raised, by a major version perhaps. */
function adviceOf(fix: unknown): string | undefined {
  if (fix === true) return '`npm audit fix` mends it.'
  if (fix === false) return 'npm knows no upgrade that mends it.'
  if (!isRecord(fix)) return undefined
  const major = fix['isSemVerMajor'] === true ? ', a major version' : ''
  return `It needs ${String(fix['name'])} ${String(fix['version'])}${major}.`
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
