/**
 * What was measured, beside what the run of the base measured. The history keeps totals, so they are compared as
 * totals: no part of them has to be known. Pure.
 */
import type { HistoryRun, MetricValue, Rule } from '@ci-actions/shared'
import { metricName } from '@ci-actions/shared'

/** With the values of the base's run. */
export function withBaseValues(
  values: readonly MetricValue[],
  base: Pick<HistoryRun, 'values'> | undefined,
): readonly MetricValue[] {
  const known = new Map(Object.entries(base?.values ?? {}))
  return values.map((value) => {
    const before = known.get(keyOf(value))
    return before === undefined ? value : { ...value, base: before }
  })
}

/**
 * What later runs are compared with: the totals, and what the rules on `delta.` speak about, such as
 * `coverage{path="src/payments/**"}`. Such a rule therefore counts from the run after the one that brought it.
 */
export function valuesToKeep(
  values: readonly MetricValue[],
  rules: readonly Rule[],
): Readonly<Record<string, number>> {
  const asked = new Set(rules.filter(({ variant }) => variant === 'delta').map(keyOfRule))
  return Object.fromEntries(
    values
      .filter((value) => Object.keys(value.labels).length === 0 || asked.has(keyOf(value)))
      .map((value) => [keyOf(value), value.value]),
  )
}

/** Metrics that the run of the base has no value of, so that there is nothing to compare with yet. */
export function metricsWithoutBase(values: readonly MetricValue[]): ReadonlySet<string> {
  return new Set(values.filter(({ base }) => base === undefined).map(({ name }) => name))
}

function keyOf({ name, labels }: MetricValue): string {
  return metricName({ variant: 'value', metric: name, labels })
}

function keyOfRule(rule: Rule): string {
  return metricName({ ...rule, variant: 'value' })
}
