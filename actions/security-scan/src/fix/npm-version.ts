/** Versions of npm packages and what a range lets in. Pure. https://semver.org, https://github.com/npm/node-semver */

interface Version {
  readonly release: readonly [bigint, bigint, bigint]
  /** Empty for a release. */
  readonly pre: readonly string[]
}

const pattern = /^\s*[v=]*\s*(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\s*$/
/** Longer than any version that somebody made. */
const longest = 200

function parseVersion(text: string): Version | undefined {
  const match = text.length > longest ? null : pattern.exec(text)
  if (match === null) return undefined
  const [, major = '', minor = '', patch = '', pre] = match
  return { release: [BigInt(major), BigInt(minor), BigInt(patch)], pre: pre?.split('.') ?? [] }
}

/** Below 0 where `a` is older. Undefined where one of them is no version. */
export function compareNpmVersions(a: string, b: string): number | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  return left && right && compareVersions(left, right)
}

export function isNpmPrerelease(version: string): boolean {
  return (parseVersion(version)?.pre.length ?? 0) > 0
}

function compareVersions(a: Version, b: Version): number {
  for (const [index, part] of a.release.entries()) {
    const other = b.release[index] ?? 0n
    if (part !== other) return part < other ? -1 : 1
  }
  return comparePre(a.pre, b.pre)
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0)
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    if (left === right) continue
    const numbers = [/^\d+$/.test(left), /^\d+$/.test(right)] as const
    if (numbers[0] && numbers[1]) return BigInt(left) < BigInt(right) ? -1 : 1
    if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1
    return left < right ? -1 : 1
  }
  return a.length < b.length ? -1 : 0
}

/** Whether a range lets `version` in, as far as ranges are simple: `^1.2.3`, `~1.2`, `1.x`, `>=1 <2`, `a || b`. */
export function npmRangeFits(version: string, range: string): boolean | undefined {
  const candidate = parseVersion(version)
  if (candidate === undefined) return undefined
  const answers = range.split('||').map((part) => alternativeFits(candidate, part.trim()))
  if (answers.includes(true)) return true
  return answers.includes(undefined) ? undefined : false
}

function alternativeFits(candidate: Version, text: string): boolean | undefined {
  if (text === '' || text === '*' || text === 'x') return candidate.pre.length === 0
  const clauses = text.replaceAll(/([<>=~^])\s+(?=[\dv])/g, '$1').split(/\s+/)
  const answers = clauses.map((clause) => clauseFits(candidate, clause))
  return answers.includes(undefined) ? undefined : !answers.includes(false)
}

function clauseFits(candidate: Version, clause: string): boolean | undefined {
  const [, operator = '', major, minor, patch, pre] =
    /^(\^|~|>=|<=|>|<|=)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?(?:-([0-9A-Za-z.-]+))?$/.exec(clause) ?? []
  if (major === undefined) return undefined
  const given = [major, minor, patch].filter((part) => part !== undefined && /^\d+$/.test(part))
  const parts = [0, 1, 2].map((index) => BigInt(given[index] ?? 0))
  const from = versionOf(parts, pre?.split('.') ?? [])
  // A version before a release is let in only by a range that names one of the same release.
  if (candidate.pre.length > 0 && (from.pre.length === 0 || `${candidate.release}` !== `${from.release}`))
    return false
  const order = compareVersions(candidate, from)
  const below = (position: number) => compareVersions(candidate, nextOf(parts, position)) < 0
  switch (operator) {
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '>':
      return given.length === 3 ? order > 0 : !below(given.length - 1)
    case '<=':
      return given.length === 3 ? order <= 0 : below(given.length - 1)
    case '^':
      return order >= 0 && below(caretPosition(parts, given.length))
    case '~':
      return order >= 0 && below(Math.min(1, given.length - 1))
    default:
      return given.length === 3 ? order === 0 : order >= 0 && below(given.length - 1)
  }
}

function versionOf(parts: readonly bigint[], pre: readonly string[]): Version {
  return { release: [parts[0] ?? 0n, parts[1] ?? 0n, parts[2] ?? 0n], pre }
}

/** The first version behind all that share the parts up to `position`; before its own early releases. */
function nextOf(parts: readonly bigint[], position: number): Version {
  const next = parts.map((part, index) => (index < position ? part : index === position ? part + 1n : 0n))
  return versionOf(next, ['0'])
}

function caretPosition(parts: readonly bigint[], given: number): number {
  const first = parts.findIndex((part) => part !== 0n)
  return first === -1 || first >= given ? Math.max(0, given - 1) : first
}
