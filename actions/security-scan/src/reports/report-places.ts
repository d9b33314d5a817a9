/** Places in reports, held against the files that are there. */
import { join } from 'node:path'
import type { Files, Finding, Notice, Sources } from '@ci-actions/shared'
import { nameSome } from '../tools/risk-finding.ts'

export interface CheckedOut {
  readonly host: { readonly files: Files }
  /** Absolute path that repository-relative paths are relative to. */
  readonly top: string
  /** Of the repository. */
  readonly files: ReadonlySet<string>
  readonly sources: Sources
}

export interface PlacedFindings {
  readonly findings: readonly Finding[]
  readonly notices: readonly Notice[]
}

/**
 * Findings in files that are not there are outside; those on lines that a file does not have are about the file, and
 * a warning says so: taken for a line that the change does not touch, such a finding would never be new.
 */
export async function inFiles(findings: readonly Finding[], where: CheckedOut): Promise<PlacedFindings> {
  const missing = await missingPaths(findings, where)
  const ends = await lastLines(findings, missing, where.sources)
  const isBehind = ({ path, line, outside }: NonNullable<Finding['location']>) =>
    outside !== true && line !== undefined && line > (ends.get(path) ?? line)
  const behind = new Set<string>()
  const placed = findings.map((finding) => {
    const { location } = finding
    if (location === undefined || !isBehind(location)) return outsideWhereMissing(finding, missing)
    behind.add(`${location.path}:${location.line}`)
    return { ...finding, location: { path: location.path } }
  })
  return { findings: placed, notices: behind.size === 0 ? [] : [behindNotice([...behind])] }
}

function behindNotice(places: readonly string[]): Notice {
  const message = `It names lines that their files do not have (${nameSome(places.toSorted(), 3)}), so it is probably about another commit: let a step of this run write it.`
  return { level: 'warning', message }
}

/** Paths that read like some of the repository and are not, such as `usr/lib/libssl.so` of an image. */
async function missingPaths(
  findings: readonly Finding[],
  { host, top, files }: CheckedOut,
): Promise<ReadonlySet<string>> {
  const inside = findings.flatMap(({ location }) =>
    location === undefined || location.outside === true || files.has(location.path) ? [] : [location.path],
  )
  const missing = new Set<string>()
  for (const path of new Set(inside)) {
    const status = await host.files.status(join(top, ...path.split('/')))
    if (status === undefined) missing.add(path)
  }
  return missing
}

/** How many lines each file has; nothing of a file that cannot be read. */
async function lastLines(
  findings: readonly Finding[],
  missing: ReadonlySet<string>,
  sources: Sources,
): Promise<ReadonlyMap<string, number>> {
  const paths = findings.flatMap(({ location }) =>
    location?.line === undefined || location.outside === true ? [] : [location.path],
  )
  const ends = new Map<string, number>()
  for (const path of new Set(paths)) {
    const lines = missing.has(path) ? undefined : await sources.lines(path)
    if (lines !== undefined) ends.set(path, lines.length)
  }
  return ends
}

/** What history names may be gone. */
function outsideWhereMissing(finding: Finding, missing: ReadonlySet<string>): Finding {
  const { location, security } = finding
  if (location === undefined || security?.kind === 'secret' || !missing.has(location.path)) return finding
  return { ...finding, location: { ...location, outside: true } }
}
