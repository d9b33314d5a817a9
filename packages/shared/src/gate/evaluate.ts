/** Compares metrics with rules. */
import type { Reason } from '../report/report.ts'
import { explain, missingMetric, noComparison, noToolChosen, ruleSubject } from './explain.ts'
import type { MetricDeclarations, MetricValue } from './metric.ts'
import { kept } from './precision.ts'
import { printLabels } from './print-rule.ts'
import type { Comparator, GateVerdict, Outcome, Rule, RuleOutcome } from './rule.ts'

export interface EvaluateOptions {
  readonly declarations: MetricDeclarations
  /** Metrics that the plan's tools should have fed. */
  readonly expected: ReadonlySet<string>
  /** By metric, names of the tools that only come upon what it counts; see `Tool`. */
  readonly inPassing?: ReadonlyMap<string, readonly string[]> | undefined
  /** `first-run`: there is nothing to compare with yet. `none`: there should be, but it could not be had. */
  readonly base: 'known' | 'none' | 'first-run'
  /** For `none`: why, as a clause without a full stop. */
  readonly baseWhy?: string | undefined
  /** Metrics whose value at the base nobody has stored yet, though the base itself is known; for rules on `delta.`. */
  readonly noHistory?: ReadonlySet<string> | undefined
}

export interface Judgement {
  /** In the order of rules. */
  readonly outcomes: readonly RuleOutcome[]
  readonly verdict: GateVerdict
  /** Why not passed; empty for passed. */
  readonly reasons: readonly Reason[]
}

/** Compares what was measured, not what is shown. Never passes while a rule that counts has nothing to compare. */
export function evaluate(
  rules: readonly Rule[],
  metrics: readonly MetricValue[],
  about: EvaluateOptions,
): Judgement {
  const values = new Map(metrics.map((value) => [value.name + printLabels(value.labels), value]))
  const outcomes = rules.map((rule) => {
    const value = values.get(rule.metric + printLabels(rule.labels))
    return value === undefined ? withoutValue(rule, metrics, about) : withValue(rule, value, about)
  })
  const deciding = outcomes.filter((outcome) => outcome.decides)
  const failed = deciding.filter((outcome) => outcome.outcome === 'failed')
  const unmeasured = deciding.filter((outcome) => outcome.outcome === 'not-measured')
  return {
    outcomes,
    verdict: failed.length > 0 ? 'failed' : unmeasured.length > 0 ? 'incomplete' : 'passed',
    reasons: [
      ...failed.map((outcome) => reason('rule-failed', outcome)),
      ...unmeasured.map((outcome) => reason('rule-not-measured', outcome)),
    ],
  }
}

function reason(code: string, outcome: RuleOutcome): Reason {
  return { code, rule: outcome.rule.text, message: outcome.message }
}

function withoutValue(rule: Rule, metrics: readonly MetricValue[], about: EvaluateOptions): RuleOutcome {
  const known = metrics.filter((value) => value.name === rule.metric)
  // A default rule on one tool's share says nothing where that tool was not chosen.
  const isExpected =
    about.expected.has(rule.metric) && (known.length === 0 || printLabels(rule.labels) === '')
  if (rule.source === 'default' && !isExpected) {
    const why = seenInPassing(rule, about) ?? noToolChosen
    const message = `\`${ruleSubject(rule, about.declarations)}\` is left out: ${why}`
    return { rule, outcome: 'left-out', tools: [], message, decides: false }
  }
  const why = known.some(({ labels }) => labels['tool'] === undefined)
    ? undefined
    : seenInPassing(rule, about)
  return notMeasured(rule, missingMetric(rule, known, about.declarations, why))
}

function seenInPassing(
  { metric, labels }: Rule,
  { inPassing, expected }: EvaluateOptions,
): string | undefined {
  const tools = inPassing?.get(metric)
  if (tools === undefined || expected.has(metric) || labels['tool'] !== undefined) return undefined
  return `no tool that looks for ${metric} was chosen; that ${tools.join(' and ')} came upon none does not say that there are none`
}

function notMeasured(rule: Rule, message: string, value?: MetricValue): RuleOutcome {
  return {
    rule,
    outcome: 'not-measured',
    ...(value && { now: value.value, base: value.base }),
    tools: value?.tools ?? [],
    message,
    decides: !rule.warn && !rule.optional,
  }
}

function withValue(rule: Rule, value: MetricValue, about: EvaluateOptions): RuleOutcome {
  const actual = actualOf(rule, value)
  if (Number.isNaN(actual)) return notMeasured(rule, missingMetric(rule, [], about.declarations))
  const now = { now: value.value, base: value.base, tools: value.tools, at: value.at }
  if (actual === undefined || (rule.variant !== 'value' && about.base !== 'known')) {
    const notStored = rule.variant === 'delta' && about.noHistory?.has(rule.metric)
    const firstTime = about.base === 'first-run' || (about.base === 'known' && notStored)
    const message = noComparison(rule, about.declarations, firstTime ? undefined : whyNoBase(about))
    if (!firstTime) return notMeasured(rule, message, value)
    return { rule, outcome: 'no-base', ...now, message, decides: false }
  }
  const outcome: Outcome = compare(actual, rule.comparator, rule.limit)
    ? 'passed'
    : rule.warn
      ? 'warned'
      : 'failed'
  const message = explain(rule, actual, value, about.declarations, outcome)
  return { rule, outcome, actual, ...now, message, decides: outcome === 'failed' }
}

function whyNoBase(about: EvaluateOptions): string {
  if (about.base === 'none') return about.baseWhy ?? 'there is no base to compare with'
  return 'not everything that feeds it could be compared with the base'
}

function actualOf(rule: Rule, value: MetricValue): number | undefined {
  if (rule.variant === 'value') return value.value
  if (rule.variant === 'new') return value.new
  return value.base === undefined ? undefined : kept(value.value - value.base)
}

export function compare(actual: number, comparator: Comparator, limit: number): boolean {
  switch (comparator) {
    case '==':
      return actual === limit
    case '!=':
      return actual !== limit
    case '<':
      return actual < limit
    case '<=':
      return actual <= limit
    case '>':
      return actual > limit
    case '>=':
      return actual >= limit
  }
}
