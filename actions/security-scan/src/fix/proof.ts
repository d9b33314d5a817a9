/** What a second scan of the changed copy says about upgrades. Pure. */
import type { Finding, ToolOutcome } from '@ci-actions/shared'
import type { Upgrade } from './upgrade-need.ts'
import { bestIdOf, componentOf, idsOf } from './upgrade-need.ts'

export interface Proof {
  /** Why nothing is proved, whatever the findings: a scanner did not do its work. */
  readonly failure?: string | undefined
  /** By upgrade: findings of its package that are still there, or that it brought. */
  left(upgrade: Upgrade): readonly Finding[]
  /** Findings that were not there before, in files that the upgrade changed, whosever they are. */
  brought(paths: readonly string[]): readonly Finding[]
}

/** `before` and `after`: outcomes of the same scanners. */
export function compareScans(before: readonly ToolOutcome[], after: readonly ToolOutcome[]): Proof {
  const known = new Set(vulnerabilities(before).flatMap((finding) => keysOf(finding)))
  const versions = new Set(vulnerabilities(before).flatMap((finding) => keysOf(finding, versionOf(finding))))
  const found = vulnerabilities(after)
  const isNew = (finding: Finding) => keysOf(finding).every((key) => !known.has(key))
  // Of two versions of a package in one file, one may be mended and the other not.
  const isElsewhere = (finding: Finding, { from }: Upgrade) =>
    versionOf(finding) !== from && keysOf(finding, versionOf(finding)).some((key) => versions.has(key))
  return {
    failure: failureOf(before, after),
    left: (upgrade) =>
      found.filter(
        (finding) =>
          isOf(finding, upgrade) &&
          !isElsewhere(finding, upgrade) &&
          (isNew(finding) || isAimedAt(finding, upgrade)),
      ),
    brought: (paths) =>
      found.filter((finding) => isNew(finding) && paths.includes(finding.location?.path ?? '')),
  }
}

function isOf({ security, location, package: project = '' }: Finding, upgrade: Upgrade): boolean {
  const { dependency } = security ?? {}
  return (
    dependency !== undefined &&
    project === upgrade.project &&
    location?.path === upgrade.path &&
    componentOf(dependency) === componentOf(upgrade)
  )
}

function isAimedAt(finding: Finding, upgrade: Upgrade): boolean {
  const aims = new Set(upgrade.clears)
  const ids = new Set(
    upgrade.findings.filter((each) => aims.has(bestIdOf(each))).flatMap((each) => idsOf(each)),
  )
  return idsOf(finding).some((id) => ids.has(id))
}

/** A scanner that found packages before and now says nothing about them has proved nothing. */
function failureOf(before: readonly ToolOutcome[], after: readonly ToolOutcome[]): string | undefined {
  for (const { tool, project, run } of before) {
    const again = after.find((each) => each.tool.id === tool.id && each.project.name === project.name)
    if (run.status === 'findings' && again === undefined)
      return `${tool.name} had nothing to look at any more.`
    if (again?.run.status === 'failed')
      return `${tool.name} did not get through the second time: ${again.run.why ?? 'nobody knows why'}`
  }
  return undefined
}

function vulnerabilities(outcomes: readonly ToolOutcome[]): readonly Finding[] {
  return outcomes
    .flatMap(({ findings }) => findings)
    .filter(({ security }) => security?.kind === 'vulnerability' && security.dependency !== undefined)
}

function versionOf({ security }: Finding): string {
  return security?.dependency?.version ?? ''
}

/** One for each id, whatever tool says it. */
function keysOf(finding: Finding, version = ''): readonly string[] {
  const { dependency } = finding.security ?? {}
  const component = dependency === undefined ? '' : componentOf(dependency)
  const place = `${finding.package ?? ''}\0${finding.location?.path}\0${component}\0${version}`
  return idsOf(finding).map((id) => `${place}\0${id}`)
}
