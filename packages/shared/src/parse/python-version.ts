/**
 * Versions of Python packages and what a specifier lets in, as installers see it. Pure.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/
 */

interface Version {
  readonly epoch: bigint
  /** Without trailing zeros. */
  readonly release: readonly bigint[]
  readonly pre: readonly [string, bigint] | undefined
  readonly post: bigint | undefined
  readonly dev: bigint | undefined
  readonly local: readonly string[]
}

const pattern =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/i

/** Longer than any version that somebody made. */
const longest = 200

const spellings: Readonly<Record<string, string>> = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
}

function parseVersion(text: string): Version | undefined {
  const match = text.length > longest ? null : pattern.exec(text)
  if (match === null) return undefined
  const [, epoch, release = '', pre, preNumber, postBare, post, postNumber, dev, devNumber, local] = match
  const letter = pre?.toLowerCase()
  return {
    epoch: BigInt(epoch ?? 0),
    release: withoutZeros(release.split('.').map(BigInt)),
    pre: letter === undefined ? undefined : [spellings[letter] ?? letter, BigInt(preNumber || 0)],
    post:
      postBare !== undefined ? BigInt(postBare) : post === undefined ? undefined : BigInt(postNumber || 0),
    dev: dev === undefined ? undefined : BigInt(devNumber || 0),
    local: local === undefined ? [] : local.toLowerCase().split(/[-_.]/),
  }
}

function withoutZeros(parts: readonly bigint[]): readonly bigint[] {
  const last = parts.findLastIndex((part) => part !== 0n)
  return parts.slice(0, last + 1)
}

/** Below 0 where `a` is older. Undefined where one of them is no version. */
export function comparePythonVersions(a: string, b: string): number | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  return left && right && compareVersions(left, right)
}

function compareVersions(a: Version, b: Version): number {
  return (
    sign(a.epoch, b.epoch) ||
    compareRelease(a.release, b.release) ||
    comparePre(a, b) ||
    sign(a.post ?? -1n, b.post ?? -1n) ||
    compareDev(a.dev, b.dev) ||
    compareLocal(a.local, b.local)
  )
}

function sign(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareRelease(a: readonly bigint[], b: readonly bigint[]): number {
  const length = Math.max(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const order = sign(a[index] ?? 0n, b[index] ?? 0n)
    if (order !== 0) return order
  }
  return 0
}

/** `1.0.dev1` < `1.0a1.dev1` < `1.0a1` < `1.0` */
function comparePre(a: Version, b: Version): number {
  const rank = ({ pre, post, dev }: Version) =>
    pre !== undefined ? 1 : post === undefined && dev !== undefined ? 0 : 2
  const order = rank(a) - rank(b)
  if (order !== 0 || a.pre === undefined || b.pre === undefined) return order
  return a.pre[0] === b.pre[0] ? sign(a.pre[1], b.pre[1]) : a.pre[0] < b.pre[0] ? -1 : 1
}

function compareDev(a: bigint | undefined, b: bigint | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return sign(a, b)
}

/** Numbers are newer than words; more parts are newer than fewer. */
function compareLocal(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    const numbers = [/^\d+$/.test(left), /^\d+$/.test(right)] as const
    if (numbers[0] !== numbers[1]) return numbers[0] ? 1 : -1
    const order = numbers[0] ? sign(BigInt(left), BigInt(right)) : left < right ? -1 : left > right ? 1 : 0
    if (order !== 0) return order
  }
  return a.length < b.length ? -1 : 0
}

/** Whether `specifier` (`>=1,<2`; empty for any) lets `version` in; undefined where one of them is not understood. */
export function pythonVersionFits(version: string, specifier: string): boolean | undefined {
  const candidate = parseVersion(version)
  if (candidate === undefined) return undefined
  const clauses = specifier.split(',').filter((clause) => clause.trim() !== '')
  const answers = clauses.map((clause) => clauseFits(candidate, version, clause))
  return answers.includes(undefined) ? undefined : !answers.includes(false)
}

function clauseFits(candidate: Version, written: string, clause: string): boolean | undefined {
  const [, operator, text = ''] = /^\s*(===|==|~=|!=|<=|>=|<|>)\s*(\S+)\s*$/.exec(clause) ?? []
  if (operator === '===') return written.trim().toLowerCase() === text.toLowerCase()
  if ((operator === '==' || operator === '!=') && text.endsWith('.*')) {
    const matches = hasPrefix(candidate, text.slice(0, -2))
    return matches === undefined ? undefined : matches === (operator === '==')
  }
  const wanted = parseVersion(text)
  if (operator === undefined || wanted === undefined) return undefined
  return operatorFits(operator, candidate, wanted, text)
}

function operatorFits(
  operator: string,
  candidate: Version,
  wanted: Version,
  text: string,
): boolean | undefined {
  // A local part that nobody asked for is a build of the same version.
  const order = compareVersions(wanted.local.length === 0 ? { ...candidate, local: [] } : candidate, wanted)
  const sameRelease =
    compareRelease(candidate.release, wanted.release) === 0 && candidate.epoch === wanted.epoch
  switch (operator) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<=':
      return order <= 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0 && !(sameRelease && isPre(candidate) && !isPre(wanted))
    case '>':
      return order > 0 && !(sameRelease && candidate.post !== undefined && wanted.post === undefined)
    default: {
      const prefix = /^\s*v?(?:\d+!)?\d+(?:\.\d+)+/.exec(text)?.[0]
      if (prefix === undefined) return undefined
      return order >= 0 && hasPrefix(candidate, prefix.slice(0, prefix.lastIndexOf('.')))
    }
  }
}

function isPre({ pre, dev }: Version): boolean {
  return pre !== undefined || dev !== undefined
}

/** `1.4` of `1.4.0`, `1.4.5a1`. Zeros at the end of the prefix count. */
function hasPrefix(candidate: Version, prefix: string): boolean | undefined {
  const [, epoch, release] = /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)\s*$/.exec(prefix) ?? []
  if (release === undefined) return undefined
  const parts = release.split('.').map(BigInt)
  return (
    candidate.epoch === BigInt(epoch ?? 0) &&
    parts.every((part, index) => part === (candidate.release[index] ?? 0n))
  )
}

/**
 * The alternatives that a constraint as Poetry writes it stands for, each a specifier: `^1.2`, `~1.2`, `1.*`, `1.2`,
 * `>=1 || <0.5`. Undefined for anything else.
 */
export function poetrySpecifiers(constraint: string): readonly string[] | undefined {
  const alternatives = constraint.split(/\|\|?/).map((part) => {
    const clauses = part.replaceAll(/(?<=[<>=!~^])\s+/g, '').split(/[\s,]+/)
    const specifiers = clauses.filter((clause) => clause !== '').map(poetryClause)
    return specifiers.includes(undefined) ? undefined : specifiers.filter((each) => each !== '').join(',')
  })
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined
}

function poetryClause(clause: string): string | undefined {
  if (clause === '*') return ''
  if (/^(?:===?|~=|!=|<=?|>=?)/.test(clause)) return clause
  const [, sign = '', text = ''] = /^([~^]?)(\d[\w.+!-]*(?:\.\*)?)$/.exec(clause) ?? []
  if (text === '') return undefined
  if (sign === '') return `==${text}`
  const release = /^\d+(?:\.\d+)*/.exec(text)?.[0].split('.').map(Number) ?? []
  const caret = release.findIndex((part) => part !== 0)
  const position =
    sign === '^' ? (caret === -1 ? release.length - 1 : caret) : Math.min(1, release.length - 1)
  const next = release.slice(0, position + 1).map((part, index) => (index === position ? part + 1 : part))
  return `>=${text},<${next.join('.')}`
}
