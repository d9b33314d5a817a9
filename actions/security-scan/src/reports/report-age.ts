/** When a report was written: as it says itself, else as its file does. Pure. */
import type { Notice } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'

/** An older one is rarely of the commit that is judged. */
const staleMs = 24 * 3_600_000

/** Undefined where it is not old. A baseline of detect-secrets is kept in the repository and may be of any age. */
export function ageNotice(
  value: unknown,
  { path, modifiedMs, now }: { readonly path: string; readonly modifiedMs: number; readonly now: number },
): Notice | undefined {
  if (isRecord(value) && 'plugins_used' in value) return undefined
  const age = now - (writtenAt(value) ?? modifiedMs)
  if (!(age > staleMs)) return undefined
  const days = Math.floor(age / staleMs)
  const message = `${path} was written ${days === 1 ? 'a day' : `${days} days`} ago. Is it about this commit? A report that a step writes anew in every run is.`
  return { level: 'warning', message }
}

/** The latest time that is not ahead of any clock: tools write one at the start, the end, or both. */
function writtenAt(value: unknown): number | undefined {
  if (!isRecord(value)) return undefined
  const { descriptor, metadata, report_meta: meta, runs } = value
  const invocations = (Array.isArray(runs) ? runs : [])
    .filter(isRecord)
    .flatMap((run) => (Array.isArray(run['invocations']) ? run['invocations'] : []))
  const said = [
    value['generated_at'],
    value['CreatedAt'],
    value['created'],
    ...[descriptor, metadata, meta].map((each) => (isRecord(each) ? each['timestamp'] : undefined)),
    ...invocations.filter(isRecord).flatMap((each) => [each['startTimeUtc'], each['endTimeUtc']]),
  ]
  // Only with a zone, or as UTC: a local time without one could be hours off, which 24 hours forgive.
  const times = said.flatMap((each) =>
    typeof each === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(each) ? [Date.parse(each)] : [],
  )
  const known = times.filter((time) => !Number.isNaN(time))
  return known.length === 0 ? undefined : Math.max(...known)
}
