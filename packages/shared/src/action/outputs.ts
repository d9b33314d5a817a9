/** The outputs of an action: those of all actions, the metrics that are outputs, and its own. */
import type { MetricDeclarations } from '../gate/metric.ts'
import type { AnyAction, OutputSpec } from './spec.ts'

export interface NamedOutput extends OutputSpec {
  readonly name: string
}

const commonOutputs: readonly NamedOutput[] = [
  {
    name: 'verdict',
    description:
      '`passed`, `failed`, `incomplete` (something that counts could not be measured) or `error`. Written before anything else as `incomplete`.',
  },
  {
    name: 'report-dir',
    description: 'Folder with the evidence, relative to the workspace, for `actions/upload-artifact`.',
  },
  {
    name: 'result',
    description: 'The result as JSON without findings, at most 60 KB; see `schemas/result.json`.',
  },
]

export function outputsOf(action: AnyAction): readonly NamedOutput[] {
  const metrics: MetricDeclarations = action.metrics
  const measured = Object.entries(metrics).flatMap(([name, { output, description }]) =>
    output === true ? [{ name, description: `${description} Empty where it was not measured.` }] : [],
  )
  const own = Object.entries<OutputSpec>(action.outputs ?? {}).map(([name, { description }]) => ({
    name,
    description,
  }))
  return [...commonOutputs, ...measured, ...own]
}
