/** One finding for each risk, with all that is known of it, and without what is suppressed. Pure. */
import type { ComparedOutcome, Finding, Refined } from '@ci-actions/shared'
import { mergeRisks } from '@ci-actions/shared'
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
}

export function refineRisks(compared: readonly ComparedOutcome[], about: RefineWith): Refined {
  const complete = (finding: Finding) => {
    const paths = about.paths.get(finding.package ?? '')
    const dated = about.commitsAreNew ? withNewCommit(finding) : finding
    return withExploitation(paths?.complete(dated) ?? dated, about.exploitation)
  }
  const {
    compared: judged,
    parts,
    notices,
  } = suppressOutcomes(merged(compared, complete), about.suppressions, about.scope)
  return { compared: judged, parts, notices, loosened: [] }
}

/** Its file may be gone, so that files and lines cannot tell. */
function withNewCommit(finding: Finding): Finding {
  return finding.security?.commit === undefined ? finding : { ...finding, state: 'new' }
}

/** Each risk stays with the tool that is shown for it; a dependency of two packages has to be mended in both. */
function merged(
  compared: readonly ComparedOutcome[],
  complete: (finding: Finding) => Finding,
): readonly ComparedOutcome[] {
  const all = compared.flatMap(({ part }) => part.findings)
  const packages = Map.groupBy(all, (finding) => finding.package ?? '')
  const risks = [...packages.values()].flatMap((findings) => mergeRisks(findings.map(complete)))
  const byOwner = Map.groupBy(risks, ({ tool, package: name }) => ownerKey(tool, name))
  return compared.map((outcome) => {
    const key = ownerKey(outcome.part.tool, outcome.part.package)
    const findings = byOwner.get(key) ?? []
    // A tool may be there twice: it ran, and a report of it was given.
    byOwner.delete(key)
    return { ...outcome, part: { ...outcome.part, findings } }
  })
}

function ownerKey(tool: string, name: string | undefined): string {
  return `${name ?? ''}\0${tool}`
}
