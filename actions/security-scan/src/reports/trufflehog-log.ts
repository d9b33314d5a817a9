/** TruffleHog's results between the lines of its own log, which is JSON as well. Pure. */
import type { JsonRecord, Notice, ToolResult } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import { parseTrufflehogReport } from '../tools/trufflehog-report.ts'

/** Without any result, only its log can say that it came to its end. */
export function readTrufflehogLog(value: unknown): ToolResult {
  const lines = (Array.isArray(value) ? value : [value]).filter(isRecord)
  const found = lines.filter((line) => 'DetectorName' in line)
  const log = lines.filter((line) => line['logger'] === 'trufflehog')
  const { findings } = parseTrufflehogReport(found.map((line) => JSON.stringify(line)).join('\n'))
  return { findings, notices: [...errorNotice(log), ...endNotice(log)] }
}

/** Where a log is there it must have an end. What it says is not repeated: it may be an address with a password. */
function endNotice(log: readonly JsonRecord[]): readonly Notice[] {
  const ends = log.filter(({ msg }) => msg === 'finished scanning')
  if (ends.length > 0 && ends.every(({ chunks }) => chunks === 0))
    return [{ level: 'failed', message: 'TruffleHog says in its log that it scanned nothing.' }]
  if (log.length === 0 || ends.length > 0) return []
  return [{ level: 'failed', message: 'The log of TruffleHog does not say that it finished scanning.' }]
}

function errorNotice(log: readonly JsonRecord[]): readonly Notice[] {
  const errors = log.filter(({ level }) => level === 'error' || level === 'fatal').length
  if (errors === 0) return []
  return [
    {
      level: 'warning',
      message: `TruffleHog logged ${errors} ${errors === 1 ? 'error' : 'errors'}: it may not have looked at everything.`,
    },
  ]
}
