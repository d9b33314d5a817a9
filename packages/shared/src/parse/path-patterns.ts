/** Globs that users write about repository-relative paths. */
import picomatch from 'picomatch'

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
