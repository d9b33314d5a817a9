/** The body of one hunk of a unified diff. */
import { ToolOutputError } from '../action/errors.ts'
import { withoutLineEnd } from './python-lines.ts'

/** Changed lines next to each other. */
export interface ChangedRun {
  readonly oldStart: number
  readonly oldCount: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

interface Entry {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/**
 * `header` is the match of `@@ -start,count +start,count @@`. Reads as many lines as it says; what follows
 * them is passed over, fewer are an error.
 */
export function readHunk(body: readonly string[], header: RegExpExecArray): readonly ChangedRun[] {
  const oldCount = Number(header[2] ?? 1)
  const newCount = Number(header[4] ?? 1)
  const entries = readEntries(body, oldCount, newCount)
  // Of no lines, the number is that of the line before.
  return runsOf(entries, Number(header[1]) + (oldCount === 0 ? 1 : 0))
}

function readEntries(body: readonly string[], oldCount: number, newCount: number): readonly Entry[] {
  const entries: Entry[] = []
  let older = oldCount
  let newer = newCount
  for (const [index, line] of body.entries()) {
    if (older === 0 && newer === 0) {
      refuseHeader(body.slice(index))
      break
    }
    // `\ No newline at end of file`
    if (line.startsWith('\\')) continue
    const entry = toEntry(line)
    const wrong =
      entry === undefined || (entry.sign !== '+' && older === 0) || (entry.sign !== '-' && newer === 0)
    if (entry === undefined || wrong) break
    if (entry.sign !== '+') older -= 1
    if (entry.sign !== '-') newer -= 1
    entries.push(entry)
  }
  if (older === 0 && newer === 1) return unglued(entries)
  if (older !== 0 || newer !== 0) throw incomplete()
  return entries
}

/** A file header that no hunk follows was cut off. */
export function refuseHeader(lines: readonly string[]): void {
  if (lines.some((line, index) => line.startsWith('+++ ') && lines[index - 1]?.startsWith('--- '))) {
    throw new ToolOutputError('The diff ends in the header of a file')
  }
}

function toEntry(line: string): Entry | undefined {
  const sign = line[0]
  if (sign !== ' ' && sign !== '-' && sign !== '+') return undefined
  return { sign, text: withoutLineEnd(line.slice(1)) }
}

/** isort writes `-import os+import sys` where the old file's last line has no line end. */
function unglued(entries: readonly Entry[]): readonly Entry[] {
  const index = entries.findLastIndex((entry) => entry.sign === '-')
  const glued = entries[index]
  const at = glued?.text.indexOf('+') ?? -1
  if (glued === undefined || at < 0) throw incomplete()
  return entries.toSpliced(
    index,
    1,
    { sign: '-', text: glued.text.slice(0, at) },
    { sign: '+', text: glued.text.slice(at + 1) },
  )
}

function incomplete(): ToolOutputError {
  return new ToolOutputError('The diff has a hunk with fewer lines than its header says')
}

function runsOf(entries: readonly Entry[], firstLine: number): readonly ChangedRun[] {
  const runs: ChangedRun[] = []
  let line = firstLine
  let run: { oldStart: number; removed: string[]; added: string[] } | undefined
  for (const { sign, text } of [...entries, { sign: ' ', text: '' } as const]) {
    if (sign === ' ') {
      if (run !== undefined) runs.push({ ...run, oldCount: run.removed.length })
      run = undefined
    } else {
      run ??= { oldStart: line, removed: [], added: [] }
      if (sign === '-') run.removed.push(text)
      else run.added.push(text)
    }
    if (sign !== '+') line += 1
  }
  return runs
}
