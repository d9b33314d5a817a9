/** From what an adapter knows of a risk to the report's terms; secrets end here. Pure. */
import { createHash, createHmac } from 'node:crypto'
import { packageUrl } from '../security/package-url.ts'
import { resolveSeverity } from '../security/severity.ts'
import type { RawFinding, RawSecret, RawSecurity, Security } from './finding.ts'

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

/** Of a value over several lines each line is masked by itself. */
export function mask(text: string, value: string): string {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim())
  return [value, ...lines.filter((line) => line.length >= 4)].reduce(
    (left, part) => (part === '' ? left : left.replaceAll(part, masked)),
    text,
  )
}
