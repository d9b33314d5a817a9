/** What is wrong with the inputs of a check beside their kinds. Pure. */
import type { CheckDefinition, CheckValues } from './definition.ts'
import { readPackages } from './packages.ts'
import { selectionOf, toolNameProblems, wishesOf } from './select.ts'

/** For `problems` of an action; `policy` is the action's section. */
export function checkInputProblems(
  definition: Pick<CheckDefinition, 'selection' | 'metrics'>,
  inputs: CheckValues,
  policy: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [
    ...toolNameProblems(selectionOf(definition), wishesOf(inputs)),
    ...readPackages(policy['packages'], inputs['working-directory'], definition.metrics).problems,
  ]
}
