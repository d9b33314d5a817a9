/** The secret itself in a result of SARIF, so that it can be hidden. Pure. */
import type { JsonRecord } from '@ci-actions/shared'
import { recordIn, records } from './loose-lists.ts'

/** The text of the region that was found; of an assignment what is assigned. Undefined where the tool masked it. */
export function secretIn(result: JsonRecord): string | undefined {
  const physical = records(result['locations']).map((each) => recordIn(each, 'physicalLocation'))
  const snippets = physical.map((each) => recordIn(recordIn(each, 'region'), 'snippet')['text'])
  const text = snippets.find((each) => typeof each === 'string' && each.trim() !== '')
  if (typeof text !== 'string') return undefined
  const value = assignedIn(text.trim())
  return value === '' || isMasked(value) ? undefined : value
}

/** The longest quoted text of one line, else what stands behind `=` or `:` of a plain name. */
function assignedIn(text: string): string {
  if (/[\r\n]/.test(text)) return text
  const quoted = [...text.matchAll(/"([^"]{6,})"|'([^']{6,})'|`([^`]{6,})`/g)].map(
    (each) => each[1] ?? each[2] ?? each[3] ?? '',
  )
  const longest = quoted.toSorted((a, b) => b.length - a.length)[0]
  return longest ?? /^(?:export\s+)?[\w.-]{1,60}\s*[=:]\s*(\S{6,})$/.exec(text)?.[1] ?? text
}

/** Taken for values, all masked secrets would be one. */
function isMasked(value: string): boolean {
  return /^REDACTED$|\.\.\.$|…$|[*•x]{4,}/i.test(value)
}
