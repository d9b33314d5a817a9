/** What is wrong with the inputs of a check beside their kinds. Pure. */
import type { CheckDefinition, CheckValues } from './definition.ts'
import { readPackages } from './packages.ts'
import { selectionOf, toolNameProblems, wishesOf } from './select.ts'

/** `isGiven`: see `toolNameProblems`. */
export interface CheckedDefinition extends Pick<CheckDefinition, 'selection' | 'metrics'> {
  isGiven?(name: string): boolean
}

/** For `problems` of an action; `policy` is the action's section. */
export function checkInputProblems(
  definition: CheckedDefinition,
  inputs: CheckValues,
  policy: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [
    ...toolNameProblems(selectionOf(definition), wishesOf(inputs), definition.isGiven),
    ...readPackages(policy['packages'], inputs['working-directory'], definition.metrics).problems,
  ]
}
