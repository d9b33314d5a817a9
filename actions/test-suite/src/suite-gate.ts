/** The rules that hold for a run, and what they come to. */
import type { EvaluateOptions, Judgement, MetricValue, Rule } from '@ci-actions/shared'
import { evaluate, mergeRules, parseRules } from '@ci-actions/shared'
import { metricsWithoutBase, withBaseValues } from './base-values.ts'
import { gate } from './gate.ts'
import type { GatheredTests } from './gathered.ts'
import { metrics } from './metrics.ts'
import type { Suite } from './suite.ts'
import type { ComparedFailures } from './suite-history.ts'

export interface JudgedValues {
  /** With their values at the base. */
  readonly all: readonly MetricValue[]
  readonly judged: Judgement
  readonly notices: readonly string[]
}

export function judgeValues(
  { context: { inputs }, packages }: Suite,
  { nothingToRun, partial, problems }: GatheredTests,
  before: ComparedFailures,
  {
    measured,
    expected,
  }: { readonly measured: readonly MetricValue[]; readonly expected: ReadonlySet<string> },
): JudgedValues {
  const defaults = parseRules(gate, metrics, 'default').rules.filter(
    ({ metric }) => metric !== 'tests' || !nothingToRun,
  )
  // A part of the tests, or a run that broke off, is no more comparable with the base's run next time.
  const comparable = !partial && problems.length === 0
  const all = comparable ? withBaseValues(measured, before.failures.base) : measured
  const rules = [
    ...mergeRules(defaults, inputs.gate, inputs['default-gate']),
    ...packages.flatMap((each) => each.rules),
  ]
  const judged = evaluate(partial ? rules.filter((rule) => !isAboutCoverage(rule)) : rules, all, {
    declarations: metrics,
    expected,
    ...baseOf(before),
    ...(comparable && { noHistory: metricsWithoutBase(all) }),
  })
  return { all, judged, notices: partial ? leftOutNotices(inputs.gate) : [] }
}

/** A part of the tests covers a part of the code: a shard, or what a change can affect. Who runs all judges that. */
function isAboutCoverage({ metric }: Rule): boolean {
  return /^(?:branch-|patch-)?coverage$/.test(metric)
}

function leftOutNotices(wanted: readonly Rule[]): readonly string[] {
  const rules = wanted.filter(isAboutCoverage).map(({ text }) => `\`${text}\``)
  if (rules.length === 0) return []
  return [`Not judged here, since only a part of the tests ran: ${rules.join(', ')}.`]
}

/** No run of the base is a first run, unless the history could not be asked for one. */
function baseOf({ failures, why }: ComparedFailures): Pick<EvaluateOptions, 'base' | 'baseWhy'> {
  if (failures.base !== undefined) return { base: 'known' }
  return why === undefined ? { base: 'first-run' } : { base: 'none', baseWhy: why }
}
