/** Takes secrets out of a report before it is rendered: escaped for Markdown, a secret is no longer recognised. */
import type { JsonRecord } from '../parse/json.ts'
import { isRecord } from '../parse/json.ts'
import type { Report } from './report.ts'

type Redact = (text: string) => string

/** Those that were searched, and by what: a report passes several hands before it is rendered. */
const clean = new WeakMap<Report, Redact>()

/**
 * The same report where there is nothing to redact, so that what is known about it stays valid. What it gives is not
 * searched again by the same `redact`: all secrets are known once the report is made.
 */
export function redactReport(report: Report, redact: Redact): Report {
  if (clean.get(report) === redact) return report
  const redacted = withoutSecrets(report, redact)
  clean.set(redacted, redact)
  return redacted
}

/** What holds no secret stays the same object. */
function withoutSecrets<T>(value: T, redact: Redact): T
function withoutSecrets(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return changedItems(value, redact)
  return isRecord(value) ? changedMembers(value, redact) : value
}

function changedMembers(record: JsonRecord, redact: Redact): JsonRecord {
  let changed: Record<string, unknown> | undefined
  // Without a list of names and values: a report has hundreds of thousands of objects.
  for (const key in record) {
    const item = record[key]
    const safe = withoutSecrets(item, redact)
    if (safe === item) continue
    changed ??= { ...record }
    changed[key] = safe
  }
  return changed ?? record
}

function changedItems(items: readonly unknown[], redact: Redact): readonly unknown[] {
  let changed: unknown[] | undefined
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    const safe = withoutSecrets(item, redact)
    if (safe === item) continue
    changed ??= [...items]
    changed[index] = safe
  }
  return changed ?? items
}
