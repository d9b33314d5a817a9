/** Globs that users write about repository-relative paths. */
import picomatch from 'picomatch'

export interface PathScope {
  /** None means everything. */
  readonly paths: readonly string[]
  readonly exclude: readonly string[]
}

export function scopeMatcher({ paths, exclude }: PathScope): (path: string) => boolean {
  const isWanted = paths.length === 0 ? () => true : pathMatcher(paths)
  const isUnwanted = exclude.length === 0 ? () => false : pathMatcher(exclude)
  return (path) => isWanted(path) && !isUnwanted(path)
}

/**
 * Whether a path matches any of the patterns. One without wildcards names a file or a whole folder; `./` in front and `/`
 * behind are ignored; `.` means everything.
 */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''))
  if (plain.includes('.') || plain.includes('')) return () => true
  return picomatch(
    plain.flatMap((pattern) => [pattern, `${pattern}/**`]),
    { dot: true },
  )
}
