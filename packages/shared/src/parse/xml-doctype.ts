/** The document type of a file: where it ends, and that it declares nothing. */
import { ToolOutputError } from '../action/errors.ts'

const less = 0x3c
const greater = 0x3e
const bracket = 0x5b

/** -1 where the text ends before. Throws for declarations of its own; `fault` is told of a `<` within. */
export function doctypeEnd(text: string, from: number, fault: () => void): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === bracket) throw new ToolOutputError('it declares entities or elements of its own (a DTD)')
    if (code === less) fault()
    if (code === greater) return at + 1
  }
  return -1
}
