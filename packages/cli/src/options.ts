/** The options of an action on the command line, from its spec. */
import type { AnyAction, InputSection, InputSpec } from '@ci-actions/shared'
import { inputKinds, inputSections, isGiven, isRepeatable } from '@ci-actions/shared'

export interface Option {
  /** Without dashes. */
  readonly name: string
  /** What stands for the value in the help; empty where it takes none. */
  readonly placeholder: string
  readonly repeatable: boolean
  readonly description: string
  /** Absent for the options of the command line itself. */
  readonly spec?: InputSpec | undefined
}

export const formats = ['terminal', 'json', 'html', 'sarif'] as const
export type Format = (typeof formats)[number]

/** Options of every action that are no inputs. */
export const ownOptions: readonly Option[] = [
  own('format', 'FORMAT', `What standard output gets: ${formats.join(', ')}. Default: terminal.`),
  own('output', 'FILE', 'Writes that to a file instead.'),
  own('debug', '', 'Prints the plan, every command and every decision.'),
  own('help', '', 'This text.'),
  own('version', '', 'The version.'),
]

function own(name: string, placeholder: string, description: string): Option {
  return { name, placeholder, repeatable: false, description }
}

/** Secrets are left out, and what only GitHub knows: arguments can be seen by every process of the machine and stay in the shell's history. */
export function inputOptions(
  action: AnyAction,
): readonly { readonly title: string; readonly options: readonly Option[] }[] {
  return inputSections(action.allInputs).flatMap((section: InputSection) => {
    const options = section.inputs
      .filter(([, spec]) => isGiven(spec))
      .map(([name, spec]) => optionOf(name, spec))
    return options.length === 0 ? [] : [{ title: section.title, options }]
  })
}

function optionOf(name: string, spec: InputSpec): Option {
  return {
    name,
    placeholder: spec.kind === 'one-of' ? (spec.values ?? []).join('|') : inputKinds[spec.kind].placeholder,
    repeatable: isRepeatable(spec),
    description: spec.description,
    spec,
  }
}

export function optionsOf(action: AnyAction): readonly Option[] {
  return [...inputOptions(action).flatMap(({ options }) => options), ...ownOptions]
}
