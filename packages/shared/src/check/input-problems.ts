/** What is wrong with the inputs of a check beside their kinds. Pure. */
import type { CheckDefinition, CheckValues } from './definition.ts'
import { readPackages } from './packages.ts'
import { toolNameProblems, wishesOf } from './select.ts'

/** For `problems` of an action; `policy` is the action's section. */
export function checkInputProblems(
  { selection, metrics }: Pick<CheckDefinition, 'selection' | 'metrics'>,
  inputs: CheckValues,
  policy: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [
    ...toolNameProblems(selection, wishesOf(inputs)),
    ...readPackages(policy['packages'], inputs['working-directory'], metrics).problems,
  ]
}
