/** One finding for each risk, with all that is known of it, and without what is suppressed. Pure. */
import type { ComparedOutcome, Finding, Refined } from '@ci-actions/shared'
import { mergeRisks, proseCode } from '@ci-actions/shared'
import type { BaseComponents } from './dependencies/base-components.ts'
import type { DependencyPaths } from './dependencies/inventory.ts'
import type { Exploitation } from './exploitation.ts'
import { withExploitation } from './exploitation.ts'
import type { ScanScope } from './suppressed-outcomes.ts'
import { suppressOutcomes } from './suppressed-outcomes.ts'
import type { SuppressionList } from './suppression-list.ts'

export interface RefineWith {
  /** By name of the package. */
  readonly paths: ReadonlyMap<string, DependencyPaths>
  readonly exploitation: Exploitation
  readonly suppressions: SuppressionList
  readonly scope: ScanScope
  /** Whether the commits that were looked at are those of the change, and no others. */
  readonly commitsAreNew: boolean
  /** By name of the package; empty where there is no base. */
  readonly base: ReadonlyMap<string, BaseComponents>
}

export function refineRisks(compared: readonly ComparedOutcome[], about: RefineWith): Refined {
  const complete = (finding: Finding) => {
    const paths = about.paths.get(finding.package ?? '')
    const stated = withComponentState(finding, about.base.get(finding.package ?? ''))
    const dated = about.commitsAreNew ? withNewCommit(stated) : stated
    return withExploitation(paths?.complete(dated) ?? dated, about.exploitation)
  }
  const {
    compared: judged,
    parts,
    notices,
  } = suppressOutcomes(merged(compared, complete), about.suppressions, about.scope)
  return { compared: judged, parts, notices, loosened: describeCoveredSecrets(judged) }
}

/** A version that is deep in a lock file has no line of its own. */
function withComponentState(finding: Finding, base: BaseComponents | undefined): Finding {
  if (finding.state !== 'unknown' && finding.stateByLines !== true) return finding
  const state = base?.stateOf(finding)
  if (state === undefined) return finding
  const { stateByLines: _, ...known } = finding
  return { ...known, state }
}

/** What names a secret does not hold its value, so that an old decision would cover a new value in silence. */
function describeCoveredSecrets(compared: readonly ComparedOutcome[]): readonly string[] {
  const covered = compared
    .flatMap(({ part }) => part.findings)
    .filter(
      ({ state, suppression, security }) => state === 'new' && suppression && security?.kind === 'secret',
    )
  return covered.map(
    ({ security, suppression }) =>
      `This change brings or edits a secret that a suppression covers (${proseCode(security?.identity ?? '')}, in ${proseCode(suppression?.source ?? '')}). See to it that the decision is about this value.`,
  )
}

/** Its file may be gone, so that files and lines cannot tell. */
function withNewCommit(finding: Finding): Finding {
  return finding.security?.commit === undefined ? finding : { ...finding, state: 'new' }
}

/**
 * Each risk stays with the tool that is shown for it; a dependency of two packages has to be mended in both. What nobody
 * can tell to be old counts as new: a report without places must not pass where only what is new counts.
 */
function merged(
  compared: readonly ComparedOutcome[],
  complete: (finding: Finding) => Finding,
): readonly ComparedOutcome[] {
  const all = compared.flatMap(({ knowledge, part }) =>
    knowledge === 'lines' ? part.findings.map(byLines) : part.findings,
  )
  const packageOf = packagesOf(compared)
  const packages = Map.groupBy(all, packageOf)
  const hasBase = compared.some(({ part }) => part.compared !== 'none')
  const risks = [...packages.values()]
    .flatMap((findings) => mergeRisks(findings.map(complete)))
    .map((risk) => (hasBase && risk.state === 'unknown' ? { ...risk, state: 'new' as const } : risk))
  const byOwner = Map.groupBy(risks, ({ tool, package: name }) => ownerKey(tool, name))
  const owners = ownersOf(compared)
  return compared.map((outcome) => {
    const key = ownerKey(outcome.part.tool, outcome.part.package)
    const findings = owners.get(key) === outcome ? (byOwner.get(key) ?? []) : []
    return { ...outcome, part: { ...outcome.part, findings } }
  })
}

/** A tool may be there twice, as one that ran or was left out, and by a report: what it found goes to one that looked. */
function ownersOf(compared: readonly ComparedOutcome[]): ReadonlyMap<string, ComparedOutcome> {
  const lookedFirst = compared.toSorted((a, b) => Number(didLook(b)) - Number(didLook(a)))
  return new Map(
    lookedFirst.toReversed().map((outcome) => [ownerKey(outcome.part.tool, outcome.part.package), outcome]),
  )
}

function didLook({ outcome }: ComparedOutcome): boolean {
  return outcome.run.status === 'clean' || outcome.run.status === 'findings'
}

/** A report is about the whole repository, and what it says of a file about the package of that. */
function packagesOf(compared: readonly ComparedOutcome[]): (finding: Finding) => string {
  const named = compared.map(({ outcome }) => outcome.project).filter(({ name }) => name !== '')
  const folders = [...new Map(named.map(({ name, folder }) => [folder, name]))].toSorted(
    ([a], [b]) => b.length - a.length,
  )
  return ({ package: own, location }) =>
    own ?? folders.find(([folder]) => location?.path.startsWith(`${folder}/`))?.[1] ?? ''
}

function byLines(finding: Finding): Finding {
  return { ...finding, stateByLines: true }
}

function ownerKey(tool: string, name: string | undefined): string {
  return `${name ?? ''}\0${tool}`
}
