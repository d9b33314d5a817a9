/** Whether a licence may be used, by the identifiers that the user denies. Pure. */
import type { LicenseExpression } from './expression.ts'
import { parseLicense } from './expression.ts'
import { currentId, isLicenseId, licenseOfName } from './license-names.ts'

export type LicenseVerdict =
  | { readonly verdict: 'allowed' }
  /** `by`: the pattern. */
  | { readonly verdict: 'denied'; readonly by: string }
  /** Nothing says which licence it is, or it says it in words that are not known. */
  | { readonly verdict: 'unknown' }

/**
 * `license`: an SPDX expression, or a name as people write it. Of alternatives one that is allowed is enough, of licences
 * that hold together none may be denied. An exception does not lift a denial.
 */
export function judgeLicense(license: string | undefined, denied: readonly string[]): LicenseVerdict {
  const expression = license === undefined ? undefined : understood(license)
  return expression === undefined ? { verdict: 'unknown' } : judged(expression, denied)
}

/** A name goes before an expression: `Apache 2.0` is none, and `BSD` is no identifier. */
export function understood(license: string): LicenseExpression | undefined {
  return parseLicense(licenseOfName(license) ?? license)
}

function judged(expression: LicenseExpression, denied: readonly string[]): LicenseVerdict {
  if (expression.kind === 'license') return judgedId(expression, denied)
  const verdicts = expression.parts.map((part) => judged(part, denied))
  const of = (wanted: LicenseVerdict['verdict']) => verdicts.find(({ verdict }) => verdict === wanted)
  const order =
    expression.kind === 'or'
      ? (['allowed', 'unknown', 'denied'] as const)
      : (['denied', 'unknown', 'allowed'] as const)
  return order.map(of).find((each) => each !== undefined) ?? { verdict: 'unknown' }
}

function judgedId(
  { id, exception }: Extract<LicenseExpression, { kind: 'license' }>,
  denied: readonly string[],
): LicenseVerdict {
  const current = currentId(licenseOfName(id) ?? id)
  const forms = [current, ...(exception === undefined ? [] : [`${current} WITH ${exception}`])]
  const by = denied.find((pattern) => forms.some((form) => fits(form, pattern)))
  if (by !== undefined) return { verdict: 'denied', by }
  return { verdict: isLicenseId(current) ? 'allowed' : 'unknown' }
}

/** `*` stands for any text. `GPL-3.0`, which is no identifier any more, means both of what it became. */
export function fits(id: string, pattern: string): boolean {
  const both = /^(?:(?:A|L)?GPL-\d\.\d|GFDL-1\.\d)$/i.test(pattern)
  const patterns = both ? [`${pattern}-only`, `${pattern}-or-later`] : [pattern.replace(/\+$/, '-or-later')]
  return patterns.some((each) => globFits(id.toLowerCase(), each.toLowerCase()))
}

/** Without a regular expression, which a pattern could make slow. */
function globFits(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === pattern
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1 || found + part.length > text.length - last.length) return false
    at = found + part.length
  }
  return true
}
