/** The part of a long text that a reader needs, with what was left out said. Pure. */

export interface ExcerptLimits {
  readonly lines: number
  /** UTF-16 units. */
  readonly length: number
  /** Which end is kept. */
  readonly keep: 'start' | 'end'
}

export interface Excerpt {
  readonly text: string
  /** Lines that are in it, without the ones that say what is missing, and lines there were. */
  readonly shown: number
  readonly lines: number
}

const longestLine = 1000

/** A single long line is shortened too. */
export function excerptOf(text: string, { lines, length, keep }: ExcerptLimits): Excerpt {
  const all = text.replace(/\s+$/, '').split('\n')
  const ordered = keep === 'start' ? all : all.toReversed()
  const kept: string[] = []
  let room = length
  for (const line of ordered.slice(0, lines)) {
    const short = line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
    if (kept.length > 0 && short.length >= room) break
    kept.push(short)
    room -= short.length + 1
  }
  const left = all.length - kept.length
  const words = left === 0 ? [] : [`… ${left} ${left === 1 ? 'line' : 'lines'} left out …`]
  const parts = keep === 'start' ? [...kept, ...words] : [...words, ...kept.reverse()]
  return { text: parts.join('\n'), shown: kept.length, lines: all.length }
}

const longestPeriod = 6
const fewestRepeats = 3

/** Lines that repeat in turn, as in a recursion, are shown once. */
export function withoutRepeats(text: string): string {
  const lines = text.split('\n')
  const kept: string[] = []
  for (let at = 0; at < lines.length; ) {
    const { period, times } = repeatAt(lines, at)
    kept.push(...lines.slice(at, at + period))
    if (times > 1) kept.push(`… ${times - 1} times more …`)
    at += period * times
  }
  return kept.join('\n')
}

/** The shortest run of lines that follows itself often enough; else the line alone. */
function repeatAt(lines: readonly string[], at: number) {
  for (let period = 1; period <= longestPeriod; period++) {
    let end = at + period
    while (end < lines.length && lines[end] === lines[end - period]) end++
    const times = Math.floor((end - at) / period)
    const isText = lines.slice(at, at + period).some((line) => /\w/.test(line))
    if (times >= fewestRepeats && isText) return { period, times }
  }
  return { period: 1, times: 1 }
}
