/** "Did you mean …?" for identities. Pure. */
import { closest, editDistance } from '../../parse/closest.ts'
import { compareText } from '../risk-names.ts'

/** Longer texts are not compared: the cost grows with the square. */
const longestCompared = 200

/**
 * The known identity that was probably meant: one of the same line's file and family, since a line that is edited gets
 * other digits; one with a bare id; a misspelling. Undefined where none is near, or several equally good ones are.
 */
export function nearestIdentity(id: string, known: readonly string[]): string | undefined {
  const others = [...new Set(known)].filter((each) => each !== id).toSorted(compareText)
  const line = withoutLine(id)
  const edited = line === undefined ? [] : others.filter((each) => withoutLine(each) === line)
  const whole = others.filter((each) => each.toLowerCase().endsWith(` ${id.toLowerCase()}`))
  if (edited.length === 1) return edited[0]
  if (whole.length === 1) return whole[0]
  return edited.length + whole.length > 1 ? undefined : (closest(id, others) ?? nearestLong(id, others))
}

/** `weakness CWE-89 src/db.py` of `weakness CWE-89 src/db.py 9be0417c55aa (2)`. */
function withoutLine(id: string): string | undefined {
  return /^(.+) [0-9a-f]{12}(?: \(\d+\))?$/.exec(id)?.[1]
}

function nearestLong(id: string, known: readonly string[]): string | undefined {
  if (id.length > longestCompared) return undefined
  const near = known
    .filter((each) => each.length <= longestCompared && Math.abs(each.length - id.length) <= 3)
    .map((each) => ({ each, distance: editDistance(id, each) }))
    .filter(({ distance }) => distance <= 3)
    .toSorted((a, b) => a.distance - b.distance)
  return near[0]?.each
}
