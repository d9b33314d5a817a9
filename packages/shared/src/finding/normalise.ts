/** Paths and positions as tools print them, in the repository's terms. */
import { oneLine } from './text.ts'

/** Longest path kept for something outside of the repository; it is only shown. */
const longestOutsidePath = 500

export interface NormalisedPath {
  /** Repository-relative with `/`, without `.` and `..`; empty for the repository's top itself. */
  readonly path: string
  /** True where it does not lie in the workspace; `path` is then as printed, on one line. */
  readonly outside: boolean
}

/**
 * `printed` may be absolute, relative to `cwd`, a `file:` URI, and have either separator. Links are not
 * resolved: give both folders as the tool sees them (resolved, where it prints resolved paths).
 */
export function normalisePath(printed: string, folders: PathFolders): NormalisedPath {
  let known = knownPaths.get(folders)
  if (known === undefined) {
    known = new Map()
    knownPaths.set(folders, known)
  }
  let path = known.get(printed)
  if (path === undefined) {
    path = toRepository(printed, folders)
    known.set(printed, path)
  }
  return path
}

/** Absolute. */
export interface PathFolders {
  readonly workspace: string
  readonly cwd: string
}

/** Thousands of findings are about the same few files. */
const knownPaths = new WeakMap<PathFolders, Map<string, NormalisedPath>>()

function toRepository(printed: string, folders: PathFolders): NormalisedPath {
  const outside = { path: oneLine(printed).slice(0, longestOutsidePath), outside: true }
  const local = withoutScheme(printed)
  if (local === undefined || local === '' || isPlaceholder(local) || local.includes('\0')) return outside
  const workspace = segments(slashed(folders.workspace))
  const path = slashed(local)
  const full = isAbsolute(path) ? segments(path) : segments(`${slashed(folders.cwd)}/${path}`)
  const same = isWindows(folders.workspace) ? sameIgnoringCase : sameExactly
  if (workspace.length > full.length || !workspace.every((name, index) => same(name, full[index]))) {
    return outside
  }
  return { path: full.slice(workspace.length).join('/'), outside: false }
}

/** `<stdin>`, `<string>`, `-`: names of what is no file. */
function isPlaceholder(path: string): boolean {
  return path === '-' || /^<[^<>/\\]*>$/.test(path)
}

/** The local path of a `file:` URI; undefined for any other URI with an authority. */
function withoutScheme(printed: string): string | undefined {
  const uri = /^file:(?:\/\/([^/\\]*))?(.*)$/is.exec(printed)
  if (uri === null) return /^[a-z][a-z0-9+.-]+:\/\//i.test(printed) ? undefined : printed
  const server = uri[1] ?? ''
  const path = decodePercent(uri[2] ?? '')
  if (server !== '' && server.toLowerCase() !== 'localhost') return `//${server}${path}`
  return path.replace(/^\/(?=[a-z]:)/i, '')
}

/** Percent escapes decoded; as it was where they are not valid UTF-8. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/\/[?.]\/(?=[a-z]:)/i, '')
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:\//i.test(path)
}

function isWindows(path: string): boolean {
  return /^[a-z]:[\\/]/i.test(path) || path.startsWith('\\\\')
}

function segments(path: string): string[] {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names
}

function sameExactly(a: string, b: string | undefined): boolean {
  return a === b
}

function sameIgnoringCase(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase()
}

export type ColumnUnit = 'utf16' | 'utf8' | 'codepoint'

/**
 * A 1-based column of `line` counted in `unit`, in UTF-16 units. A column inside a character becomes its
 * start; one behind the end becomes the end (length + 1).
 */
export function toUtf16Column(line: string, column: number, unit: ColumnUnit): number {
  if (unit === 'utf16') return Math.min(column, line.length + 1)
  let counted = 1
  let utf16 = 1
  for (const character of line) {
    const width = unit === 'codepoint' ? 1 : utf8Width(character)
    if (counted + width > column) return utf16
    counted += width
    utf16 += character.length
  }
  return utf16
}

function utf8Width(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
