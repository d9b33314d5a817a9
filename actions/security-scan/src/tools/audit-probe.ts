/** How an audit proves that somebody looked. Pure. */
import type { RawFinding } from '@ci-actions/shared'
import { UnavailableError } from '@ci-actions/shared'
import type { AuditRegistry } from './audit-registry.ts'
import type { LockedVersion, NodeLock } from './node-lock.ts'

/**
 * Asked about beside what is locked: GHSA-c4w7-xm78-47vh has been known since 2020. A mirror without advisories, a page
 * that is empty, `offline` in somebody's settings all give a report of nothing, as no vulnerability does; only this one
 * tells them apart. Of those with one advisory its name is the last that reports sorted by name come to.
 */
export const probe: LockedVersion = { name: 'y18n', version: '3.2.1' }

export function withProbe({ versions }: NodeLock): readonly LockedVersion[] {
  return versions.some(isProbe) ? versions : [...versions, probe]
}

/** The findings without it, unless it is locked. Throws an `UnavailableError` where it was not found. */
export function withoutProbe(
  findings: readonly RawFinding[],
  { versions }: NodeLock,
  { url }: AuditRegistry,
): readonly RawFinding[] {
  if (!findings.some(isAboutProbe))
    throw new UnavailableError(
      `the advisories of the npm registry${url === undefined ? '' : ` ${url}`}`,
      `it answered, and does not know that ${probe.name} ${probe.version} is vulnerable, as all do that have advisories: what it says of the others means nothing. OSV-Scanner reads the same lock files.`,
    )
  return versions.some(isProbe) ? findings : findings.filter((each) => !isAboutProbe(each))
}

function isAboutProbe({ security }: RawFinding): boolean {
  return security?.dependency !== undefined && isProbe(security.dependency)
}

function isProbe({
  name,
  version,
}: {
  readonly name: string
  readonly version?: string | undefined
}): boolean {
  return name === probe.name && version === probe.version
}
