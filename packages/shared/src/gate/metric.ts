/** Metrics: what is counted and measured, and how parts of it add up. */

export type Unit = 'count' | 'percent' | 'points' | 'seconds' | 'bytes' | 'ratio'

/** A metric as an action's spec declares it. */
export interface MetricDeclaration {
  readonly description: string
  readonly unit: Unit
  /**
   * How parts (tools, packages, files) make the total: `sum`; `max`; `ratio`, Σ value ÷ Σ of, in percent when
   * the unit is percent; `only`, one part is the total (a derived figure such as a score).
   */
  readonly adds: 'sum' | 'max' | 'ratio' | 'only'
  readonly better: 'lower' | 'higher'
  /** For metrics counted from findings: one a finding, or one a file that has any. */
  readonly counts?: 'findings' | 'files' | undefined
  /** The label that `metric.label` in a rule means; default `tool`. */
  readonly primaryLabel?: string | undefined
  /** Of a count of findings by `rule`: the rules that are counted in any case, so that none is 0. */
  readonly labelValues?: readonly string[] | undefined
  /** True where the metric is also an output of the action. */
  readonly output?: boolean | undefined
}

export type MetricDeclarations = Readonly<Record<string, MetricDeclaration>>

/** One measured part of a metric, before adding up. */
export interface Measurement {
  readonly metric: string
  readonly value: number
  /** Denominator of a `ratio`; `value` is then the numerator. */
  readonly of?: number | undefined
  /** Repository-relative file that it belongs to; makes it part of a remembered per-file result. */
  readonly path?: string | undefined
  /** What it was measured at, such as the function with the highest complexity; shown in the rules table. */
  readonly at?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
}

/** A metric with its value added up. Without labels it is the total. */
export interface MetricValue {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly unit: Unit
  /** Value at the base, where it is known. */
  readonly base?: number | undefined
  /** How much of it is new, for metrics counted from findings and where the base is known. */
  readonly new?: number | undefined
  /** Tools that fed it, by id. */
  readonly tools: readonly string[]
  readonly at?: string | undefined
}
