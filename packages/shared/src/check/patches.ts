/** The changes that tools propose, as one patch a tool: what `--fix` does on a laptop, offered in CI. */
import { join } from 'node:path'
import type { Edit, Finding } from '../finding/finding.ts'
import type { Host } from '../host/ports.ts'
import { inParallel } from '../in-parallel.ts'
import type { LineChange } from './patch-hunks.ts'
import { renderHunks, withLineEnds } from './patch-hunks.ts'

/** Files larger than this are left out of patches. */
const maxFileBytes = 2 * 1024 * 1024
const filesAtATime = 8

/**
 * By file name in the report folder, such as `patches/ruff.patch`; for `git apply`. A file that is not UTF-8 is left
 * out, since a patch is text and would not fit its bytes; a line before the first file says so.
 */
export async function renderPatches(
  host: Host,
  top: string,
  findings: readonly Finding[],
): Promise<Readonly<Record<string, string>>> {
  const patches: Record<string, string> = {}
  for (const [tool, files] of fixesByTool(findings)) {
    let patch = ''
    const leftOut: string[] = []
    const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
    const parts = await inParallel(sorted, filesAtATime, async ([path, fixes]) => {
      const text = await readExactly(host, join(top, path))
      return text === undefined ? undefined : patchFile(path, text, fixes)
    })
    for (const [index, [path]] of sorted.entries()) {
      const part = parts[index]
      if (part === undefined) leftOut.push(path)
      else patch += part
    }
    const remarks = leftOut
      .map((path) => `Left out, too large or not UTF-8: ${JSON.stringify(path)}\n`)
      .join('')
    if (patch !== '') patches[`patches/${tool}.patch`] = remarks + patch
  }
  return patches
}

/** By tool and path, each finding's own edits together. */
function fixesByTool(
  findings: readonly Finding[],
): ReadonlyMap<string, ReadonlyMap<string, readonly (readonly Edit[])[]>> {
  const byTool = new Map<string, Map<string, Edit[][]>>()
  for (const finding of findings) {
    const path = finding.location?.path
    if (
      finding.state === 'fixed' ||
      path === undefined ||
      finding.fix?.some((edit) => edit.path !== path) !== false
    )
      continue
    const files = byTool.get(finding.tool) ?? new Map<string, Edit[][]>()
    byTool.set(finding.tool, files.set(path, [...(files.get(path) ?? []), [...finding.fix]]))
  }
  return byTool
}

/** With its byte order mark, if it has one; undefined where no text has these bytes. */
async function readExactly(host: Host, path: string): Promise<string | undefined> {
  const status = await host.files.status(path)
  const bytes =
    status?.kind === 'file' && status.bytes <= maxFileBytes ? await host.files.read(path) : undefined
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A unified diff; of fixes that overlap the first one stays. Empty where a fix fits nowhere. */
export function patchFile(path: string, text: string, fixes: readonly (readonly Edit[])[]): string {
  const lines = withLineEnds(text)
  const changes = chooseEdits(fixes).flatMap((edit) => changeOf(lines, edit))
  if (changes.length === 0) return ''
  const name = (side: string): string =>
    /["\\\t\n]/.test(path) ? JSON.stringify(`${side}/${path}`) : `${side}/${path}`
  return `--- ${name('a')}\n+++ ${name('b')}\n${renderHunks(lines, changes)}`
}

/** Whole lines that an edit replaces, in the line ends of the file. */
function changeOf(lines: readonly string[], edit: Edit): readonly LineChange[] {
  const from = edit.line - 1
  if (from > lines.length) return []
  const first = lines[from] ?? ''
  const mark = from === 0 && first.startsWith('\ufeff') ? 1 : 0
  const lineEnd = lines[0]?.endsWith('\r\n') === true ? '\r\n' : '\n'
  // Some tools print the byte order mark with the first line, others do not.
  const own = mark === 1 ? edit.text.replace(/^\ufeff/, '') : edit.text
  const text = lineEnd === '\n' ? own : own.replaceAll(/\r?\n/g, lineEnd)
  const last = edit.endColumn === 1 ? '' : (lines[edit.endLine - 1] ?? '')
  const lastMark = edit.endLine === 1 ? mark : 0
  const replaced = first.slice(0, edit.column - 1 + mark) + text + last.slice(edit.endColumn - 1 + lastMark)
  let to = Math.min(edit.endColumn === 1 ? edit.endLine - 1 : edit.endLine, lines.length)
  // What does not end a line any more is joined with the next one; a first line that has become the second loses its mark.
  const open = replaced !== '' && !replaced.endsWith('\n')
  const joined = (open || (mark === 1 && to === 0)) && to < lines.length ? (lines[to] ?? '') : ''
  if (joined !== '') to += 1
  const added = withLineEnds(replaced + joined.replace(/^\ufeff/, ''))
  to = Math.max(to, from)
  // An edit that changes nothing makes no hunk; git refuses those.
  return lines.slice(from, to).join('') === added.join('') ? [] : [{ from, to, added }]
}

/** Whole fixes, first come first served, so that no fix is applied by half. */
function chooseEdits(fixes: readonly (readonly Edit[])[]): readonly Edit[] {
  const order = [...fixes].sort((a, b) => compare(a[0], b[0]))
  const chosen: Edit[] = []
  for (const fix of order) {
    if (fix.every((edit) => chosen.every((other) => apart(edit, other)))) chosen.push(...fix)
  }
  return chosen.sort(compare)
}

function compare(a: Edit | undefined, b: Edit | undefined): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
}

function apart(a: Edit, b: Edit): boolean {
  return a.endLine < b.line || b.endLine < a.line
}
