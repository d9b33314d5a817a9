/** What the dialects of coverage in XML have in common. */
import type { CoverageReport } from './coverage.ts'
import type { XmlAttributes } from './xml-attributes.ts'
import type { TextSink } from './xml-handler.ts'

/** Takes the elements below the root in order. What it cannot trust it throws as a `ToolOutputError`. */
export interface CoverageDialect {
  /** Gives where the element's text goes; undefined where it says nothing. `attributes` is valid during the call. */
  open(name: string, attributes: XmlAttributes): TextSink | undefined
  close(name: string): void
  report(): CoverageReport
}

/** Undefined for anything but decimal digits from `start` to `end`. By hand: it is asked for every line of code. */
export function wholeNumber(
  text: string | undefined,
  start = 0,
  end = text?.length ?? 0,
): number | undefined {
  if (text === undefined || start >= end || end - start > 15) return undefined
  let value = 0
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return undefined
    value = 10 * value + digit
  }
  return value
}

/** Whether a count of hits says that it ran; counts may overflow, to a negative one or to a power of ten. */
export function ran(hits: string | undefined): boolean | undefined {
  if (hits === '0') return false
  if (hits === '1') return true
  const count = hits === undefined || hits.trim() === '' ? Number.NaN : Number(hits)
  return Number.isNaN(count) ? undefined : count > 0
}
