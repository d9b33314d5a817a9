/** From what an adapter knows of a risk to the report's terms; secrets end here. Pure. */
import { createHmac, hash } from 'node:crypto'
import { packageUrl } from '../security/package-url.ts'
import { resolveSeverity } from '../security/severity.ts'
import type { Location, RawFinding, RawSecret, RawSecurity, Security } from './finding.ts'

/** Shown in place of a secret. */
const masked = '***'

/**
 * `secretKey`: random, of this run: a digest of a weak secret could be guessed without it. `identity` is that of the
 * finding, with the secret masked.
 */
export function toSecurity(
  { secret, ...raw }: RawSecurity,
  about: { readonly secretKey: string | undefined; readonly identity: string },
): Security {
  const digest = secret && about.secretKey !== undefined ? digestOf(secret, about.secretKey) : undefined
  return {
    ...raw,
    ...resolveSeverity(raw.claims),
    lineDigest: hash('sha256', about.identity).slice(0, 32),
    ...(raw.dependency && { purl: packageUrl(raw.dependency) }),
    ...(secret?.verified !== undefined && { verified: secret.verified }),
    ...(digest !== undefined && { secretDigest: digest }),
  }
}

/** Tools that give the value and tools that give its SHA-1 come to the same. */
function digestOf({ value, sha1 }: RawSecret, key: string): string | undefined {
  const known = value === undefined ? sha1 : hash('sha1', value)
  return known === undefined ? undefined : createHmac('sha256', key).update(known.toLowerCase()).digest('hex')
}

/** The finding without the secret in any of its texts. */
export function withoutSecret(raw: RawFinding): RawFinding {
  const value = raw.security?.secret?.value
  if (value === undefined || value === '') return raw
  const { rule, message, help, symbol, identity, fix: _, ...rest } = raw
  return {
    ...rest,
    rule: mask(rule, value),
    message: mask(message, value),
    ...(help !== undefined && !help.includes(value) && { help }),
    ...(symbol !== undefined && { symbol: mask(symbol, value) }),
    ...(identity !== undefined && { identity: mask(identity, value) }),
  }
}

/**
 * What makes a risk itself where the tool does not say so: the same vulnerability of the same package is the same one
 * wherever the version stands; else the line that it begins on, since tools differ in how far a statement goes.
 */
export function riskIdentity(
  { identity, security }: RawFinding,
  place: Location | undefined,
  source: readonly string[] | undefined,
): OwnIdentity {
  const dependency = security?.kind === 'vulnerability' ? security.dependency : undefined
  const component = dependency && packageUrl({ ecosystem: dependency.ecosystem, name: dependency.name })
  return {
    identity: identity ?? component,
    endLine: undefined,
    source,
    ...(security?.kind === 'secret' && maskedLine(source, place?.line, security.secret?.value)),
  }
}

interface OwnIdentity {
  readonly identity?: string | undefined
  readonly endLine: undefined
  readonly source: readonly string[] | undefined
  readonly line?: number
}

/** A digest of a line must tell nothing of the secret in it, also where the tool does not say which part that is. */
function maskedLine(
  source: readonly string[] | undefined,
  line: number | undefined,
  value: string | undefined,
): { readonly source: readonly string[]; readonly line: number } | undefined {
  const text = line === undefined ? undefined : source?.[line - 1]
  if (text === undefined) return undefined
  const known = value === undefined ? text : mask(text, value)
  const safe = known
    // To the end where nothing ends it.
    .replace(/(["'`])(?:(?:\\.|(?!\1)[^\\])*\1|.*)/g, `$1${masked}$1`)
    .replace(/([=:]\s*)[^\s"'`][^\n]*/, `$1${masked}`)
  return { source: [safe], line: 1 }
}

/** Of a value over several lines each line is masked by itself. */
function mask(text: string, value: string): string {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim())
  return [value, ...lines.filter((line) => line.length >= 4)].reduce(
    (left, part) => (part === '' ? left : left.replaceAll(part, masked)),
    text,
  )
}
