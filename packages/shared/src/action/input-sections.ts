/** Inputs in the order of documentation: by section, and what only matters on a laptop last. */
import type { InputSpec, InputSpecs } from './input.ts'

export interface InputSection {
  readonly title: string
  readonly inputs: readonly (readonly [name: string, spec: InputSpec])[]
}

const order: readonly string[] = ['Verdict', 'Scope', 'Tools', 'Environment', 'Limits', 'Reporting', 'Laptop']
const other = 'Other'

export function inputSections(specs: InputSpecs): readonly InputSection[] {
  const sections = Map.groupBy(Object.entries(specs), ([, spec]) => spec.section ?? other)
  const rank = (title: string) => (order.includes(title) ? order.indexOf(title) : order.length)
  return [...sections]
    .map(([title, inputs]) => ({ title, inputs }))
    .toSorted((a, b) => rank(a.title) - rank(b.title))
}
