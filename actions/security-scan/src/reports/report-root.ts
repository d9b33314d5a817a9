/** Paths in reports that were made in another place: on another machine, in a container, in a folder of the repository. Pure. */
import type { RawFinding, RawLocation } from '@ci-actions/shared'

export interface RepositoryFiles {
  /** Repository-relative, `/` as separator. */
  readonly files: ReadonlySet<string>
  /** Last name of the folder of the checkout. */
  readonly name: string
}

/**
 * Findings with paths of this repository, where one root explains them: an absolute folder that stood for the top, or
 * the folder that relative paths began in. What it does not explain stays as printed.
 */
export function inRepository(
  findings: readonly RawFinding[],
  repository: RepositoryFiles,
): (finding: RawFinding) => RawFinding {
  const printed = [...new Set(findings.flatMap(pathsOf))].map((path) => slashed(path))
  const absolute = printed.filter(isAbsolute)
  const relative = printed.filter((path) => !isAbsolute(path))
  const root = rootOf(absolute, repository)
  const folder = folderOf(relative, repository.files)
  const move = (path: string): string => {
    const even = slashed(path)
    if (isAbsolute(even)) return root !== undefined && even.startsWith(root) ? even.slice(root.length) : path
    return folder === undefined ? path : `${folder}/${even}`
  }
  if (root === undefined && folder === undefined) return (finding) => finding
  return (finding) => withPaths(finding, move)
}

function pathsOf({ location, related }: RawFinding): readonly string[] {
  return [location, ...(related ?? [])].flatMap((place) => place?.path ?? [])
}

function withPaths(
  { location, related, fix, ...rest }: RawFinding,
  move: (path: string) => string,
): RawFinding {
  const moved = <P extends RawLocation>(place: P): P => ({ ...place, path: move(place.path) })
  return {
    ...rest,
    ...(location && { location: moved(location) }),
    ...(related && { related: related.map(moved) }),
    ...(fix && { fix: fix.map(moved) }),
  }
}

/** Of a `file:` URI the path; `\` as `/`; without `./`. */
function slashed(path: string): string {
  const uri = /^file:(?:\/\/(?:localhost)?(?=\/))?(.*)$/is.exec(path)
  const local = uri === null ? path : decoded(uri[1] ?? '').replace(/^\/(?=[a-z]:)/i, '')
  return local.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:\//i.test(path)
}

/** Where checkouts and mounts commonly are; elsewhere one file at the top proves nothing. */
const commonRoots =
  /^(?:\/(?:src|app|code|repo|workspace|work|data|project|scan|github\/workspace|usr\/src\/app|zap\/wrk|home\/runner\/work\/[^/]+\/[^/]+|builds\/[^/]+\/[^/]+)|[a-z]:\/a\/[^/]+\/[^/]+)\/$/i

/** Deepest folders that are tried as root. */
const mostSegments = 40

/** The root, with `/` at its end, below which most of the paths are files of the repository; the longest of several. */
function rootOf(paths: readonly string[], { files, name }: RepositoryFiles): string | undefined {
  const votes = new Map<string, { count: number; deep: boolean }>()
  for (const path of paths) {
    const ends = slashesIn(path)
    for (const end of ends.slice(0, mostSegments)) {
      const inside = path.slice(end + 1)
      if (!files.has(inside)) continue
      const root = path.slice(0, end + 1)
      const vote = votes.get(root) ?? { count: 0, deep: false }
      votes.set(root, { count: vote.count + 1, deep: vote.deep || inside.includes('/') })
    }
  }
  const known = [...votes].filter(
    ([root, { deep }]) => deep || commonRoots.test(root) || root.endsWith(`/${name}/`) || root === '/',
  )
  const best = known.toSorted(
    ([a, one], [b, other]) => other.count - one.count || a.length - b.length || (a < b ? -1 : 1),
  )[0]
  return best?.[0]
}

function slashesIn(path: string): readonly number[] {
  const found: number[] = []
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) found.push(at)
  return found
}

/** Only where none of the paths is a file as it stands, and one folder alone explains the most of them. */
function folderOf(paths: readonly string[], files: ReadonlySet<string>): string | undefined {
  if (paths.length === 0 || paths.some((path) => files.has(path))) return undefined
  const wanted = new Set(paths)
  const votes = new Map<string, number>()
  for (const file of files) {
    for (const end of slashesIn(file)) {
      if (wanted.has(file.slice(end + 1)))
        votes.set(file.slice(0, end), (votes.get(file.slice(0, end)) ?? 0) + 1)
    }
  }
  const [best, second] = [...votes].toSorted(([, one], [, other]) => other - one)
  return best === undefined || best[1] === second?.[1] ? undefined : best[0]
}
