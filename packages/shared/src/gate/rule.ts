/** A rule of the gate, and what came of it. The language is described in docs/gate.md. */
import type { Unit } from './metric.ts'

export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>='

export interface Rule {
  /** As written, without comment and with single spaces; identifies the rule in reports. */
  readonly text: string
  /** True for `warn …`: shown, never fails. */
  readonly warn: boolean
  readonly variant: 'value' | 'new' | 'delta'
  readonly metric: string
  /** Empty for the total. */
  readonly labels: Readonly<Record<string, string>>
  /** True for `metric?`: not measured is fine. */
  readonly optional: boolean
  readonly comparator: Comparator
  /** In the metric's unit: percent as 80 for `80%`, seconds for durations, bytes for sizes. */
  readonly limit: number
  readonly unit: Unit
  readonly source: 'default' | 'user' | 'built-in'
}

export type Outcome = 'passed' | 'failed' | 'warned' | 'not-measured' | 'no-base' | 'left-out'

export interface RuleOutcome {
  readonly rule: Rule
  readonly outcome: Outcome
  /** As kept (precision.ts), not as shown; absent when not measured. */
  readonly actual?: number | undefined
  /** Value of the metric itself and at the base, for the table; for `new.` and `delta.` beside `actual`. */
  readonly now?: number | undefined
  readonly base?: number | undefined
  /** Ids of the tools that fed the metric. */
  readonly tools: readonly string[]
  readonly at?: string | undefined
  /** One sentence: the number, the limit, and for outcomes without a number why there is none. */
  readonly message: string
  /** False where the outcome does not decide the verdict (warn, no-base, left-out, passed). */
  readonly decides: boolean
}

/** `failed`: a measured rule failed; `incomplete`: none failed, but one that counts was not measured. */
export type GateVerdict = 'passed' | 'failed' | 'incomplete'
