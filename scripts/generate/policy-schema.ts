/** The JSON Schema of the policy file, for editors. It is stricter than the reader in spelling, never laxer. */

import type { InputKind, InputSpec } from '../../packages/shared/src/action/input.ts'
import { allowedInPolicy, inputKinds } from '../../packages/shared/src/action/input-kinds.ts'
import { policyPaths, sectionExtras, suiteActions } from '../../packages/shared/src/action/policy-file.ts'
import type { AnyAction } from '../../packages/shared/src/action/spec.ts'
import { justifications, suppressionStatuses } from '../../packages/shared/src/security/suppressions/entry.ts'
import { defaultLifetimes } from '../../packages/shared/src/security/suppressions/lifetime.ts'

type Schema = Readonly<Record<string, unknown>>

export function renderPolicySchema(actions: readonly AnyAction[]): string {
  const known = new Set(actions.map(({ name }) => name))
  const later = suiteActions.filter((name) => !known.has(name))
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Policy of ci-actions (${policyPaths[0]})`,
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(actions.map((action) => [action.name, sectionOf(action)])),
      ...Object.fromEntries(later.map((name) => [name, { type: 'object' }])),
    },
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

function sectionOf(action: AnyAction): Schema {
  const inputs = Object.entries<InputSpec>(action.allInputs).filter(([name, spec]) =>
    allowedInPolicy(name, spec),
  )
  return {
    type: ['object', 'null'],
    description: action.description,
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(inputs.map(([name, spec]) => [name, inputSchema(spec)])),
      ...Object.fromEntries(sectionExtras(action.name).map((name) => [name, extraSchemas[name]])),
    },
  }
}

const list: Schema = { type: 'array', items: { type: ['string', 'number'] } }

const packagesSchema: Schema = {
  type: 'object',
  description: 'Packages of a monorepo by name, each with its folder and, if wanted, gate rules of its own.',
  additionalProperties: {
    oneOf: [
      { type: 'string' },
      {
        type: 'object',
        required: ['path'],
        additionalProperties: false,
        properties: { path: { type: 'string' }, gate: { oneOf: [{ type: 'string' }, list] } },
      },
    ],
  },
}

/** What every decision that holds for a while says. */
const decision = {
  reason: { type: 'string', minLength: 1 },
  owner: { type: 'string', minLength: 1 },
  expires: {
    type: 'string',
    description: 'Last day, such as 2026-03-31.',
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  },
} as const

const quarantineSchema: Schema = {
  type: ['array', 'null'],
  description: 'Tests whose failures are reported and do not count, each until a day that is not far away.',
  items: {
    type: 'object',
    required: ['test', 'reason', 'owner', 'expires'],
    additionalProperties: false,
    properties: {
      test: { type: 'string', description: 'Id of the test; `*` stands for any text.', pattern: '[^*\\s]' },
      ...decision,
    },
  },
}

const suppressionsSchema: Schema = {
  type: ['array', 'null'],
  description: 'Risks that are reported and do not count, each until a day that its severity allows.',
  items: {
    type: 'object',
    required: ['id', 'reason', 'owner', 'expires'],
    additionalProperties: false,
    properties: {
      id: {
        type: 'string',
        description: 'Identity of the risk, as the report shows it.',
        pattern: '^\\s*(vulnerability|secret|weakness|misconfiguration|license|hygiene) ',
      },
      ...decision,
      status: { enum: suppressionStatuses },
      justification: { description: 'With `not-affected`; a label of OpenVEX.', enum: justifications },
    },
    dependencies: {
      justification: { required: ['status'], properties: { status: { const: 'not-affected' } } },
    },
  },
}

const limitsSchema: Schema = {
  type: ['object', 'null'],
  description: 'How many days a suppression may hold, by severity.',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(defaultLifetimes).map(([severity, days]) => [
      severity,
      { type: 'integer', minimum: 1, maximum: 3650, default: days },
    ]),
  ),
}

/** By the names of `sectionExtras`. */
const extraSchemas: Readonly<Record<string, Schema>> = {
  packages: packagesSchema,
  quarantine: quarantineSchema,
  suppressions: suppressionsSchema,
  'suppression-limits': limitsSchema,
}

function inputSchema(spec: InputSpec): Schema {
  const { default: standard, example } = spec
  return {
    description: spec.description,
    ...shapeOf(spec),
    ...(standard !== undefined && { default: nativeDefault(spec, standard) }),
    ...(example !== undefined && { examples: [example] }),
  }
}

const shapes: Readonly<Record<Exclude<InputKind, 'one-of' | 'integer' | 'number'>, Schema>> = {
  text: { type: ['string', 'number'] },
  path: { type: 'string' },
  secret: { type: 'string' },
  flag: { type: 'boolean' },
  percent: { oneOf: [{ type: 'number' }, { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' }] },
  duration: { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h) ?)+$' },
  bytes: { type: 'string', pattern: '^\\d+(\\.\\d+)? ?([kKMGT](i?B)?|B)$' },
  lines: { oneOf: [{ type: 'string' }, list] },
  rules: { oneOf: [{ type: 'string' }, list] },
  map: {
    oneOf: [
      { type: 'string' },
      list,
      { type: 'object', additionalProperties: { oneOf: [{ type: ['string', 'number'] }, list] } },
    ],
  },
}

function shapeOf(spec: InputSpec): Schema {
  if (spec.kind === 'one-of') return { enum: spec.values ?? [] }
  if (spec.kind !== 'integer' && spec.kind !== 'number') return shapes[spec.kind]
  const { minimum, maximum } = spec
  return {
    type: spec.kind,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  }
}

function nativeDefault(spec: InputSpec, standard: string): unknown {
  if (spec.kind === 'flag') return standard === 'true'
  return spec.kind === 'integer' || spec.kind === 'number' ? Number(standard) : standard
}

/** Kinds as a table, for docs/inputs.md. */
export function kindRows(): readonly (readonly [string, string])[] {
  return Object.values(inputKinds).map(({ name, takes }) => [name, takes])
}
