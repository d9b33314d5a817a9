/**
 * What SARIF 2.1.0 and GitHub's upload demand of the parts that are written here, for tests. Stricter than the
 * standard's schema: nothing else may be there.
 */
import { Ajv } from 'ajv'

type Json = Readonly<Record<string, unknown>>

function object(properties: Json, required: readonly string[] = Object.keys(properties)): Json {
  return { type: 'object', properties, required, additionalProperties: false }
}

function list(items: Json, limits: Json = {}): Json {
  return { type: 'array', items, ...limits }
}

const positive = { type: 'integer', minimum: 1 }
const text = { type: 'string', minLength: 1 }
const level = { enum: ['error', 'warning', 'note'] }
const message = object({ text })
const description = object({ text: { ...text, maxLength: 1024 } })
/** RFC 3986: what is not encoded is one of these. */
const uri = { type: 'string', pattern: "^(?:[\\w\\-.~/:?#@!$&'()*+,;=]|%[0-9A-F]{2})+$" }

const result = object(
  {
    ruleId: { type: 'string' },
    ruleIndex: { type: 'integer', minimum: 0 },
    level,
    message,
    locations: list(
      object({
        physicalLocation: object({
          artifactLocation: object({ uri, uriBaseId: text }, ['uri']),
          region: object(
            { startLine: positive, startColumn: positive, endLine: positive, endColumn: positive },
            ['startLine'],
          ),
        }),
      }),
      { minItems: 1, maxItems: 1000 },
    ),
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
    baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
    suppressions: list(
      object({
        kind: { enum: ['inSource', 'external'] },
        status: { const: 'accepted' },
        justification: text,
      }),
      { minItems: 1 },
    ),
  },
  ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
)

const rule = object(
  {
    id: text,
    name: { ...text, maxLength: 255, pattern: '^[A-Za-z]+$' },
    shortDescription: description,
    fullDescription: description,
    help: message,
    helpUri: { type: 'string', pattern: '^https?://' },
    properties: object(
      {
        'security-severity': { type: 'string', pattern: '^\\d+\\.\\d$' },
        tags: list(text, { maxItems: 10 }),
      },
      ['tags'],
    ),
  },
  ['id', 'shortDescription', 'fullDescription', 'help'],
)

const invocation = object(
  {
    executionSuccessful: { type: 'boolean' },
    exitCode: { type: 'integer' },
    toolExecutionNotifications: list(object({ level, message })),
  },
  ['executionSuccessful'],
)

const run = object({
  tool: object({
    driver: object({ name: text, version: text, rules: list(rule, { maxItems: 25_000 }) }, ['name', 'rules']),
  }),
  automationDetails: object({ id: text }),
  invocations: list(invocation),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  originalUriBaseIds: object({ SRCROOT: object({ description: message }) }),
  results: list(result, { maxItems: 25_000 }),
})

const validate = new Ajv({ allErrors: true }).compile(
  object({ $schema: { type: 'string' }, version: { const: '2.1.0' }, runs: list(run, { maxItems: 20 }) }),
)

interface Region {
  readonly startLine: number
  readonly startColumn?: number
  readonly endLine?: number
  readonly endColumn?: number
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly locations: readonly { readonly physicalLocation: { readonly region: Region } }[]
    }[]
  }[]
}

/** Empty for a log that is right, the demands that no schema can express included. */
export function sarifSchemaProblems(log: Log): readonly string[] {
  if (!validate(log)) return (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message}`)
  return log.runs.flatMap(({ tool, results }) =>
    results.flatMap(({ ruleId, ruleIndex, locations }) => [
      ...(tool.driver.rules[ruleIndex]?.id === ruleId ? [] : [`rule ${ruleIndex} is not ${ruleId}`]),
      ...locations.flatMap(({ physicalLocation }) =>
        isOrdered(physicalLocation.region) ? [] : ['region ends before it starts'],
      ),
    ]),
  )
}

function isOrdered({ startLine, startColumn, endLine = startLine, endColumn }: Region): boolean {
  if (endColumn !== undefined && startColumn === undefined) return false
  return (
    endLine > startLine ||
    (endLine === startLine && (endColumn ?? Number.POSITIVE_INFINITY) >= (startColumn ?? 1))
  )
}
