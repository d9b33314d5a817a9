/** The same problem many times in one file, as one entry. */
import type { Finding } from './finding.ts'

export interface FoldedFinding {
  /** The first of them in the order given; of several it has the message that they share. */
  readonly finding: Finding
  readonly count: number
  /** Highest line of them; absent where none has one. */
  readonly lastLine?: number | undefined
}

interface Entry {
  finding: Finding
  count: number
  lastLine?: number
}

/**
 * Folds findings of one file, tool, rule, message, level and state; entries in the order of their first. One
 * that names a second place stays alone: equal words then speak of different pairs of places.
 */
export function foldFindings(findings: readonly Finding[]): readonly FoldedFinding[] {
  const entries: Entry[] = []
  // Two look-ups by texts that exist already; a joined key for each finding costs ten times as much.
  const known = new Map<string, Map<string, Entry[]>>()
  for (const finding of findings) {
    const candidates = finding.related === undefined ? candidatesFor(finding, known) : []
    let entry = candidates.find((candidate) => isSame(candidate.finding, finding))
    if (entry === undefined) {
      entry = { finding, count: 0 }
      candidates.push(entry)
      entries.push(entry)
    }
    entry.count += 1
    const { sharedMessage } = entry.finding
    if (entry.count === 2 && sharedMessage !== undefined)
      entry.finding = { ...entry.finding, message: sharedMessage }
    const line = finding.location?.line
    if (line !== undefined) entry.lastLine = Math.max(line, entry.lastLine ?? line)
  }
  return entries
}

/** Entries of the finding's file with its message. */
function candidatesFor(
  { location, message, sharedMessage }: Finding,
  known: Map<string, Map<string, Entry[]>>,
): Entry[] {
  const path = location?.path ?? ''
  const inFile = known.get(path) ?? new Map<string, Entry[]>()
  const candidates = inFile.get(sharedMessage ?? message) ?? []
  inFile.set(sharedMessage ?? message, candidates)
  known.set(path, inFile)
  return candidates
}

function isSame(a: Finding, b: Finding): boolean {
  return (
    a.tool === b.tool &&
    a.rule === b.rule &&
    a.level === b.level &&
    a.state === b.state &&
    (a.suppression === undefined) === (b.suppression === undefined)
  )
}
