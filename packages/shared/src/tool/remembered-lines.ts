/** The text of the store of remembered results: lines with a digest of their own, and which of them are kept. */
import { createHash } from 'node:crypto'

/** Raised when the shape of lines or keys changes; older files are then empty. */
const format = 1

export interface Line {
  /** JSON of the entry. */
  readonly text: string
  /** Digest of `text`, as read or as made; checked when the entry is used. */
  readonly sum: string
  /** Number of the last run that used it. */
  readonly used: number
}

export interface StoreHeader {
  /** Number of the last saved run. */
  readonly run: number
  /** Seconds per file by job. */
  readonly seconds: Readonly<Record<string, number>>
}

export interface KeepLimits {
  /** Of all files together; entries not used for longest go first. */
  readonly totalBytes: number
  /** Entries that so many saved runs did not use are dropped. */
  readonly unusedRuns: number
}

export function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

const linePattern = /^\{"key":"([0-9a-f]{64})","used":(\d{1,9}),"sum":"([0-9a-f]{16})","result":(.*)\}$/s

/** Empty for a file that other code wrote; lines that do not look right are left out. */
export function parseLines(text: string, generation: string): Map<string, Line> {
  const lines = new Map<string, Line>()
  const [first, ...rest] = text.split('\n')
  if (first !== firstLine(generation)) return lines
  for (const line of rest) {
    const [, key, used, sum, result] = linePattern.exec(line) ?? []
    if (key !== undefined && sum !== undefined && result !== undefined) {
      lines.set(key, { text: result, sum, used: Number(used) })
    }
  }
  return lines
}

export function renderLines(lines: ReadonlyMap<string, Line>, generation: string): string {
  const texts = [...lines].map(
    ([key, { text, sum, used }]) => `{"key":"${key}","used":${used},"sum":"${sum}","result":${text}}`,
  )
  return `${[firstLine(generation), ...texts].join('\n')}\n`
}

function firstLine(generation: string): string {
  return JSON.stringify({ format, generation })
}

/** A header that cannot be read is that of an empty store. */
export function parseHeader(text: string | undefined): StoreHeader {
  try {
    const { run, seconds }: Partial<StoreHeader> = JSON.parse(text ?? '{}')
    const numbers = Object.entries(seconds ?? {}).filter(([, each]) => typeof each === 'number' && each >= 0)
    return { run: Number.isSafeInteger(run) ? Number(run) : 0, seconds: Object.fromEntries(numbers) }
  } catch {
    return { run: 0, seconds: {} }
  }
}

/** The shelves without what was not used for long, or does not fit: what was used last stays. */
export function keepUsed(
  shelves: ReadonlyMap<string, ReadonlyMap<string, Line>>,
  run: number,
  limits: KeepLimits,
): Map<string, Map<string, Line>> {
  const all = [...shelves].flatMap(([shelf, lines]) =>
    [...lines].map(([key, line]) => ({ shelf, key, line })),
  )
  const kept = new Map([...shelves.keys()].map((shelf) => [shelf, new Map<string, Line>()]))
  let bytes = 0
  for (const { shelf, key, line } of all.sort((a, b) => b.line.used - a.line.used)) {
    bytes += line.text.length + key.length + 50
    if (bytes > limits.totalBytes || line.used <= run - limits.unusedRuns) break
    kept.get(shelf)?.set(key, line)
  }
  return kept
}
