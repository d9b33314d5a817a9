/** What each kind of input is called, and what it takes; one table for messages, documentation and schema. */
import type { InputKind, InputSpec } from './input.ts'

export interface InputKindText {
  /** In tables: `duration`. */
  readonly name: string
  /** With an article and an example: `a duration such as …`. */
  readonly takes: string
  /** In the command line's help: `DURATION`; empty for a flag. */
  readonly placeholder: string
}

export const inputKinds: Readonly<Record<InputKind, InputKindText>> = {
  text: { name: 'text', takes: 'a text', placeholder: 'TEXT' },
  flag: { name: 'flag', takes: '`true` or `false`', placeholder: '' },
  'one-of': { name: 'choice', takes: 'one of the values listed', placeholder: 'VALUE' },
  integer: { name: 'integer', takes: 'a whole number such as `15`', placeholder: 'N' },
  number: { name: 'number', takes: 'a number such as `0.5`', placeholder: 'NUMBER' },
  percent: { name: 'percent', takes: 'a percentage such as `80%`', placeholder: 'PERCENT' },
  duration: {
    name: 'duration',
    takes: 'a duration such as `250ms`, `90s`, `5m` or `1h30m`',
    placeholder: 'DURATION',
  },
  bytes: { name: 'size', takes: 'a size such as `512KB`, `10MiB` or `2G`', placeholder: 'SIZE' },
  lines: { name: 'list', takes: 'a list, one item a line', placeholder: 'ITEM' },
  map: { name: 'map', takes: 'a map, one `key: value` a line', placeholder: 'KEY:VALUE' },
  rules: { name: 'rules', takes: 'gate rules, one a line', placeholder: 'RULE' },
  path: { name: 'path', takes: 'a path inside the repository', placeholder: 'PATH' },
  secret: { name: 'secret', takes: 'a secret', placeholder: 'SECRET' },
}

/** `off`, `on-failure` or `always` for a choice; the kind's name for the others. */
export function describeValues(spec: InputSpec): string {
  if (spec.kind === 'one-of') return (spec.values ?? []).map((value) => `\`${value}\``).join(', ')
  return inputKinds[spec.kind].name
}

/** True where several options or list items are collected into one value. */
export function isRepeatable(spec: InputSpec): boolean {
  return spec.kind === 'lines' || spec.kind === 'map' || spec.kind === 'rules'
}

/** True where the policy file may set the input. */
export function allowedInPolicy(name: string, spec: InputSpec): boolean {
  return spec.inPolicy !== false && spec.kind !== 'secret' && name !== 'policy-ref'
}
