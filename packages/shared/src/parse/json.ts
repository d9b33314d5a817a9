/** Reading of JSON that somebody else wrote: nothing in it has to be what it should be. */
import { ToolOutputError } from '../action/errors.ts'

export type JsonRecord = Readonly<Record<string, unknown>>

/** Throws a `ToolOutputError` that names `what`, such as `SARIF`. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new ToolOutputError(`${what} is not valid JSON`, { cause: error })
  }
}

/** `JSON.parse`, also behind a byte order mark; throws an `Error` that quotes nothing of the text but one character. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Error(jsonProblem(error), { cause: error })
  }
}

/** `JSON.parse`; undefined for what is no JSON. */
export function maybeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The engine quotes some letters around the place: half of a secret, which nobody can find. */
function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^(Unexpected token '.{1,2}')[\s\S]* is not valid JSON$/u, '$1 in JSON')
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An empty record for anything that is none. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {}
}

/** The own property, never one of `Object.prototype`. */
export function recordAt(value: unknown, key: string): JsonRecord {
  return isRecord(value) && Object.hasOwn(value, key) ? recordOf(value[key]) : {}
}

/** The elements that are records. */
export function recordsOf(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Undefined for what is no whole number from 0 to 2⁵³ − 1. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
