/** Counts, durations and what a rule saw, the same in every rendering. */
import { formatPair, formatValue } from '../gate/format-value.ts'
import type { RuleOutcome } from '../gate/rule.ts'

/** Stands where there is no value. */
export const missing = '–'

/** `12,345`. */
export function count(value: number): string {
  return formatValue(value, 'count')
}

/** `1 problem`, `12 problems`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

export function duration(seconds: number): string {
  return formatValue(seconds, 'seconds')
}

/** What a rule saw; for `delta.` with its sign. */
export function actualFigure({ rule, actual }: RuleOutcome): string {
  if (actual === undefined) return missing
  return formatValue(actual, rule.unit, { against: rule.limit, signed: rule.variant === 'delta' })
}

/** The metric's value at the base; for `new.` there is none to compare with. */
export function baseFigure({ rule, base, now }: RuleOutcome): string {
  if (base === undefined || rule.variant === 'new') return missing
  return now === undefined ? formatValue(base, rule.unit) : formatPair(base, now, rule.unit)[0]
}

/** A rule without the `warn` in front of it. */
export function ruleText(outcome: RuleOutcome): string {
  return outcome.rule.text.replace(/^warn\s+/, '')
}

/** A point of a chart, whose unit is a word: three decimals at most. */
export function pointFigure(value: number): string {
  return formatValue(value, 'ratio')
}

/** The same where a program reads it. */
export function pointNumber(value: number): number {
  return Math.round(value * 1000) / 1000
}
