/** Limits as rules write them: a number and a unit that fits the metric. */
import type { Unit } from './metric.ts'

/** Factors to seconds; division keeps `200ms` exactly 0.2. */
const durations: Readonly<Record<string, (value: number) => number>> = {
  ms: (value) => value / 1000,
  s: (value) => value,
  m: (value) => value * 60,
  h: (value) => value * 3600,
  d: (value) => value * 86_400,
}

/** Bytes, in lower case. `KB` is 1,000 and `KiB` 1,024. */
const sizes: Readonly<Record<string, number>> = {
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
}

/** What a limit of each unit looks like, for messages. */
const examples: Readonly<Record<Unit, string>> = {
  count: 'a plain number such as `10`',
  percent: 'a percentage such as `80%`',
  points: 'a plain number such as `80`',
  seconds: 'a duration such as `200ms`, `1.5s`, `5m` or `7d`',
  bytes: 'a size such as `500KB` or `10MiB`',
  ratio: 'a plain number such as `0.5`',
}

export type ParsedLimit = { readonly value: number } | { readonly problem: string }

const numberWithUnit = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?) ?([a-z%]*)$/i

/**
 * Reads the right side of a rule. `delta` allows what a difference may be written in: a percentage's change
 * in points (`-0.5%`, `-0.5 points`). The problem is the end of a sentence that names the rule.
 */
export function parseLimit(text: string, unit: Unit, variant: 'value' | 'new' | 'delta'): ParsedLimit {
  const wrong = { problem: `${code(text)} does not fit; the limit must be ${examples[unit]}` }
  if (/^[+-]?(?:nan|inf(?:inity)?)$/i.test(text)) return { problem: `${code(text)} is not a limit` }
  if (/^[+-]?\d{1,3}(?:[,_]\d{3})+/.test(text)) {
    return {
      problem: `${code(text)}: write numbers without separators, such as \`${text.replace(/[,_]/g, '')}\``,
    }
  }
  if (unit === 'seconds' && /^\d+h ?\d+m|^\d+m ?\d+s/i.test(text)) return sumOfDurations(text) ?? wrong
  const match = numberWithUnit.exec(text)
  if (match === null) return wrong
  const [, sign, digits = '', suffix = ''] = match
  const value = inUnit(Number(digits), suffix, unit, variant)
  if (value === undefined) return wrong
  if (!Number.isFinite(value)) return { problem: `${code(text)} is too large` }
  return { value: sign === '-' ? 0 - value : value }
}

function code(text: string): string {
  return text === '' ? 'an empty limit' : `\`${text}\``
}

function sumOfDurations(text: string): ParsedLimit | undefined {
  if (!/^(?:\d+(?:ms|[hms]) ?)+$/i.test(text)) return undefined
  const parts = text
    .matchAll(/(\d+)(ms|[hms])/gi)
    .map(([, digits, suffix = '']) => inSeconds(Number(digits), suffix) ?? 0)
  const value = parts.reduce((sum, part) => sum + part, 0)
  return Number.isFinite(value) ? { value } : { problem: `${code(text)} is too large` }
}

/** Undefined where the suffix does not belong to the unit. Without a suffix only 0 is a duration or size. */
function inUnit(
  value: number,
  suffix: string,
  unit: Unit,
  variant: 'value' | 'new' | 'delta',
): number | undefined {
  // A count of findings, also of a metric that is not a count itself.
  if (variant === 'new') return suffix === '' ? value : undefined
  if (suffix === '') return unit === 'seconds' || unit === 'bytes' ? zero(value) : value
  if (unit === 'seconds') return inSeconds(value, suffix)
  if (unit === 'bytes') return inBytes(value, suffix)
  const points = /^(?:points?|pp)$/i.test(suffix)
  if (unit === 'percent') return suffix === '%' || (variant === 'delta' && points) ? value : undefined
  if (unit === 'points') return points ? value : undefined
  return undefined
}

function zero(value: number): number | undefined {
  return value === 0 ? 0 : undefined
}

function inSeconds(value: number, suffix: string): number | undefined {
  return Object.hasOwn(durations, suffix.toLowerCase()) ? durations[suffix.toLowerCase()]?.(value) : undefined
}

function inBytes(value: number, suffix: string): number | undefined {
  const factor = Object.hasOwn(sizes, suffix.toLowerCase()) ? sizes[suffix.toLowerCase()] : undefined
  return factor === undefined ? undefined : value * factor
}
