/** What every coverage format says in the end. */

export interface CoverageReport {
  /** Lines that ran. */
  readonly covered: number
  /** Lines that could run; 0 where the report names none. */
  readonly lines: number
  readonly files: readonly FileCoverage[]
  /** Folders that the paths of files may be relative to, as printed. */
  readonly sources: readonly string[]
}

export interface FileCoverage {
  /** As printed. */
  readonly path: string
  /** 1-based line numbers, sorted. */
  readonly covered: readonly number[]
  readonly missed: readonly number[]
  /** Lines that have branches, sorted; empty where the format or the run knows none. */
  readonly branches: readonly LineBranches[]
}

export interface LineBranches {
  /** 1-based. */
  readonly line: number
  /** Branches taken, and all there are; at least one. */
  readonly covered: number
  readonly total: number
  /**
   * Which ones were not taken, as `scheme:name`, so that two runs can be united exactly; sorted. Empty where all
   * were taken and where the format only counts them.
   */
  readonly missed: readonly string[]
}

export interface Share {
  readonly covered: number
  readonly total: number
}

/** All branches of a report; a total of 0 means that it knows none. */
export function branchShare(files: readonly FileCoverage[]): Share {
  let covered = 0
  let total = 0
  for (const file of files) {
    for (const branches of file.branches) {
      covered += branches.covered
      total += branches.total
    }
  }
  return { covered, total }
}

/** A report whose totals are the sums of its files, without folders. */
export function reportOf(files: readonly FileCoverage[]): CoverageReport {
  const covered = files.reduce((sum, file) => sum + file.covered.length, 0)
  const missed = files.reduce((sum, file) => sum + file.missed.length, 0)
  return { covered, lines: covered + missed, files, sources: [] }
}

/** Branches of one line beyond this are no statement that somebody wrote. */
const mostBranches = 100_000

/**
 * Undefined for a line without branches and for figures that make no sense. Names are kept only if they are all of
 * one scheme and as many as were missed: a report that names two exits alike cannot be united by name.
 */
export function lineBranches(
  line: number,
  covered: number,
  total: number,
  missed: readonly string[] = [],
): LineBranches | undefined {
  if (total < 1 || covered < 0 || covered > total || total > mostBranches) return undefined
  if (missed.length < 2)
    return { line, covered, total, missed: missed.length === total - covered ? missed : [] }
  const names = [...new Set(missed)].toSorted()
  const exact = names.length === total - covered && new Set(names.map(schemeOf)).size <= 1
  return { line, covered, total, missed: exact ? names : [] }
}

/**
 * Branches taken in either run. By name, where both name what they missed in the same way; else the larger count,
 * which never says more than is known. Where the runs disagree on how many there are (another version of the
 * language), the one that knows more of them stands alone. Commutative, associative, idempotent.
 */
export function joinBranches(a: LineBranches, b: LineBranches): LineBranches {
  if (a.total !== b.total) return a.total > b.total ? a : b
  const { line, total } = a
  const byScheme = Map.groupBy(stillMissed(a.missed, b.missed), schemeOf)
  const named = new Set([...a.missed, ...b.missed].map(schemeOf))
  const fewest = Math.min(total, ...[...named].map((scheme) => byScheme.get(scheme)?.length ?? 0))
  const covered = Math.max(a.covered, b.covered, named.size === 0 ? 0 : total - fewest)
  return { line, covered, total, missed: covered === total ? [] : [...byScheme.values()].flat().toSorted() }
}

/** What both name as missed; of a scheme that only one of them speaks, all. */
function stillMissed(a: readonly string[], b: readonly string[]): readonly string[] {
  const inA = new Set(a)
  const inB = new Set(b)
  const schemesA = new Set(a.map(schemeOf))
  const schemesB = new Set(b.map(schemeOf))
  const others = b.filter((name) => !inA.has(name) && !schemesA.has(schemeOf(name)))
  return [...a.filter((name) => inB.has(name) || !schemesB.has(schemeOf(name))), ...others]
}

function schemeOf(name: string): string {
  return name.slice(0, name.indexOf(':'))
}
