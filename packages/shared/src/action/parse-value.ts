/** Reads values of inputs as people write them, strictly: nothing falls back to a default in silence. Pure. */
import { parseLimit } from '../gate/limit.ts'
import type { MetricDeclarations, Unit } from '../gate/metric.ts'
import { parseRules } from '../gate/parse-rules.ts'
import { closest } from '../parse/closest.ts'
import { proseCode } from '../report/prose.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import type { InputKind, InputSpec } from './input.ts'
import { inputKinds } from './input-kinds.ts'

/** Problems are sentences that follow the input's name and a colon. */
export type ParsedValue = { readonly value: unknown } | { readonly problems: readonly string[] }

/** Reads `text`, which is not empty, as the spec's kind. Paths are only made canonical here; see `inputs-path.ts`. */
export function parseValue(spec: InputSpec, text: string, metrics: MetricDeclarations): ParsedValue {
  return readers[spec.kind](spec, text, metrics)
}

type Reader = (spec: InputSpec, text: string, metrics: MetricDeclarations) => ParsedValue

const readers: Readonly<Record<InputKind, Reader>> = {
  text: (_, text) => ({ value: text.trim() }),
  secret: (_, text) => ({ value: text.trim() }),
  flag: (_, text) => readFlag(text.trim()),
  'one-of': (spec, text) => readOneOf(spec, text.trim()),
  integer: (spec, text) => readNumber(spec, text.trim(), /^[+-]?\d+$/),
  number: (spec, text) => readNumber(spec, text.trim(), /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i),
  percent: (spec, text) => readQuantity(spec, text.trim(), 'percent'),
  duration: (spec, text) => readQuantity(spec, text.trim(), 'seconds'),
  bytes: (spec, text) => readQuantity(spec, text.trim(), 'bytes'),
  lines: (_, text) => ({ value: splitLines(text) }),
  map: (_, text) => readMap(text),
  rules: (_, text, metrics) => readRules(text, metrics),
  path: (_, text) => ({ value: text.trim() }),
}

/** A value as messages show it: one line, not long, as code. */
export function shown(value: string): string {
  return proseCode(shorten(visibleLine(value.trim()), 60))
}

/** What an input of this kind takes, for messages: `a duration such as …`. */
function expected(spec: InputSpec): string {
  return inputKinds[spec.kind].takes
}

function wrong(spec: InputSpec, text: string): ParsedValue {
  return { problems: [`${shown(text)} is not ${expected(spec)}.`] }
}

const flags: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
}
const almostTrue = /^(?:y|yes|on|1|enabled?)$/i
const almostFalse = /^(?:n|no|off|0|disabled?|none)$/i

function readFlag(text: string): ParsedValue {
  const value = Object.hasOwn(flags, text) ? flags[text] : undefined
  if (value !== undefined) return { value }
  const near = almostTrue.test(text)
    ? 'true'
    : almostFalse.test(text)
      ? 'false'
      : closest(text, ['true', 'false'])
  return { problems: [`${shown(text)} is neither \`true\` nor \`false\`.${didYouMean(near)}`] }
}

function readOneOf(spec: InputSpec, text: string): ParsedValue {
  const values = spec.values ?? []
  if (values.includes(text)) return { value: text }
  const allowed = values.map((value) => `\`${value}\``).join(', ')
  return { problems: [`${shown(text)} is not one of ${allowed}.${didYouMean(closest(text, values))}`] }
}

function readNumber(spec: InputSpec, text: string, shape: RegExp): ParsedValue {
  const value = Number(text)
  if (!shape.test(text) || !Number.isFinite(value)) return wrong(spec, text)
  if (spec.kind === 'integer' && !Number.isSafeInteger(value))
    return { problems: [`${shown(text)} is too large.`] }
  return withinBounds(spec, text, value)
}

function readQuantity(spec: InputSpec, text: string, unit: Unit): ParsedValue {
  const limit = parseLimit(text, unit, 'value')
  if ('problem' in limit) {
    const bare = unit === 'percent' || !/^\d+(?:\.\d+)?$/.test(text)
    return bare ? wrong(spec, text) : { problems: [`${shown(text)} has no unit; write ${expected(spec)}.`] }
  }
  return withinBounds(
    unit === 'percent' ? spec : { minimum: 0, ...spec },
    text,
    unit === 'bytes' ? Math.round(limit.value) : limit.value,
  )
}

const boundUnits: Partial<Record<InputKind, string>> = { percent: '%', duration: 's', bytes: 'B' }

function withinBounds(spec: InputSpec, text: string, value: number): ParsedValue {
  const unit = boundUnits[spec.kind] ?? ''
  const { minimum, maximum } = spec
  if (minimum !== undefined && value < minimum)
    return { problems: [`${shown(text)} is too small; the least is \`${minimum}${unit}\`.`] }
  if (maximum !== undefined && value > maximum)
    return { problems: [`${shown(text)} is too large; the most is \`${maximum}${unit}\`.`] }
  return { value }
}

/** Lines without blank ones and `#` comments, trimmed. */
export function splitLines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

function readMap(text: string): ParsedValue {
  const entries: (readonly [string, string])[] = []
  const problems: string[] = []
  for (const line of splitLines(text)) {
    const match = /^([^:=\s]+)\s*[:=]\s*(.*)$/.exec(line)
    const [, key = '', value = ''] = match ?? []
    if (match === null) problems.push(`${shown(line)} is no \`key: value\`.`)
    else if (value === '') problems.push(`${shown(line)} has no value after \`${key}\`.`)
    else if (value.startsWith('='))
      problems.push(`${shown(line)}: write \`${key}: ${visibleLine(value.slice(1).trim())}\`.`)
    else entries.push([key, value])
  }
  return problems.length > 0 ? { problems } : { value: collect(entries) }
}

/** Values by key, in order; a key that comes twice has two. */
export function collect(
  entries: readonly (readonly [string, string])[],
): Readonly<Record<string, readonly string[]>> {
  const byKey = new Map<string, readonly string[]>()
  for (const [key, value] of entries) byKey.set(key, [...(byKey.get(key) ?? []), value])
  return Object.fromEntries(byKey)
}

function readRules(text: string, metrics: MetricDeclarations): ParsedValue {
  const { rules, problems } = parseRules(text, metrics, 'user')
  return problems.length > 0 ? { problems } : { value: rules }
}

/** A question to append to a sentence; empty where nothing is near. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean \`${near}\`?`
}
