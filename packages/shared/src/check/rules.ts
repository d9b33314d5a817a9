/** Which gate rules hold: the defaults of the scope, the user's, and those of single packages. Pure. */
import { mergeRules } from '../gate/merge-rules.ts'
import { parseRules } from '../gate/parse-rules.ts'
import type { Rule } from '../gate/rule.ts'
import type { CheckDefinition, CheckValues } from './definition.ts'
import type { PackageSpec } from './packages.ts'

export function rulesOf(
  definition: Pick<CheckDefinition, 'gate' | 'metrics'>,
  inputs: Pick<CheckValues, 'scope' | 'gate' | 'default-gate'>,
  packages: readonly PackageSpec[],
): readonly Rule[] {
  const defaults = parseRules(definition.gate[inputs.scope], definition.metrics, 'default')
  return [
    ...mergeRules(defaults.rules, inputs.gate, inputs['default-gate']),
    ...packages.flatMap(({ rules }) => rules),
  ]
}
