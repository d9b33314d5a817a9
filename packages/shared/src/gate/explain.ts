/** Sentences about rules. Names stand between backticks, as in all prose of a report. */
import { formatPair, formatValue } from './format-value.ts'
import type { MetricDeclarations, MetricValue } from './metric.ts'
import { metricName } from './print-rule.ts'
import type { Comparator, Outcome, Rule } from './rule.ts'

const demands: Readonly<Record<Comparator, string>> = {
  '==': 'must be',
  '!=': 'must not be',
  '<': 'must be below',
  '<=': 'must be at most',
  '>': 'must be above',
  '>=': 'must be at least',
}

/** `new.lint-errors`, `lint-errors.pylint`, `p95{endpoint="/orders"}`. */
export function ruleSubject(rule: Rule, declarations: MetricDeclarations): string {
  const [label, ...more] = Object.entries(rule.labels)
  const primary = declarations[rule.metric]?.primaryLabel ?? 'tool'
  if (label === undefined || more.length > 0 || label[0] !== primary || !/^[\w-]+$/.test(label[1])) {
    return metricName(rule)
  }
  return `${metricName({ ...rule, labels: {} })}.${label[1]}`
}

/** "`score` is 71.4, must be above 80". */
export function explain(
  rule: Rule,
  actual: number,
  value: MetricValue,
  declarations: MetricDeclarations,
  outcome: Outcome,
): string {
  const delta = rule.variant === 'delta'
  // A change of a percentage is in points, which `-1.2` alone does not say.
  const points = delta && value.unit === 'percent' ? ' points' : ''
  const seen = formatValue(actual, rule.unit, { against: rule.limit, signed: delta }) + points
  const limit = formatValue(rule.limit, rule.unit, { exact: true }) + points
  const demand = `${demands[rule.comparator]} ${limit}`
  const sides = delta && value.base !== undefined ? ` (${sidesOf(value, value.base)})` : ''
  const subject = `\`${ruleSubject(rule, declarations)}\` is ${seen}${sides}`
  return outcome === 'passed' ? `${subject}; it ${demand}` : `${subject}, ${demand}`
}

function sidesOf(value: MetricValue, base: number): string {
  const [now, before] = formatPair(value.value, base, value.unit)
  return `${now} now, ${before} at the base`
}

/** Why a default rule says nothing. */
export const noToolChosen = 'no tool that feeds it was chosen'

/** Why a metric has no value; `known` are its values with other labels. `why`: a better reason than can be seen here. */
export function missingMetric(
  rule: Rule,
  known: readonly MetricValue[],
  declarations: MetricDeclarations,
  why?: string,
): string {
  const subject = `\`${ruleSubject(rule, declarations)}\` was not measured`
  if (why !== undefined) return `${subject}: ${why}`
  const names = Object.keys(rule.labels)
  if (names.length === 0 || known.length === 0) return `${subject}: nothing that feeds it gave a result`
  const others = known.filter((value) => sameNames(Object.keys(value.labels), names))
  const list = others.map((value) => `\`${ruleSubject({ ...rule, labels: value.labels }, declarations)}\``)
  return list.length === 0
    ? `${subject}: \`${rule.metric}\` has no such labels`
    : `${subject}; there is ${shortList(list)}`
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name))
}

function shortList(items: readonly string[]): string {
  const shown = items.slice(0, 10).join(', ')
  return items.length > 10 ? `${shown} and ${items.length - 10} more` : shown
}

/** `why`: absent on a first run, which is nobody's fault. */
export function noComparison(rule: Rule, declarations: MetricDeclarations, why: string | undefined): string {
  const subject = `\`${ruleSubject(rule, declarations)}\``
  if (why === undefined) return `${subject}: nothing to compare with yet; it counts from the next run on`
  return `${subject} was not measured: ${why}`
}
