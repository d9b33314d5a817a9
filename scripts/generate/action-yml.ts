/** `action.yml` from a spec. */
import { stringify } from 'yaml'
import type { InputSpec } from '../../packages/shared/src/action/input.ts'
import { inputKinds } from '../../packages/shared/src/action/input-kinds.ts'
import { inputSections } from '../../packages/shared/src/action/input-sections.ts'
import { outputsOf } from '../../packages/shared/src/action/outputs.ts'
import type { AnyAction } from '../../packages/shared/src/action/spec.ts'

export function renderActionYml(action: AnyAction): string {
  const inputs = inputSections(action.allInputs).flatMap(({ inputs }) => inputs)
  const content = {
    name: action.title,
    description: action.description,
    author: 'ci-actions',
    branding: action.branding,
    inputs: Object.fromEntries(inputs.map(([name, spec]) => [name, inputOf(name, spec)])),
    outputs: Object.fromEntries(outputsOf(action).map(({ name, description }) => [name, { description }])),
    runs: { using: 'node24', main: 'dist/index.js' },
  }
  const header = '# Generated from src/action.ts by `make generate`; do not edit.\n'
  return header + stringify(content, { lineWidth: 110, singleQuote: true })
}

/**
 * No default but an expression's: an input that is not given must look so, for the policy file to have its say.
 * Expressions in descriptions are refused here, because GitHub evaluates them and then refuses the action.
 */
function inputOf(name: string, spec: InputSpec): Readonly<Record<string, unknown>> {
  const description = describeInput(spec)
  if (description.includes('${{')) throw new Error(`description of input ${name} holds an expression`)
  return { description, required: false, ...(spec.expression !== undefined && { default: spec.expression }) }
}

/** Kinds whose values are not plain from description and default. */
const needsWords: ReadonlySet<string> = new Set(['integer', 'number', 'percent', 'duration', 'bytes'])

/** With what it takes, its default and an example, which the tables have in columns of their own. */
export function describeInput(spec: InputSpec): string {
  const parts = [spec.description]
  if (spec.kind === 'one-of')
    parts.push(`One of ${(spec.values ?? []).map((value) => `\`${value}\``).join(', ')}.`)
  else if (needsWords.has(spec.kind)) parts.push(`Takes ${inputKinds[spec.kind].takes}.`)
  if (spec.default !== undefined) parts.push(`Default: \`${spec.default}\`.`)
  if (spec.example !== undefined) parts.push(`Example: \`${spec.example}\`.`)
  return parts.join(' ')
}
