/** The smallest version that clears a package of what is known about it. Pure. */
import { comparePythonVersions } from '@ci-actions/shared'
import { compareNpmVersions, isNpmPrerelease } from './npm-version.ts'

export type FixEcosystem = 'pypi' | 'npm'

/** Below 0 where `a` is older; undefined where one of them is no version. */
export function compareVersionsOf(ecosystem: FixEcosystem, a: string, b: string): number | undefined {
  return ecosystem === 'npm' ? compareNpmVersions(a, b) : comparePythonVersions(a, b)
}

export interface Target {
  /** Undefined where none of the lists names a newer version. */
  readonly version: string | undefined
  /** Indexes of lists that name none: nothing clears what they belong to. */
  readonly unfixed: readonly number[]
}

/**
 * `fixes`: of each source that names the package, the versions that do not have the risk. Of several lines of releases
 * the next one up, and one that is finished before one that is not.
 */
export function smallestTarget(
  ecosystem: FixEcosystem,
  fixes: readonly (readonly string[])[],
  current: string,
): Target {
  const order = (a: string, b: string) => compareVersionsOf(ecosystem, a, b) ?? 0
  const needed = fixes.map((versions) => {
    const above = versions
      .filter((each) => isPlain(each) && (compareVersionsOf(ecosystem, each, current) ?? -1) > 0)
      .toSorted(order)
    return above.find((each) => !isPrerelease(ecosystem, each)) ?? above[0]
  })
  const unfixed = needed.flatMap((version, index) => (version === undefined ? [index] : []))
  const version = needed.reduce<string | undefined>(
    (best, each) => (each !== undefined && (best === undefined || order(each, best) > 0) ? each : best),
    undefined,
  )
  return { version, unfixed }
}

/** It is written into files and given to programs, and comes from what a scanner printed. */
function isPlain(version: string): boolean {
  return /^[A-Za-z0-9][\w.+!-]{0,99}$/.test(version)
}

function isPrerelease(ecosystem: FixEcosystem, version: string): boolean {
  if (ecosystem === 'npm') return isNpmPrerelease(version)
  return /\d[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[-_.]?\d*/i.test(version)
}

/** Where a new version may break what uses it, by the numbers alone: the first that is not 0. */
export function isMajorStep(from: string, to: string): boolean {
  const parts = (version: string) => (/^v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.')
  const [before, after] = [parts(from), parts(to)]
  if (before[0] !== after[0]) return true
  return before[0] === '0' && before[1] !== after[1]
}
