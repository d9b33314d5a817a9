/** The spec of an action: one value, from which everything that repeats it is generated. */
import type { MetricDeclarations } from '../gate/metric.ts'
import type { Host } from '../host/ports.ts'
import type { Report } from '../report/report.ts'
import type { ToolProgress } from '../tool/run-request.ts'
import { commonInputs } from './common-inputs.ts'
import type { InputSpecs, InputValues } from './input.ts'
import type { PolicySource } from './policy-file.ts'

export interface PermissionNeed {
  /** Such as `contents: read`. */
  readonly permission: string
  readonly reason: string
  /** False where the action degrades without it. */
  readonly required: boolean
}

/** A host that the action talks to, for allow-lists. */
export interface Contact {
  readonly host: string
  readonly reason: string
}

export interface OutputSpec {
  readonly description: string
}

/** Where a value came from, for the report. */
export interface InputOrigin {
  readonly name: string
  /** As given, redacted. */
  readonly value: string
  readonly from: string
}

export interface PolicyReading<I extends InputSpecs> {
  readonly inputs: InputValues<I> & InputValues<typeof commonInputs>
  readonly policy: Readonly<Record<string, unknown>>
}

/** Everything that `run` gets. */
export interface ActionContext<I extends InputSpecs> {
  readonly inputs: InputValues<I> & InputValues<typeof commonInputs>
  /** Non-default values. */
  readonly origins: readonly InputOrigin[]
  /** The action's section of the policy file: what is not an input, such as `packages`. */
  readonly policy: Readonly<Record<string, unknown>>
  /** What inputs and section would be with another policy file, or with none; what is wrong has its default. */
  readonly underPolicy: (source: PolicySource | undefined) => PolicyReading<I>
  readonly host: Host
  /** Absolute path of this run's report folder; exists. */
  readonly reportFolder: string
  /** Given where somebody watches the tools run. */
  readonly onProgress?: ((event: ToolProgress) => void) | undefined
}

export interface ActionDefinition<I extends InputSpecs, M extends MetricDeclarations> {
  /** Kebab-case; folder, tag and key. */
  readonly name: string
  /** As in a heading: `Quality gate`. */
  readonly title: string
  readonly version: string
  /** For the marketplace: at most 125 characters. */
  readonly description: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly permissions: readonly PermissionNeed[]
  readonly contacts: readonly Contact[]
  readonly inputs: I
  readonly metrics: M
  /** Outputs beside `verdict`, `report-dir`, `result` and the metrics declared with `output: true`. */
  readonly outputs?: Readonly<Record<string, OutputSpec>> | undefined
  /** Default gate rules, one a line. */
  readonly gate: string
  /**
   * Pure: what is wrong with inputs that are right by their kinds, and with the policy section's other keys;
   * reported together with everything else.
   */
  problems?(
    inputs: InputValues<I> & InputValues<typeof commonInputs>,
    policy: Readonly<Record<string, unknown>>,
    /** Milliseconds since 1970, for what is written down with an end. */
    now: number,
  ): readonly string[]
  readonly run: (context: ActionContext<I>) => Promise<ActionOutcome>
}

/** What `run` returns: the report without what `runAction` itself knows. */
export interface ActionOutcome {
  readonly report: Omit<
    Report,
    'action' | 'title' | 'actionVersion' | 'id' | 'enforced' | 'inputs' | 'reportFolder' | 'seconds'
  >
  /** Further outputs, declared in `outputs`. */
  readonly outputs?: Readonly<Record<string, string>> | undefined
  /** Files for the report folder, by relative name. */
  readonly files?: Readonly<Record<string, string>> | undefined
}

/** A defined action; inputs common to all are part of `inputs`. */
export interface Action<I extends InputSpecs = InputSpecs, M extends MetricDeclarations = MetricDeclarations>
  extends ActionDefinition<I, M> {
  readonly allInputs: InputSpecs
}

/** An action whose own types are erased, for registries of mixed actions. */
// biome-ignore lint/suspicious/noExplicitAny: `run` is contravariant in its inputs; this is the one erased type.
export type AnyAction = Action<any, any>

export function defineAction<const I extends InputSpecs, const M extends MetricDeclarations>(
  definition: ActionDefinition<I, M>,
): Action<I, M> {
  return { ...definition, allInputs: { ...definition.inputs, ...commonInputs } }
}
