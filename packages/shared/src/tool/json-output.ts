/** Reads JSON that a tool printed. Whatever is not as the tool's version promises makes the output untrusted. */
import { ToolOutputError } from '../action/errors.ts'
import type { JsonRecord } from '../parse/json.ts'
import { isRecord, parseJsonText } from '../parse/json.ts'

/** Throws `ToolOutputError` that names `what`, such as `Ruff`. */
export function parseJson(text: string, what: string): unknown {
  try {
    return parseJsonText(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ToolOutputError(`${what} printed no complete JSON (${why}). ${excerpt(text)}`)
  }
}

/** For sentences: what was printed, shortened. */
export function excerpt(text: string): string {
  const lines = text.trim().split('\n').slice(-6).join('\n')
  if (lines === '') return 'It printed nothing.'
  return `It printed: ${lines.length > 600 ? `${lines.slice(0, 600)}…` : lines}`
}

export function recordOf(value: unknown, what: string): JsonRecord {
  if (isRecord(value)) return value
  throw new ToolOutputError(`${what}: an object was expected.`)
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new ToolOutputError(`${what}: a list was expected.`)
}

export function textOf(record: JsonRecord, key: string, what: string): string {
  const value = record[key]
  if (typeof value === 'string') return value
  throw new ToolOutputError(`${what}: the text \`${key}\` is missing.`)
}

export function numberOf(record: JsonRecord, key: string, what: string): number {
  const value = record[key]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new ToolOutputError(`${what}: the number \`${key}\` is missing.`)
}

/** Undefined for null, absent and anything that is no text. */
export function maybeText(record: JsonRecord, key: string): string | undefined {
  const value = record[key]
  return typeof value === 'string' ? value : undefined
}

/** Undefined for null, absent and anything that is no number. */
export function maybeNumber(record: JsonRecord, key: string): number | undefined {
  const value = record[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
