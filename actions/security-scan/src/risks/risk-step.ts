/** Risks as steps to take: all vulnerabilities that one upgrade clears are one. Pure. */
import type { Finding, Severity } from '@ci-actions/shared'
import { packageUrl } from '@ci-actions/shared'

export interface RiskStep {
  /** The worst first; at least one. */
  readonly findings: readonly [Finding, ...Finding[]]
  readonly severity: Severity
  readonly isNew: boolean
  /** Name in the report folder of a patch that takes it. */
  readonly patch?: string | undefined
}

/** What nobody knows blocks like what is high. */
const order: readonly Severity[] = ['critical', 'high', 'unknown', 'medium', 'low']

/** The most urgent first; does not depend on the order of findings. Fixed and suppressed ones are no step. */
export function riskSteps(findings: readonly Finding[]): readonly RiskStep[] {
  const open = findings.filter(
    ({ state, suppression, security }) =>
      state !== 'fixed' && suppression === undefined && security !== undefined,
  )
  const groups = Map.groupBy(open, groupOf)
  const steps = [...groups.values()].flatMap((group): readonly RiskStep[] => {
    const [first, ...others] = group.toSorted(compareRisks)
    if (first === undefined) return []
    const severity = first.security?.severity ?? 'unknown'
    return [{ findings: [first, ...others], severity, isNew: group.some(isNew) }]
  })
  return steps.toSorted(
    (a, b) => Number(b.isNew) - Number(a.isNew) || compareRisks(a.findings[0], b.findings[0]),
  )
}

/** Where nobody knows what is new, all of it is. */
function isNew({ state }: Finding): boolean {
  return state === 'new' || state === 'unknown'
}

/** One component in one file; one rule at many places of one file is mended in one go as well. */
function groupOf(finding: Finding): string {
  const { security, location, tool, rule, state } = finding
  const place = location?.path ?? ''
  const when = isNew({ ...finding, state }) ? 'new' : 'old'
  if (security?.kind === 'vulnerability' && security.dependency !== undefined)
    return `${when}\0${packageUrl(security.dependency)}\0${place}`
  return `${when}\0${tool}\0${rule}\0${place}\0${security?.kind === 'secret' ? (location?.line ?? '') : ''}`
}

function compareRisks(a: Finding, b: Finding): number {
  return (
    order.indexOf(a.security?.severity ?? 'unknown') - order.indexOf(b.security?.severity ?? 'unknown') ||
    Number(b.security?.exploited === true) - Number(a.security?.exploited === true) ||
    Number(b.security?.verified === true) - Number(a.security?.verified === true) ||
    (b.security?.epss ?? 0) - (a.security?.epss ?? 0) ||
    (b.security?.score ?? 0) - (a.security?.score ?? 0) ||
    compareText(a.location?.path ?? '', b.location?.path ?? '') ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    compareText(`${a.tool} ${a.rule} ${a.message}`, `${b.tool} ${b.rule} ${b.message}`)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
