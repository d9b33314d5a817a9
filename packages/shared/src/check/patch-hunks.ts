/** Changed lines as hunks of a unified diff, with the context that `git apply` wants. */

/** Lines from index `from` up to `to`, without it, are replaced; all lines with their ends. */
export interface LineChange {
  readonly from: number
  readonly to: number
  readonly added: readonly string[]
}

const contextLines = 3

/** Changes are in order and do not overlap. */
export function renderHunks(lines: readonly string[], changes: readonly LineChange[]): string {
  let shift = 0
  return hunksOf(changes)
    .map((hunk) => {
      const text = renderHunk(lines, hunk, shift)
      for (const { from, to, added } of hunk) shift += added.length - (to - from)
      return text
    })
    .join('')
}

/** Lines with their ends; the last one may have none. */
export function withLineEnds(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Changes whose contexts touch are one hunk. */
function hunksOf(changes: readonly LineChange[]): readonly (readonly LineChange[])[] {
  const hunks: LineChange[][] = []
  for (const change of changes) {
    const before = hunks.at(-1)?.at(-1)
    if (before !== undefined && change.from - before.to <= 2 * contextLines) hunks.at(-1)?.push(change)
    else hunks.push([change])
  }
  return hunks
}

function renderHunk(lines: readonly string[], hunk: readonly LineChange[], shift: number): string {
  const start = Math.max((hunk[0]?.from ?? 0) - contextLines, 0)
  const end = Math.min((hunk.at(-1)?.to ?? 0) + contextLines, lines.length)
  const body: string[] = []
  let at = start
  for (const { from, to, added } of hunk) {
    for (const line of lines.slice(at, from)) body.push(` ${line}`)
    for (const line of lines.slice(from, to)) body.push(`-${line}`)
    for (const line of added) body.push(`+${line}`)
    at = to
  }
  for (const line of lines.slice(at, end)) body.push(` ${line}`)
  const older = end - start
  const newer = body.filter((line) => !line.startsWith('-')).length
  // Of no lines, the number is that of the line before.
  const header = `@@ -${older === 0 ? start : start + 1},${older} +${newer === 0 ? start + shift : start + shift + 1},${newer} @@\n`
  return (
    header +
    body.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('')
  )
}
