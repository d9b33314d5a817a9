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

const mostLines = 50

/**
 * How a value is written on its lines where it does not stand there as it is: with escapes, or in parts that the language
 * joins.
 */
export function writtenForms(value: string, lines: readonly string[]): readonly string[] {
  const written = lines.slice(0, mostLines).map((line) => line.slice(0, longestLine))
  const plain = value.split(/[\r\n]+/).map((line) => line.trim())
  if (plain.every((part) => written.some((line) => line.includes(part)))) return []
  const literals = written.flatMap((line) => [...line.matchAll(/(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)])
  return literals
    .map(([, , text = '']) => text)
    .filter((text) => text !== '' && value.includes(unescaped(text)))
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }

/** As Python and JavaScript read it. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8})|([0-7]{1,3})|(.))/g,
    (whole, ...[byte, unit, braced, long, octal, other]: readonly (string | undefined)[]) => {
      if (other !== undefined) return controls[other] ?? other
      const code =
        octal === undefined
          ? Number.parseInt(byte ?? unit ?? braced ?? long ?? '', 16)
          : Number.parseInt(octal, 8)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
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
