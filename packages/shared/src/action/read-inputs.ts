/** Reads an action's inputs, once and first: secrets masked, then policy file, values and paths. */
import type { Host } from '../host/ports.ts'
import { commonInputs } from './common-inputs.ts'
import { UserError } from './errors.ts'
import type { PolicyRequest } from './find-policy.ts'
import { findPolicy } from './find-policy.ts'
import type { InputSpecs, InputValues } from './input.ts'
import type { MergedInputs } from './merge-inputs.ts'
import { mergeInputs } from './merge-inputs.ts'
import { offlineRemarks, withoutNetwork } from './offline.ts'
import type { PolicySection, PolicySource } from './policy-file.ts'
import { readPolicy } from './policy-file.ts'
import type { AnyAction, InputOrigin } from './spec.ts'
import { checkPath } from './workspace-path.ts'

export type CommonValues = InputValues<typeof commonInputs>

export interface ReadInputs {
  /** One value for each input of the action; where what was given is wrong, the default. */
  readonly values: Readonly<Record<string, unknown>> & CommonValues
  readonly origins: readonly InputOrigin[]
  /** What stands in the policy file's section and is no input. */
  readonly policy: Readonly<Record<string, unknown>>
  readonly underPolicy: (source: PolicySource | undefined) => {
    readonly inputs: ReadInputs['values']
    readonly policy: Readonly<Record<string, unknown>>
  }
  readonly notices: readonly string[]
  /** Everything that is wrong; what is to be thrown as one error. */
  readonly error?: UserError | undefined
}

/**
 * What is wrong with the inputs is in `error`, beside the values that could be read, so that the report of that
 * error finds its place. Throws an `UnavailableError` where the base's policy file is asked for and not to be had.
 */
export async function readInputs(action: AnyAction, host: Host): Promise<ReadInputs> {
  const specs: InputSpecs = action.allInputs
  maskSecrets(specs, host)
  const sources = {
    given: (name: string) => host.runner.input(name),
    names: host.runner.inputNames(),
    givenBy: host.facts.kind === 'local' ? 'command line' : '`with:`',
    metrics: action.metrics,
  }
  const first = commonOf(mergeInputs(specs, sources))
  const { policy, problems, notices } = await readPolicySection(action, host, first)
  const merged = mergeInputs(specs, { ...sources, ...(policy !== undefined && { policy }) })
  const checked = await checkPaths(specs, merged, host)
  const values = commonOf(checked)
  const own: readonly string[] = action.problems?.(values, policy?.extras ?? {}, host.clock.now()) ?? []
  const offline = offlineRemarks(values, host.facts.kind)
  const all = [...merged.problems, ...problems, ...checked.problems, ...own, ...offline.problems]
  return {
    values,
    origins: merged.origins.map((origin) => ({ ...origin, value: host.runner.redact(origin.value) })),
    policy: policy?.extras ?? {},
    underPolicy(source) {
      const section = source === undefined ? undefined : readPolicy(source, action)
      const inputs = commonOf(mergeInputs(specs, { ...sources, policy: section }))
      return { inputs, policy: section?.extras ?? {} }
    },
    notices: [...notices, ...(policy?.notices ?? []), ...offline.notices],
    ...(all.length > 0 && { error: new UserError(all) }),
  }
}

/** Line by line too, since logs are. */
function maskSecrets(specs: InputSpecs, host: Host): void {
  for (const [name, spec] of Object.entries(specs)) {
    const given = host.runner.input(name) ?? ''
    for (const line of given.split(/\r?\n/))
      for (const part of spec.hides?.(line) ?? []) host.runner.mask(part)
    const value = spec.kind === 'secret' ? host.runner.input(name) : undefined
    if (value === undefined) continue
    host.runner.mask(value)
    if (/[\r\n]/.test(value)) for (const line of value.split(/[\r\n]+/)) host.runner.mask(line)
  }
}

/** Every spec's reader gives a value of the spec's type, so the common inputs have theirs. */
function commonOf(merged: MergedInputs): ReadInputs['values'] {
  return merged.values as ReadInputs['values']
}

interface PolicyReading {
  readonly policy?: PolicySection | undefined
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

async function readPolicySection(
  action: AnyAction,
  host: Host,
  given: ReadInputs['values'],
): Promise<PolicyReading> {
  const base = given['base']
  const request = {
    ref: given['policy-ref'],
    base: typeof base === 'string' ? base : undefined,
    token: given.token,
    workingDirectory: given['working-directory'],
  }
  try {
    const offline = await isOffline(action, host, request)
    const where = offline ? withoutNetwork(host) : host
    const { source, notices } = await findPolicy(where, { ...request, offline })
    return { notices, problems: [], ...(source !== undefined && { policy: readPolicy(source, action) }) }
  } catch (error) {
    if (error instanceof UserError) return { problems: error.problems, notices: [] }
    throw error
  }
}

/** Before the network is asked for the policy file of the base: of that of the head nothing else counts then. */
async function isOffline(
  action: AnyAction,
  host: Host,
  request: Omit<PolicyRequest, 'offline'>,
): Promise<boolean> {
  const sources = {
    given: (name: string) => host.runner.input(name),
    names: [],
    givenBy: '',
    metrics: action.metrics,
  }
  const merged = (policy?: PolicySection) =>
    mergeInputs({ offline: commonInputs.offline }, { ...sources, policy }).values['offline'] === true
  if (merged() || request.ref === 'head') return merged()
  try {
    const { source } = await findPolicy(host, { ...request, ref: 'head', offline: true })
    return merged(source && readPolicy(source, action))
  } catch (error) {
    // What is wrong there is of no concern to the policy of the base.
    if (error instanceof UserError) return false
    throw error
  }
}

async function checkPaths(specs: InputSpecs, merged: MergedInputs, host: Host): Promise<MergedInputs> {
  const problems: string[] = []
  const values: Record<string, unknown> = { ...merged.values }
  for (const [name, spec] of Object.entries(specs)) {
    const given = values[name]
    if (spec.kind !== 'path' || typeof given !== 'string') continue
    const checked = await checkPath(host.files, host.facts.workspace, given)
    if ('problem' in checked) {
      problems.push(`\`${name}\`: ${checked.problem}`)
      values[name] = spec.default
    } else {
      values[name] = checked.path
    }
  }
  return { ...merged, values, problems }
}
