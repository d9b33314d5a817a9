/** What can be read of a report of which something cannot: one entry must not hide what the others say. Pure. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord, ToolOutputError } from '@ci-actions/shared'
import type { ReportDocument } from './report-document.ts'

export interface Salvaged<R> {
  readonly result: R
  /** Undefined where all was read. */
  readonly lost?: Lost | undefined
}

/** How many parts were left out, and why the first one was. */
export interface Lost {
  readonly parts: number
  readonly why: string
}

/**
 * The result of `read`, or, where it throws a `ToolOutputError`, that of the document without the entries that it cannot
 * read. Throws that error where nothing is left.
 */
export function salvage<R>(document: ReportDocument, read: (document: ReportDocument) => R): Salvaged<R> {
  try {
    return { result: read(document) }
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    const attempt: Attempt = { left: attemptsFor(document), lost: 0 }
    const reads: Reads = (value) => {
      attempt.left -= 1
      return attempt.left >= 0 && isReadable(() => read(withValue(document, value)))
    }
    const value = keep(document.value, reads, attempt)
    if (value === undefined || (Array.isArray(value) && value.length === 0)) throw error
    const result = read(withValue(document, value))
    return { result, lost: { parts: Math.max(1, attempt.lost), why: error.message } }
  }
}

type Reads = (value: unknown) => boolean

interface Attempt {
  left: number
  lost: number
}

/** Each reads the report again, so that a large one gets few: enough to find two entries. */
function attemptsFor({ text }: ReportDocument): number {
  return Math.max(80, Math.min(2000, Math.floor(500_000_000 / text.length)))
}

function isReadable(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof ToolOutputError) return false
    throw error
  }
}

/** Some readers take the text. */
function withValue({ form }: ReportDocument, value: unknown): ReportDocument {
  return {
    form,
    value,
    get text() {
      return form === 'lines' && Array.isArray(value)
        ? value.map((each) => JSON.stringify(each)).join('\n')
        : JSON.stringify(value)
    },
  }
}

/** What can be read of a value that cannot; undefined for nothing. */
function keep(value: unknown, reads: Reads, attempt: Attempt): unknown {
  if (Array.isArray(value)) {
    return keepItems(value, reads, { attempt, within: (item, fits) => keep(item, fits, attempt) })
  }
  if (!isRecord(value)) return undefined
  return keepPart(value, reads, attempt) ?? keepEntries(value, reads, attempt)
}

/** Of an object in which one list or object is at fault. */
function keepPart(record: JsonRecord, reads: Reads, attempt: Attempt): JsonRecord | undefined {
  for (const [key, part] of Object.entries(record)) {
    if (attempt.left <= 0) return undefined
    if (typeof part !== 'object' || part === null) continue
    const withPart = (each: unknown) => ({ ...record, [key]: each })
    if (!reads(withPart(Array.isArray(part) ? [] : {}))) continue
    const kept = keep(part, (each) => reads(withPart(each)), attempt)
    return withPart(kept ?? (Array.isArray(part) ? [] : {}))
  }
  return undefined
}

/** Of an object that is a list by name. */
function keepEntries(record: JsonRecord, reads: Reads, attempt: Attempt): JsonRecord | undefined {
  const kept = keepItems(
    Object.entries(record),
    (entries) => Array.isArray(entries) && reads(Object.fromEntries(entries)),
    { attempt, within: () => undefined },
  )
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

interface Search<T> {
  readonly attempt: Attempt
  /** What can be read of one item. */
  within(item: T, reads: Reads): T | undefined
}

/** By halves, since mostly one item alone is at fault. */
function keepItems<T>(items: readonly T[], reads: Reads, search: Search<T>): readonly T[] {
  if (items.length === 0 || reads(items)) return items
  if (search.attempt.left <= 0) {
    search.attempt.lost += items.length
    return []
  }
  const [only] = items
  if (items.length === 1 && only !== undefined) {
    const before = search.attempt.lost
    const part = search.within(only, (each) => reads([each]))
    if (part === undefined) search.attempt.lost = before + 1
    return part === undefined ? [] : [part]
  }
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)].flatMap((half) => keepItems(half, reads, search))
}
