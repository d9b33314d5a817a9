/** Which rules hold: the action's own, the user's, and one that is always there. */
import { printLabels, printRule } from './print-rule.ts'
import type { Rule } from './rule.ts'

/** In every gate: a verdict without its tools is worth nothing. `optional-tools` exempts by name. */
export const toolsFailedRule: Rule = {
  text: 'tools-failed == 0',
  warn: false,
  variant: 'value',
  metric: 'tools-failed',
  labels: {},
  optional: false,
  comparator: '==',
  limit: 0,
  unit: 'count',
  source: 'built-in',
}

/**
 * The user's rules replace default rules on the same metric with the same labels, `new.` and `delta.`
 * included; with `off` there are no other defaults. {@link toolsFailedRule} stays in any case. Defaults come
 * first, in their order, so that a table of rules keeps its shape.
 */
export function mergeRules(
  defaults: readonly Rule[],
  user: readonly Rule[],
  defaultGate: 'on' | 'off',
): readonly Rule[] {
  const replaced = new Set(user.map(subject))
  const builtIn = defaults.filter((rule) => rule.source === 'built-in' && !isToolsFailed(rule))
  const kept = defaultGate === 'off' ? [] : defaults.filter((rule) => isReplaceable(rule, replaced))
  return [...kept, ...user.filter((rule) => !isToolsFailed(rule)), ...builtIn, toolsFailedRule]
}

function isReplaceable(rule: Rule, replaced: ReadonlySet<string>): boolean {
  return rule.source !== 'built-in' && !isToolsFailed(rule) && !replaced.has(subject(rule))
}

function subject(rule: Rule): string {
  return rule.metric + printLabels(rule.labels)
}

/** The same rule, whoever wrote it; the built-in one stands for it. */
function isToolsFailed(rule: Rule): boolean {
  return printRule(rule) === printRule(toolsFailedRule)
}
