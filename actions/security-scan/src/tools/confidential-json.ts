/** Reads what scanners for secrets print: an error about it must not repeat any of it. */
import { ToolOutputError } from '@ci-actions/shared'

export function parseConfidentialJson(text: string, what: string): unknown {
  if (text.trim() === '') throw new ToolOutputError(`${what} printed nothing.`)
  try {
    return JSON.parse(text)
  } catch {
    throw new ToolOutputError(`${what} printed no complete JSON.`)
  }
}
