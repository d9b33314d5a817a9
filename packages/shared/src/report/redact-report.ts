/** Takes secrets out of a report before it is rendered: escaped for Markdown, a secret is no longer recognised. */
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

function withoutSecrets(report: Report, redact: Redact): Report {
  const texts: string[] = []
  collectStrings(report, texts)
  // One search through all of it; nothing of one text can be a secret together with the next.
  const all = texts.join('\0')
  return redact(all) === all ? report : mapStrings(report, redact)
}

function collectStrings(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value)
  else if (Array.isArray(value)) for (const item of value) collectStrings(item, texts)
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collectStrings(item, texts)
  }
}

function mapStrings<T>(value: T, change: (text: string) => string): T
function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item: unknown) => mapStrings(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}
