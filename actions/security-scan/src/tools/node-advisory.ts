/** An advisory about a package of npm, in whichever form an audit prints it. */
import type { Dependency, RawFinding, RawLocation, SeverityClaim } from '@ci-actions/shared'
import { severityOfScore, ToolOutputError, tableClaim, vectorClaim } from '@ci-actions/shared'
import { cweNumbers, riskFinding } from './risk-finding.ts'

export interface NodeAdvisory {
  readonly name: string
  readonly title: string
  readonly severity: string
  readonly url: string | undefined
  /** Ids beside the one in `url`. */
  readonly ids: readonly string[]
  readonly cwe: unknown
  readonly score: unknown
  readonly vector: unknown
  /** Versions that have it, as a range. */
  readonly range: string
  /** What helps, as a sentence. */
  readonly advice?: string | undefined
}

export interface NodePackage {
  readonly name: string
  /** Folder that it is installed in, such as `node_modules/lodash`. */
  readonly folder?: string | undefined
  readonly version?: string | undefined
  readonly direct?: boolean | undefined
  readonly via?: readonly string[] | undefined
}

export interface KnownNodePackage {
  readonly dependency: Dependency
  readonly location?: RawLocation | undefined
  readonly development?: boolean | undefined
}

/** What the project's files add to what an audit says of a package. */
export type AboutNodePackage = (found: NodePackage) => KnownNodePackage

/** Of a report that nobody knows the project of. */
export function unplaced({ name, version, direct, via }: NodePackage): KnownNodePackage {
  return {
    dependency: {
      ecosystem: 'npm',
      name,
      ...(version !== undefined && { version }),
      ...(direct !== undefined && { direct }),
      ...(via !== undefined && { via }),
    },
  }
}

export function advisoryFinding(
  advisory: NodeAdvisory,
  { dependency, location, development = false }: KnownNodePackage,
): RawFinding {
  const ids = [...new Set([...idsIn(advisory.url ?? ''), ...advisory.ids])]
  const rule = ids[0]
  if (rule === undefined)
    throw new ToolOutputError(`npm audit: an advisory about ${advisory.name} has no id.`)
  const what = `${advisory.name} ${dependency.version ?? ''}`.trim()
  const advice = advisory.advice === undefined ? '' : ` ${advisory.advice}`
  return riskFinding(
    {
      kind: 'vulnerability',
      claims: claimsOf(advisory, rule),
      cwe: cweNumbers(advisory.cwe),
      ids,
      dependency,
      fixedVersions: fixedVersions(advisory.range),
    },
    {
      rule,
      message: `${what}: ${advisory.title.replace(/\.$/, '')}${development ? ' (only for development)' : ''}.${advice}`,
      help: advisory.url,
      ...(location && { location }),
    },
  )
}

/** The registry leaves the id out, and the address has it. */
function idsIn(text: string): readonly string[] {
  return text.match(/\b(?:GHSA(?:-[0-9a-z]{4}){3}|CVE-\d{4}-\d{4,})\b/gi) ?? []
}

function claimsOf({ severity, score, vector }: NodeAdvisory, id: string): readonly SeverityClaim[] {
  const word = { ...tableClaim('npm', severity), source: id }
  const computed = typeof vector === 'string' ? vectorClaim(id, vector) : undefined
  if (computed !== undefined) return [word, computed]
  const known = typeof score === 'number' && score > 0
  return known ? [word, { source: id, by: 'score', severity: severityOfScore(score), score }] : [word]
}

/** The first version behind each part of the range: `>=1.0.0 <1.4.2 || >=2.0.0 <2.1.0`. */
function fixedVersions(range: string): readonly string[] {
  return range.split('||').flatMap((part) => /<\s*(\d[\w.+-]*)\s*$/.exec(part.trim())?.[1] ?? [])
}
