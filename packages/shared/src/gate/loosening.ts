/** What a change takes away from its own gate. Pure. */
import type { Comparator, Rule } from './rule.ts'

/** One sentence for each rule of `base` that `head` drops, weakens, or turns into a warning. */
export function looserRules(base: readonly Rule[], head: readonly Rule[]): readonly string[] {
  return base.flatMap((rule) => {
    if (rule.warn) return []
    const same = head.filter((other) => subject(other) === subject(rule))
    if (same.some((other) => !other.warn && isAsStrict(other, rule))) return []
    const [instead] = same
    return [instead === undefined ? `\`${rule.text}\` is dropped` : `\`${rule.text}\` → \`${instead.text}\``]
  })
}

function subject(rule: Rule): string {
  const labels = Object.entries(rule.labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([rule.variant, rule.metric, labels])
}

/** Whether all that passes `a` passes `b`. Where that cannot be said, it is not. */
function isAsStrict(a: Rule, b: Rule): boolean {
  if (a.optional && !b.optional) return false
  const below = upperBound(b)
  const above = lowerBound(b)
  if (b.comparator === '!=') return a.comparator === '!=' ? a.limit === b.limit : !admits(a, b.limit)
  return (
    (below === undefined || within(upperBound(a), below, 1)) &&
    (above === undefined || within(lowerBound(a), above, -1))
  )
}

interface Bound {
  readonly limit: number
  /** Whether the limit itself passes. */
  readonly included: boolean
}

function upperBound({ comparator, limit }: Rule): Bound | undefined {
  if (comparator === '<') return { limit, included: false }
  return comparator === '<=' || comparator === '==' ? { limit, included: true } : undefined
}

function lowerBound({ comparator, limit }: Rule): Bound | undefined {
  if (comparator === '>') return { limit, included: false }
  return comparator === '>=' || comparator === '==' ? { limit, included: true } : undefined
}

/** Whether bound `a` is on the strict side of `b`; `direction` 1 for upper bounds, −1 for lower ones. */
function within(a: Bound | undefined, b: Bound, direction: 1 | -1): boolean {
  if (a === undefined) return false
  const distance = (b.limit - a.limit) * direction
  return distance > 0 || (distance === 0 && (b.included || !a.included))
}

const comparisons: Readonly<Record<Comparator, (value: number, limit: number) => boolean>> = {
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
}

function admits(rule: Rule, value: number): boolean {
  return comparisons[rule.comparator](value, rule.limit)
}
