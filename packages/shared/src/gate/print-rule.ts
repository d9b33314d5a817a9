/** Rules as text. */
import type { Unit } from './metric.ts'
import type { Rule } from './rule.ts'

const suffixes: Readonly<Record<Unit, string>> = {
  count: '',
  percent: '%',
  points: '',
  seconds: 's',
  bytes: 'B',
  ratio: '',
}

/**
 * A rule in the language that `parseRules` reads; parsing it gives the same rule, save for its `text`. Equal for
 * rules that mean the same, whatever way they are written.
 */
export function printRule(rule: Omit<Rule, 'text' | 'source'>): string {
  const warn = rule.warn ? 'warn ' : ''
  const limit = `${String(rule.limit)}${suffixes[rule.unit]}`
  return `${warn}${metricName(rule)}${rule.optional ? '?' : ''} ${rule.comparator} ${limit}`
}

/** What a rule speaks about: `new.lint-errors`, `p95{endpoint="/orders"}`. */
export function metricName(rule: Pick<Rule, 'variant' | 'metric' | 'labels'>): string {
  const prefix = rule.variant === 'value' ? '' : `${rule.variant}.`
  return `${prefix}${rule.metric}${printLabels(rule.labels)}`
}

/** Empty where there are none; names sorted. */
export function printLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
