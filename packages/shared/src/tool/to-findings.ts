/** Many raw findings to findings, with the sources that they point into read as needed. */
import type { Finding, RawFinding } from '../finding/finding.ts'
import type { PathFolders } from '../finding/normalise.ts'
import { normalisePath } from '../finding/normalise.ts'
import { secretOnLine, writtenForms } from '../finding/secret-value.ts'
import type { FindingContext } from '../finding/to-finding.ts'
import { toFinding } from '../finding/to-finding.ts'
import { inParallel } from '../in-parallel.ts'
import { compare } from './remembered-key.ts'
import type { Sources } from './sources.ts'

/** Files whose lines are kept at a time. */
const keptFiles = 32
const filesAtATime = 8

export interface FindingOrigin {
  readonly tool: string
  readonly package: string | undefined
  readonly workspace: string
  /** The workspace with links resolved, which is what processes see as their folder. */
  readonly realWorkspace: string
  readonly cwd: string
  readonly sources: Sources
  readonly secretKey?: string | undefined
  /** Gets the secrets of which the tool itself gave only a digest, and other forms in which they are written. */
  readonly hide?: ((secret: string) => void) | undefined
}

/** Sorted by place, so that the order does not depend on that of a tool's own workers. */
export async function toFindings(
  raw: readonly RawFinding[],
  origin: FindingOrigin,
): Promise<readonly Finding[]> {
  const { tool, workspace, cwd, sources } = origin
  const lines = new Map<string, readonly string[] | undefined>()
  const about = {
    tool,
    workspace,
    cwd,
    ...(origin.package !== undefined && { package: origin.package }),
    ...(origin.secretKey !== undefined && { secretKey: origin.secretKey }),
    source: (path: string) => lines.get(path),
  }
  const byPlace = raw
    .map((each) => resolved(each, origin))
    .sort((a, b) => compare(a.location?.path ?? '', b.location?.path ?? ''))
  const findings: Finding[] = []
  for (const batch of batchesOf(byPlace, about)) {
    for (const path of lines.keys()) if (!batch.files.has(path)) lines.delete(path)
    const missing = [...batch.files].filter((path) => !lines.has(path))
    const read = await inParallel(missing, filesAtATime, (path) => sources.lines(path))
    for (const [index, path] of missing.entries()) lines.set(path, read[index])
    for (const each of batch.raw) findings.push(toFinding(withSecret(each, about, origin.hide), about))
  }
  return sortFindings(findings)
}

/** A digest can be guessed from, and hides nothing; the value can be hidden. */
function withSecret(raw: RawFinding, about: FindingContext, hide: FindingOrigin['hide']): RawFinding {
  const { security } = raw
  const { sha1, value } = security?.secret ?? {}
  if (value !== undefined) {
    const written = writtenForms(value, linesOf(raw, about))
    for (const text of written) hide?.(text)
  }
  if (security === undefined || sha1 === undefined || value !== undefined) return raw
  hide?.(sha1)
  const found = secretOnLine(linesOf(raw, about)[0] ?? '', sha1)
  if (found === undefined) return raw
  hide?.(found)
  return { ...raw, security: { ...security, secret: { ...security.secret, value: found } } }
}

/** Those of its place, as far as they can be read. */
function linesOf({ location }: RawFinding, about: FindingContext): readonly string[] {
  if (location?.line === undefined || location.line < 1) return []
  const lines = about.source(normalisePath(location.path, about).path) ?? []
  return lines.slice(location.line - 1, location.endLine ?? location.line)
}

interface Batch {
  readonly raw: RawFinding[]
  /** Repository-relative. */
  readonly files: Set<string>
}

/** Findings one after the other, as long as the files that they point into are not too many. */
function* batchesOf(sorted: readonly RawFinding[], folders: PathFolders): Generator<Batch> {
  let batch: Batch = { raw: [], files: new Set() }
  for (const each of sorted) {
    const files = filesOf(each, folders)
    if (batch.files.size + files.length > keptFiles) {
      yield batch
      batch = { raw: [], files: new Set() }
    }
    batch.raw.push(each)
    for (const file of files) batch.files.add(file)
  }
  yield batch
}

export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.location?.path ?? '', b.location?.path ?? '') ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  )
}

/** At most the files that are kept, so that all of one finding's are there together. */
function filesOf({ location, related = [], fix = [] }: RawFinding, folders: PathFolders): readonly string[] {
  const files = new Set<string>()
  for (const place of [location, ...related, ...fix]) {
    if (place === undefined || files.size >= keptFiles / 2) continue
    const { path, outside } = normalisePath(place.path, folders)
    if (!outside) files.add(path)
  }
  return [...files]
}

/** Absolute paths below the resolved workspace become those below the workspace as we know it. */
function resolved(raw: RawFinding, { workspace, realWorkspace }: FindingOrigin): RawFinding {
  if (workspace === realWorkspace) return raw
  const known = <P extends { readonly path: string }>(place: P): P =>
    place.path.startsWith(realWorkspace)
      ? { ...place, path: workspace + place.path.slice(realWorkspace.length) }
      : place
  return {
    ...raw,
    ...(raw.location && { location: known(raw.location) }),
    ...(raw.related && { related: raw.related.map(known) }),
    ...(raw.fix && { fix: raw.fix.map(known) }),
  }
}
