/** SPDX licence expressions. https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/ Pure. */

export type LicenseExpression =
  | { readonly kind: 'license'; readonly id: string; readonly exception?: string | undefined }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly LicenseExpression[] }

/** Longer texts are licences themselves, not their names. */
const longest = 1000
const deepest = 30

interface Reading {
  readonly tokens: readonly string[]
  at: number
}

/** Undefined for text that is no expression. Operators may be in lower case, as people write them. */
export function parseLicense(text: string): LicenseExpression | undefined {
  if (text.length > longest) return undefined
  const tokens = text.match(/[()]|[^\s()]+/g) ?? []
  const reading: Reading = { tokens, at: 0 }
  const expression = readOr(reading, 0)
  return reading.at === tokens.length ? expression : undefined
}

function readOr(reading: Reading, depth: number): LicenseExpression | undefined {
  return readList(reading, 'or', () => readList(reading, 'and', () => readOne(reading, depth)))
}

function readList(
  reading: Reading,
  kind: 'and' | 'or',
  next: () => LicenseExpression | undefined,
): LicenseExpression | undefined {
  const first = next()
  if (first === undefined) return undefined
  const parts = [first]
  while (takes(reading, kind)) {
    const part = next()
    if (part === undefined) return undefined
    parts.push(part)
  }
  return parts.length === 1 ? first : { kind, parts }
}

function readOne(reading: Reading, depth: number): LicenseExpression | undefined {
  if (takes(reading, '(')) {
    const inner = depth < deepest ? readOr(reading, depth + 1) : undefined
    return takes(reading, ')') ? inner : undefined
  }
  const id = takeId(reading)
  if (id === undefined || !takes(reading, 'with'))
    return id === undefined ? undefined : { kind: 'license', id }
  const exception = takeId(reading)
  return exception === undefined ? undefined : { kind: 'license', id, exception }
}

function takes(reading: Reading, token: string): boolean {
  if (reading.tokens[reading.at]?.toLowerCase() !== token) return false
  reading.at += 1
  return true
}

function takeId(reading: Reading): string | undefined {
  const token = reading.tokens[reading.at]
  if (token === undefined || !/^[A-Za-z0-9][\w.+:-]*$/.test(token) || /^(?:and|or|with)$/i.test(token))
    return undefined
  reading.at += 1
  return token
}
