/** Which packages have to be upgraded where, and how far: one entry for a package in a file. Pure. */
import type { Dependency, Finding, ToolOutcome } from '@ci-actions/shared'
import { canonicalName } from '@ci-actions/shared'
import type { FixEcosystem, Target } from './target-version.ts'
import { smallestTarget } from './target-version.ts'

/** All open vulnerabilities of one version of a package in one file. */
export interface UpgradeNeed {
  /** Name of the package of a monorepo; empty for the only one. */
  readonly project: string
  /** Type of a package URL. */
  readonly ecosystem: string
  /** As the index compares names. */
  readonly name: string
  /** Repository-relative: the file that says which version it is. */
  readonly path: string
  /** Empty where nobody says. */
  readonly from: string
  readonly direct: boolean | undefined
  readonly via: readonly string[]
  readonly findings: readonly Finding[]
  /** What each scanner of this run says of it; empty where only a given report knows it. */
  readonly witnessed: readonly Finding[]
}

export interface Upgrade extends UpgradeNeed {
  readonly to: string
  /** Ids that it clears, the one that most people know it by for each. */
  readonly clears: readonly string[]
  /** Ids of what no version is known to be without. */
  readonly leaves: readonly string[]
}

/** Something that was found and is not mended, with the reason as a sentence. */
export interface Unfixed {
  readonly need: UpgradeNeed
  readonly why: string
}

const ecosystems: Readonly<Record<string, FixEcosystem>> = { pypi: 'pypi', npm: 'npm' }

/** Undefined where this action changes no files. */
export function fixEcosystem(ecosystem: string): FixEcosystem | undefined {
  return Object.hasOwn(ecosystems, ecosystem) ? ecosystems[ecosystem] : undefined
}

/** `findings`: of all tools together; `outcomes`: what each tool of this run found itself. */
export function upgradeNeeds(
  findings: readonly Finding[],
  outcomes: readonly ToolOutcome[],
): readonly UpgradeNeed[] {
  const raw = outcomes.flatMap((outcome) => outcome.findings)
  const byVersion = Map.groupBy(raw, versionKey)
  const groups = Map.groupBy(
    findings
      .filter(isOpen)
      .flatMap((finding) =>
        pathsOf(finding, byVersion.get(versionKey(finding)) ?? []).map((path) => ({ finding, path })),
      ),
    ({ finding, path }) => keyOf(finding, path),
  )
  const witnesses = Map.groupBy(raw, (finding) => keyOf(finding))
  return [...groups].flatMap(([key, group]) => {
    const [first] = group
    if (key === undefined || first === undefined) return []
    return needOf(
      first.path,
      group.map(({ finding }) => finding),
      witnesses.get(key) ?? [],
    )
  })
}

/** A risk that is in several files is one finding with one location; each of the files needs the upgrade. */
function pathsOf(finding: Finding, raw: readonly Finding[]): readonly string[] {
  const ids = new Set(idsOf(finding))
  const same = raw.filter((each) => each.location?.outside !== true && idsOf(each).some((id) => ids.has(id)))
  return [...new Set([finding, ...same].flatMap(({ location }) => location?.path ?? []))]
}

function needOf(
  path: string,
  findings: readonly Finding[],
  witnesses: readonly Finding[],
): readonly UpgradeNeed[] {
  const [first] = findings
  const { dependency } = first?.security ?? {}
  if (first === undefined || dependency === undefined) return []
  const open = new Set(findings.flatMap(idsOf))
  const witnessed = witnesses.filter((each) => idsOf(each).some((id) => open.has(id)))
  const here = first.location?.path === path ? dependency : (witnessed[0]?.security?.dependency ?? dependency)
  return [
    {
      project: first.package ?? '',
      ecosystem: dependency.ecosystem,
      name: canonicalName(dependency.ecosystem, dependency.name),
      path,
      from: dependency.version ?? '',
      direct: here.direct,
      via: here.via ?? [],
      findings,
      witnessed,
    },
  ]
}

function isOpen({ state, suppression, security, location }: Finding): boolean {
  return (
    state !== 'fixed' &&
    suppression === undefined &&
    security?.kind === 'vulnerability' &&
    location !== undefined &&
    location.outside !== true
  )
}

/** Of one version of a package in one file; undefined for what is no vulnerability of a package. */
function keyOf(finding: Finding, path = finding.location?.path): string | undefined {
  const version = versionKey(finding)
  return version === undefined || path === undefined ? undefined : `${version}\0${path}`
}

function versionKey({ package: project = '', security }: Finding): string | undefined {
  const { dependency } = security ?? {}
  if (security?.kind !== 'vulnerability' || dependency === undefined) return undefined
  return `${project}\0${componentOf(dependency)}\0${dependency.version ?? ''}`
}

/** Whatever its version. */
export function componentOf({ ecosystem, name }: Pick<Dependency, 'ecosystem' | 'name'>): string {
  return `${ecosystem}/${canonicalName(ecosystem, name)}`
}

/** In upper case, since databases do not agree; the rule where there are none. */
export function idsOf({ security, rule }: Finding): readonly string[] {
  const ids = security?.ids ?? []
  return (ids.length > 0 ? ids : [rule]).map((id) => id.toUpperCase())
}

/** The name that most people know it by. */
export function bestIdOf(finding: Finding): string {
  return finding.security?.ids?.find((id) => /^CVE-/i.test(id)) ?? finding.rule
}

/** What upgrade clears a need; a sentence where none is known. */
export function upgradeFor(need: UpgradeNeed): Upgrade | Unfixed {
  if (fixEcosystem(need.ecosystem) === undefined)
    return { need, why: 'Only packages of Python and npm are upgraded here.' }
  if (need.from === '') return { need, why: 'No scanner says which version it is.' }
  if (need.witnessed.length === 0)
    return {
      need,
      why: 'Only a report that was given knows it, and no scanner of this run could prove that it is gone.',
    }
  return targeted(need, need.witnessed, need.from)
}

/** The next step for an upgrade that did not clear everything: `left` are findings of the same package after it. */
export function raisedUpgrade(upgrade: Upgrade, left: readonly Finding[]): Upgrade | undefined {
  const raised = targeted(upgrade, left, upgrade.to)
  if ('why' in raised || left.some((each) => fixesOf(each).length === 0)) return undefined
  return { ...upgrade, to: raised.to }
}

function targeted(need: UpgradeNeed, found: readonly Finding[], current: string): Upgrade | Unfixed {
  const ecosystem = fixEcosystem(need.ecosystem)
  const { version, unfixed } =
    ecosystem === undefined ? nothing : smallestTarget(ecosystem, found.map(fixesOf), current)
  if (version === undefined) return { need, why: 'No version without it is known.' }
  const missing = new Set(unfixed)
  const cleared = new Set(found.flatMap((each, index) => (missing.has(index) ? [] : idsOf(each))))
  const isCleared = (finding: Finding) => idsOf(finding).some((id) => cleared.has(id))
  const named = (findings: readonly Finding[]) => [...new Set(findings.map(bestIdOf))].toSorted()
  return {
    ...need,
    to: version,
    clears: named(need.findings.filter(isCleared)),
    leaves: named(need.findings.filter((each) => !isCleared(each))),
  }
}

const nothing: Target = { version: undefined, unfixed: [] }

function fixesOf({ security }: Finding): readonly string[] {
  return security?.fixedVersions ?? []
}
