/** Which file of the repository a path of a coverage report means. */
import type { CoverageReport, FileCoverage } from '@ci-actions/shared'
import { CoverageTable, reportOf } from '@ci-actions/shared'
import type { PrefixRules } from './prefix-rules.ts'
import { prefixRules } from './prefix-rules.ts'
import type { PrintedPath } from './printed-path.ts'
import { below, parsePrintedPath } from './printed-path.ts'
import type { Ending, RepositoryPaths } from './repository-paths.ts'
import { repositoryPaths } from './repository-paths.ts'

export interface MappedCoverage {
  /** With repository-relative paths, sorted, and without what is not in the repository. */
  readonly report: CoverageReport
  /** As printed: files that the repository does not have. */
  readonly unmapped: readonly string[]
  /** As printed: files that could be any of several. They are not in the report either. */
  readonly ambiguous: readonly AmbiguousPath[]
}

export interface AmbiguousPath {
  readonly path: string
  /** The first few. */
  readonly candidates: readonly string[]
}

/** One path of the report with what it may stand for in full. */
interface Place {
  readonly printed: string
  readonly paths: readonly PrintedPath[]
  /** The best of `paths`; undefined where several are equally good but lead to different files. */
  readonly path: PrintedPath | undefined
  readonly ending: Ending
}

type Decision = { readonly file: string } | { readonly candidates: readonly string[] } | undefined

/**
 * Maps by the longest end that a path (below the report's `sources`) has in common with a file. Paths that only one file
 * fits with two names or more show what stands for what, such as `/usr/src/app` for `backend`; that decides for paths
 * that fit several files, and for those that fit one by its bare name. What it does not decide is not guessed.
 *
 * `files` are all of the repository, relative, with `/`. `roots` are folders that paths begin at: absolute (the
 * workspace), or relative to the repository (`src`); they come before everything else.
 */
export function mapPaths(
  report: CoverageReport,
  files: readonly string[],
  options: { readonly roots?: readonly string[] } = {},
): MappedCoverage {
  const found: { readonly file: string; readonly part: FileCoverage }[] = []
  const unmapped: string[] = []
  const ambiguous: AmbiguousPath[] = []
  for (const [index, { printed, decision }] of placesIn(report, files, options.roots ?? []).entries()) {
    const part = report.files[index]
    if (decision === undefined) unmapped.push(printed)
    else if ('candidates' in decision) ambiguous.push({ path: printed, candidates: decision.candidates })
    else if (part !== undefined) found.push({ file: decision.file, part })
  }
  const mapped = [...Map.groupBy(found, ({ file }) => file)].map(([path, parts]) =>
    joined(
      path,
      parts.map(({ part }) => part),
    ),
  )
  const result = sorted(reportOf(mapped))
  const { covered, lines } = report
  return { report: statesOnlyTotals(report) ? { ...result, covered, lines } : result, unmapped, ambiguous }
}

/** The file of the repository that each path means, by path; those are missing that mean none or several. */
export function filesOfPaths(
  paths: readonly string[],
  files: readonly string[],
  options: { readonly roots?: readonly string[] } = {},
): ReadonlyMap<string, string> {
  const report = reportOf(paths.map((path) => ({ path, covered: [], missed: [], branches: [] })))
  const places = placesIn(report, files, options.roots ?? [])
  return new Map(
    places.flatMap(({ printed, decision }) =>
      decision !== undefined && 'file' in decision ? [[printed, decision.file]] : [],
    ),
  )
}

/** In the order of the report's files. */
function placesIn(
  report: CoverageReport,
  files: readonly string[],
  wanted: readonly string[],
): readonly { readonly printed: string; readonly decision: Decision }[] {
  const repository = repositoryPaths(files)
  const roots = wanted.map(parsePrintedPath)
  const sources = report.sources.map(parsePrintedPath)
  const places = report.files.map((file) => placeOf(file.path, sources, repository))
  const rules = prefixRules()
  for (const place of places) learn(place, rules)
  return places.map((place) => ({
    printed: place.printed,
    decision: belowRoots(place, roots, repository) ?? decide(place, rules, repository),
  }))
}

/** Whether it gives figures for the whole but not the lines that they come from. */
export function statesOnlyTotals({ lines, files }: CoverageReport): boolean {
  return lines > 0 && files.every(({ covered, missed }) => covered.length + missed.length === 0)
}

function joined(path: string, parts: readonly FileCoverage[]): FileCoverage {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return { ...first, path }
  const table = new CoverageTable()
  for (const part of parts) addFile(table, path, part)
  return table.file(path).coverage(path)
}

export function addFile(table: CoverageTable, path: string, file: FileCoverage): void {
  const target = table.file(path)
  for (const line of file.missed) target.line(line, false)
  for (const line of file.covered) target.line(line, true)
  for (const branches of file.branches) target.join(branches)
}

export function sorted(report: CoverageReport): CoverageReport {
  return { ...report, files: report.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
}

function placeOf(printed: string, sources: readonly PrintedPath[], repository: RepositoryPaths): Place {
  const path = parsePrintedPath(printed)
  const paths = path.absolute || sources.length === 0 ? [path] : sources.map((source) => below(source, path))
  const endings = paths.map((each) => ({
    path: each,
    ending: repository.longest(each.segments, each.windows),
  }))
  const length = Math.max(...endings.map(({ ending }) => ending.length))
  const best = endings.filter(({ ending }) => ending.length === length)
  const found = new Set(best.flatMap(({ ending }) => ending.paths))
  const [first] = best
  const one = first !== undefined && best.every(({ ending }) => ending.count === 1) && found.size === 1
  const count = one ? 1 : Math.max(2, ...best.map(({ ending }) => ending.count))
  const path1 = best.length === 1 || one ? first?.path : undefined
  return {
    printed,
    paths,
    path: path1,
    ending: { length, count: length === 0 ? 0 : count, paths: [...found] },
  }
}

/** The one file that fits with two names or more, or with its whole path. */
function certain({ path, ending }: Place): string | undefined {
  const [file] = ending.paths
  if (path === undefined || path.foreign || ending.count !== 1 || file === undefined) return undefined
  const wholePath = !path.absolute && ending.length === path.segments.length
  const wholeFile = ending.length === file.split('/').length
  if (path.installed && !wholePath) return undefined
  return ending.length > 1 || (wholePath && wholeFile) ? file : undefined
}

function learn(place: Place, rules: PrefixRules): void {
  const file = certain(place)
  if (file === undefined || place.path === undefined || place.path.installed) return
  rules.add(
    place.path.segments.slice(0, place.path.segments.length - place.ending.length),
    file.split('/').slice(0, -place.ending.length),
  )
}

/** By the roots that the caller named. */
function belowRoots(place: Place, roots: readonly PrintedPath[], repository: RepositoryPaths): Decision {
  const found = new Set<string>()
  for (const root of roots) {
    for (const path of place.paths) {
      const rest = root.absolute
        ? within(root, path)
        : path.absolute
          ? undefined
          : [...root.segments, ...path.segments]
      const file = rest?.join('/')
      if (file !== undefined && repository.has(file)) found.add(file)
    }
  }
  return oneOf([...found])
}

function within(root: PrintedPath, path: PrintedPath): readonly string[] | undefined {
  if (!path.absolute || !root.segments.every((segment, index) => segment === path.segments[index]))
    return undefined
  return path.segments.slice(root.segments.length)
}

function decide(place: Place, rules: PrefixRules, repository: RepositoryPaths): Decision {
  const file = certain(place)
  if (file !== undefined) return { file }
  const literal = place.paths.filter((path) => !path.absolute).map((path) => path.segments.join('/'))
  const exact = literal.find((path) => repository.has(path))
  if (exact === undefined && place.paths.every((path) => path.foreign)) return undefined
  const byRule = [...new Set(place.paths.flatMap((path) => rules.filesFor(path.segments, repository)))]
  if (exact !== undefined)
    return byRule.length === 0 || byRule.includes(exact) ? { file: exact } : oneOf(byRule)
  return oneOf(byRule) ?? byNameAlone(place, rules)
}

/** A path that only its last name speaks for counts where nothing is known that speaks against it. */
function byNameAlone({ path, ending }: Place, rules: PrefixRules): Decision {
  const { length, count, paths } = ending
  const [file] = paths
  if (length === 0 || file === undefined) return undefined
  const whole = paths.some((each) => each.split('/').length === length) || path?.segments.length === length
  if (length === 1 && (rules.size() > 0 || !whole)) return undefined
  if (path?.installed === true && path.segments.length !== length) return undefined
  return count === 1 ? { file } : { candidates: paths }
}

function oneOf(files: readonly string[]): Decision {
  const [file] = files
  if (file === undefined) return undefined
  return files.length === 1 ? { file } : { candidates: files.toSorted() }
}
