/** Values of metrics for people. */
import type { Unit } from './metric.ts'

export interface ValueFormat {
  /** A number that the value must not look equal to unless it is. */
  readonly against?: number | undefined
  /** Not rounded: for limits, which people wrote themselves. */
  readonly exact?: boolean | undefined
  /** A difference: `+3`, `−11.5`, `±0`. */
  readonly signed?: boolean | undefined
}

/** Decimals tried beyond the usual ones before a number is printed whole. */
const moreDecimals = 6

const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/**
 * `71.4`, `84.2 %`, `210 ms`, `3 min 5 s`, `1.5 MiB`, `12,345`. Rounded, but never onto `against`: 79.96
 * against 80 stays 79.96.
 */
export function formatValue(value: number, unit: Unit, format: ValueFormat = {}): string {
  if (!Number.isFinite(value)) return String(value)
  const other = format.exact === true ? value : format.against
  const size = Math.abs(value)
  const text = precise(size, unit, other === undefined ? undefined : Math.abs(other))
  const isZero = /^0(?: |$)/.test(text)
  if (format.signed !== true) return value < 0 && !isZero ? `−${text}` : text
  if (value === 0) return `±${text}`
  // A difference that is shown must not look like none.
  return `${value < 0 ? '−' : '+'}${isZero ? precise(size, unit, 0) : text}`
}

/** Decimals that two values beside each other may get so that they can be told apart. */
const decimalsApart = 3

/**
 * Two values of one metric for the same line: with as many decimals as it takes to tell them apart, the same
 * number for both. Equal ones, and such as differ by less than anybody wants to read, are rounded as usual.
 */
export function formatPair(one: number, other: number, unit: Unit): readonly [string, string] {
  const usual = [formatValue(one, unit), formatValue(other, unit)] as const
  if (one === other || !Number.isFinite(one) || !Number.isFinite(other)) return usual
  for (let more = 0; more <= decimalsApart; more += 1) {
    const [a, b] = [rounded(Math.abs(one), unit, more).text, rounded(Math.abs(other), unit, more).text]
    if (a !== b || one < 0 !== other < 0) return [one < 0 ? `−${a}` : a, other < 0 ? `−${b}` : b]
  }
  return usual
}

/** The first text, in growing precision, that tells the value from `against`, or is exact where they are equal. */
function precise(value: number, unit: Unit, against: number | undefined): string {
  if (against === undefined) return rounded(value, unit, 0).text
  for (let more = 0; more <= moreDecimals; more += 1) {
    const { text, shown } = rounded(value, unit, more)
    const enough = value === against ? shown === value : text !== rounded(against, unit, more).text
    if (enough) return text
  }
  return `${value}${suffixes[unit]}`
}

interface Rounded {
  readonly text: string
  /** The number that the text says, in the metric's unit. */
  readonly shown: number
}

const suffixes: Readonly<Record<Unit, string>> = {
  count: '',
  percent: ' %',
  points: '',
  seconds: ' s',
  bytes: ' B',
  ratio: '',
}

function rounded(value: number, unit: Unit, more: number): Rounded {
  if (unit === 'seconds') return roundedDuration(value, more)
  if (unit === 'bytes') return roundedSize(value, more)
  return scaled(value, 1, unit === 'ratio' ? 3 + more : 1 + more, suffixes[unit])
}

function roundedDuration(value: number, more: number): Rounded {
  if (value === 0) return { text: '0 s', shown: 0 }
  if (value < 0.9995) return scaled(value, 0.001, value < 0.01 ? 1 + more : more, ' ms')
  if (value < 9.95 || more > 0) return scaled(value, 1, 1 + more, ' s')
  const whole = Math.round(value)
  const days = whole < 48 * 3600 ? 0 : Math.floor(whole / 86_400)
  const parts = [
    [days, 'd'],
    [Math.floor(whole / 3600) - days * 24, 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const
  const text = parts.flatMap(([count, name]) => (count === 0 ? [] : `${count} ${name}`)).join(' ')
  return { text, shown: whole }
}

function roundedSize(value: number, more: number): Rounded {
  const step = value < 1024 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), sizes.length - 1)
  return scaled(value, 1024 ** step, step === 0 ? more : 1 + more, ` ${sizes[step]}`)
}

/** `value ÷ factor` with at most so many decimals, without trailing zeros, thousands set apart. */
function scaled(value: number, factor: number, decimals: number, suffix: string): Rounded {
  // 200 × 0.001 is not 0.2, but 200 ÷ 1000 is: both ways through the reciprocal of a small factor.
  const number = factor < 1 ? value * Math.round(1 / factor) : value / factor
  const text = number.toFixed(decimals)
  const shown = factor < 1 ? Number(text) / Math.round(1 / factor) : Number(text) * factor
  // Above 10²¹ `toFixed` gives an exponent.
  if (!/^[\d.]+$/.test(text)) return { text: `${text}${suffix}`, shown }
  const [whole = '0', fraction = ''] = text.split('.')
  const rest = fraction.replace(/0+$/, '')
  return {
    text: `${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${rest === '' ? '' : `.${rest}`}${suffix}`,
    shown,
  }
}
