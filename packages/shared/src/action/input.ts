/**
 * The kinds of inputs. Each builder gives an {@link InputSpec}, from which come the value's type in `run`,
 * `action.yml`, the README, the policy file's schema and the command-line option.
 */
import type { Rule } from '../gate/rule.ts'

export type InputKind =
  | 'text'
  | 'flag'
  | 'one-of'
  | 'integer'
  | 'number'
  | 'percent'
  | 'duration'
  | 'bytes'
  | 'lines'
  | 'map'
  | 'rules'
  | 'path'
  | 'secret'

export interface InputOptions {
  readonly description: string
  /** An earlier name; giving it is an error that names the new one. */
  readonly renamedFrom?: string | undefined
  /** `section` of the README table and the CLI help. */
  readonly section?: string | undefined
  readonly example?: string | undefined
  /** What of a value is secret, such as the password in an address: hidden before the value is used. */
  readonly hides?: ((value: string) => readonly string[]) | undefined
}

/** An input as declared. `T` is the type of its value in `run`, carried by `readonly type?: T` alone. */
export interface InputSpec<T = unknown> extends InputOptions {
  readonly kind: InputKind
  readonly type?: T | undefined
  /** As a user would write it. Absent: the input may be absent, and `T` includes undefined. */
  readonly default?: string | undefined
  /** For one-of. */
  readonly values?: readonly string[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  /** For `action.yml` only: an expression such as the token. */
  readonly expression?: string | undefined
  /** False for secrets and `policy-ref`: never read from the policy file. */
  readonly inPolicy?: boolean | undefined
}

export type InputSpecs = Readonly<Record<string, InputSpec>>
export type InputValue<S> = S extends InputSpec<infer T> ? T : never
export type InputValues<I extends InputSpecs> = { readonly [K in keyof I]: InputValue<I[K]> }

type Defaulted<O, T> = O extends { readonly default: string } ? T : T | undefined

export function text<const O extends InputOptions & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, string>> {
  return { kind: 'text', ...options }
}

/**
 * What only GitHub knows and gives by an expression, such as the matrix of a job. Nobody writes it: it is no option,
 * not in the policy file, and not shown among the settings. Undefined outside of GitHub.
 */
export function fromGithub(options: {
  readonly description: string
  readonly section: string
  readonly expression: string
}): InputSpec<string | undefined> {
  return { kind: 'text', inPolicy: false, ...options }
}

/** Whether people give it. */
export function isGiven(spec: InputSpec): boolean {
  return spec.kind !== 'secret' && spec.expression === undefined
}

/** YAML 1.2 core booleans (`true`, `True`, `TRUE`, `false`, …); anything else is an error. */
export function flag<const O extends InputOptions & { readonly default?: 'true' | 'false' }>(
  options: O,
): InputSpec<Defaulted<O, boolean>> {
  return { kind: 'flag', ...options }
}

export function oneOf<
  const V extends readonly string[],
  const O extends InputOptions & { readonly default?: V[number] },
>(values: V, options: O): InputSpec<Defaulted<O, V[number]>> {
  return { kind: 'one-of', values, ...options }
}

interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
}

export function integer<const O extends InputOptions & Bounds & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, number>> {
  return { kind: 'integer', ...options }
}

export function number<const O extends InputOptions & Bounds & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, number>> {
  return { kind: 'number', ...options }
}

/** `80%` or `80`; the value is 80. */
export function percent<const O extends InputOptions & Bounds & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, number>> {
  return { kind: 'percent', ...options }
}

/** `90s`, `5m`, `1h30m`, `250ms`; the value is in seconds. A bare number is an error. */
export function duration<const O extends InputOptions & Bounds & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, number>> {
  return { kind: 'duration', ...options }
}

/** `512KB`, `10MiB`, `2G`; the value is in bytes. */
export function bytes<const O extends InputOptions & Bounds & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, number>> {
  return { kind: 'bytes', ...options }
}

/** One item a line; blank lines and lines that start with `#` are ignored. In the policy file a list. */
export function lines<const O extends InputOptions & { readonly default?: string }>(
  options: O,
): InputSpec<readonly string[]> {
  return { kind: 'lines', ...options }
}

/** One `key: value` or `key=value` a line; a value may repeat its key, the values then make a list. */
export function map<const O extends InputOptions & { readonly default?: string }>(
  options: O,
): InputSpec<Readonly<Record<string, readonly string[]>>> {
  return { kind: 'map', ...options }
}

/** Gate rules, one a line; see `gate/rule.ts`. */
export function rules<const O extends InputOptions & { readonly default?: string }>(
  options: O,
): InputSpec<readonly Rule[]> {
  return { kind: 'rules', ...options }
}

/** Repository-relative path with `/`; must stay inside the workspace, links resolved. */
export function path<const O extends InputOptions & { readonly default?: string }>(
  options: O,
): InputSpec<Defaulted<O, string>> {
  return { kind: 'path', ...options }
}

/** Masked before anything else happens; never read from the policy file. */
export function secret<const O extends InputOptions & { readonly expression?: string }>(
  options: O,
): InputSpec<string | undefined> {
  return { kind: 'secret', inPolicy: false, ...options }
}
