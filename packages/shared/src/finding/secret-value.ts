/** The secret of which a tool gives only a digest, found again on its line, so that it can be hidden everywhere. Pure. */
import { createHash } from 'node:crypto'

/** What stands beside a value: quotes, blanks, and the punctuation of assignments and addresses. */
const around = /["'`\s=:@/,;()[\]{}<>&?#|]/
const longestLine = 4096
const mostParts = 60

/** Undefined where no part of the line, from one of its separators to another, has this SHA-1 (in hex). */
export function secretOnLine(line: string, sha1: string): string | undefined {
  const wanted = sha1.toLowerCase()
  const text = line.slice(0, longestLine)
  const [starts, ends] = boundsOf(text)
  for (const start of starts) {
    for (const end of ends) {
      if (end <= start) continue
      const part = text.slice(start, end)
      if (createHash('sha1').update(part).digest('hex') === wanted) return part
    }
  }
  return undefined
}

function boundsOf(text: string): readonly [starts: readonly number[], ends: readonly number[]] {
  const starts: number[] = []
  const ends: number[] = []
  for (let index = 0; index < text.length; index++) {
    if (around.test(text.charAt(index))) continue
    if (index === 0 || around.test(text.charAt(index - 1))) starts.push(index)
    if (index === text.length - 1 || around.test(text.charAt(index + 1))) ends.push(index + 1)
  }
  return [starts.slice(0, mostParts), ends.slice(0, mostParts)]
}
