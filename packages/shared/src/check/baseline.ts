/** The baseline file: findings that are known and do not count as new. Written on request, never committed. */
import { UserError } from '../action/errors.ts'
import type { Finding, Level } from '../finding/finding.ts'
import { isTable } from './config-file.ts'

/** Version of the file's format; fingerprints of another version match nothing. */
const formatVersion = 1

interface Entry {
  readonly tool: string
  readonly rule: string
  readonly path: string
  readonly fingerprint: string
  readonly count: number
}

/** Sorted, one entry a line, without line numbers: two branches that add entries merge without conflict. */
export function renderBaseline(findings: readonly Finding[]): string {
  const entries = new Map<string, Entry>()
  for (const finding of findings) {
    if (finding.state === 'fixed') continue
    const path = finding.location?.path ?? ''
    const key = [path, finding.tool, finding.rule, finding.fingerprint].join('\0')
    const { tool, rule, fingerprint } = finding
    entries.set(key, { path, tool, rule, fingerprint, count: (entries.get(key)?.count ?? 0) + 1 })
  }
  const sorted = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => `    ${JSON.stringify(entry)}`)
  return `{\n  "version": ${formatVersion},\n  "findings": [\n${sorted.join(',\n')}\n  ]\n}\n`
}

/** Findings of all entries together; a baseline with more was not written by us. */
const maxFindings = 1_000_000

/** Throws a `UserError` where the file is not one of ours. */
export function parseBaseline(text: string, path: string): readonly Finding[] {
  const entries = readEntries(text, path)
  return entries.flatMap((entry) => Array.from({ length: entry.count }, () => asFinding(entry)))
}

function readEntries(text: string, path: string): readonly Entry[] {
  const broken = (why: string) =>
    new UserError(
      `The baseline \`${path}\` cannot be used: ${why}. Write it again with \`--update-baseline\`.`,
    )
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw broken('it is not JSON')
  }
  if (!isTable(data) || data['version'] !== formatVersion) throw broken(`its version is not ${formatVersion}`)
  const findings = data['findings']
  if (!Array.isArray(findings) || !findings.every(isEntry)) throw broken('an entry is not as it should be')
  const count = findings.reduce((sum, entry) => sum + entry.count, 0)
  if (count > maxFindings) throw broken(`it stands for ${count} findings`)
  return findings
}

function isEntry(value: unknown): value is Entry {
  if (!isTable(value)) return false
  const count = value['count']
  return (
    ['tool', 'rule', 'path', 'fingerprint'].every((key) => typeof value[key] === 'string') &&
    typeof count === 'number' &&
    Number.isInteger(count) &&
    count > 0
  )
}

function asFinding(entry: Entry): Finding {
  const level: Level = 'note'
  return {
    tool: entry.tool,
    rule: entry.rule,
    level,
    message: 'known from the baseline',
    ...(entry.path !== '' && { location: { path: entry.path } }),
    fingerprint: entry.fingerprint,
    state: 'unknown',
  }
}

/** How many entries nothing matched; they should be removed. */
export function countStale(compared: readonly Finding[]): number {
  return compared.filter((finding) => finding.state === 'fixed').length
}
