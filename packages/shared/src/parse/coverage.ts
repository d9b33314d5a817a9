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
}

/** Hits by line of one file, while a report is read. A line counts as covered if it is so anywhere. */
export type LineHits = Map<number, boolean>

export function fileCoverage(path: string, hits: LineHits): FileCoverage {
  const sorted = [...hits].toSorted(([a], [b]) => a - b)
  return {
    path,
    covered: sorted.flatMap(([line, hit]) => (hit ? [line] : [])),
    missed: sorted.flatMap(([line, hit]) => (hit ? [] : [line])),
  }
}
