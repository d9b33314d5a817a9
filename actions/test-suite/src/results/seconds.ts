/** Durations as runners print them, in any locale. */

/** Longer than any run: about thirty years. */
const longest = 1e9

/**
 * Undefined where it is missing, negative or no number. `1,234.5` and `1.234,5` are read by their last
 * separator; `0,5` has a decimal comma. Knows `ms`, `s` and `hh:mm:ss` too.
 */
export function parseSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const plain = plainDecimal(text)
  if (plain !== undefined) return bounded(plain)
  const number = startsPlain(text) ? Number(text) : Number.NaN
  if (!Number.isNaN(number)) return bounded(number)
  const clock = clockTime.exec(text.trim())
  if (clock !== null) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part) => Number(part ?? 0))
    return bounded(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
  }
  const [, digits, unit] = quantity.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const quantified = Number(withPoint(digits.replaceAll(/[\s'’]/g, '')))
  return bounded(unit === 'ms' ? quantified / 1000 : quantified)
}

/**
 * Up to 15 digits with a point between them, as nearly all files have it; undefined for anything else. Both numbers of
 * the quotient are exact, so it is rounded as `Number` rounds.
 */
function plainDecimal(text: string): number | undefined {
  const { length } = text
  if (length === 0 || length > 15) return undefined
  let digits = 0
  let scale = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) {
      digits = digits * 10 + code - 0x30
      scale *= 10
    } else if (code === 0x2e && scale === 0 && at > 0) {
      scale = 1
    } else {
      return undefined
    }
  }
  return scale > 1 ? digits / scale : digits
}

/** A digit, and no prefix of another base. */
function startsPlain(text: string): boolean {
  const second = text.charCodeAt(1)
  return isDigit(text.charCodeAt(0)) && (text.length === 1 || second === 0x2e || isDigit(second))
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

const clockTime = /^(?:(\d{1,6})\.)?(\d{1,6}):(\d{1,2}):(\d{1,2}(?:\.\d{1,15})?)$/
const quantity = /^([\d.,'’\s]{1,60}(?:[eE][-+]?\d{1,3})?)\s?(ms|s)?$/

/** The last separator is the decimal one, unless there are several of one kind alone. */
function withPoint(digits: string): string {
  const point = digits.lastIndexOf('.')
  const comma = digits.lastIndexOf(',')
  if (point !== -1 && comma !== -1) {
    return comma > point ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '')
  }
  const separator = point === -1 ? ',' : '.'
  const count = digits.split(separator).length - 1
  return count > 1 ? digits.replaceAll(separator, '') : digits.replace(',', '.')
}

function bounded(seconds: number): number | undefined {
  return seconds >= 0 && seconds <= longest ? seconds : undefined
}
