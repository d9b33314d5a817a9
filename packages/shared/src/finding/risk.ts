/** From what an adapter knows of a risk to the report's terms; secrets end here. Pure. */
import { createHash, createHmac } from 'node:crypto'
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
    lineDigest: createHash('sha256').update(about.identity).digest('hex').slice(0, 32),
    ...(raw.dependency && { purl: packageUrl(raw.dependency) }),
    ...(secret?.verified !== undefined && { verified: secret.verified }),
    ...(digest !== undefined && { secretDigest: digest }),
  }
}

/** Tools that give the value and tools that give its SHA-1 come to the same. */
function digestOf({ value, sha1 }: RawSecret, key: string): string | undefined {
  const known = value === undefined ? sha1 : createHash('sha1').update(value).digest('hex')
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
): { readonly identity?: string | undefined; readonly endLine: undefined; readonly source: typeof source } {
  const dependency = security?.kind === 'vulnerability' ? security.dependency : undefined
  const component = dependency && packageUrl({ ecosystem: dependency.ecosystem, name: dependency.name })
  return {
    identity: identity ?? component,
    endLine: undefined,
    source: security?.kind === 'secret' ? maskedLines(source, place?.line, security.secret?.value) : source,
  }
}

/** A digest of a line must tell nothing of the secret in it, also where the tool does not say which part that is. */
function maskedLines(
  source: readonly string[] | undefined,
  line: number | undefined,
  value: string | undefined,
): readonly string[] | undefined {
  if (source === undefined || line === undefined) return source
  const lines = source.slice(0, line)
  const text = lines[line - 1]
  if (text === undefined) return lines
  const known = value === undefined ? text : mask(text, value)
  lines[line - 1] = known
    .replace(/(["'`]).*?\1/g, `$1${masked}$1`)
    .replace(/([=:]\s*)[^\s"'`][^\n]*/, `$1${masked}`)
  return lines
}

/** Of a value over several lines each line is masked by itself. */
function mask(text: string, value: string): string {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim())
  return [value, ...lines.filter((line) => line.length >= 4)].reduce(
    (left, part) => (part === '' ? left : left.replaceAll(part, masked)),
    text,
  )
}
