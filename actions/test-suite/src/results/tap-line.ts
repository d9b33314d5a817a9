/** One line of TAP 13 or 14, taken apart. */

export type TapLine =
  | { readonly kind: 'version' | 'block' | 'pragma' | 'other' }
  | { readonly kind: 'plan'; readonly count: number; readonly reason: string | undefined }
  | { readonly kind: 'subtest'; readonly name: string }
  | { readonly kind: 'bail'; readonly reason: string }
  | { readonly kind: 'comment'; readonly text: string }
  | TapPoint

export interface TapPoint {
  readonly kind: 'point'
  readonly ok: boolean
  readonly number: number | undefined
  readonly name: string
  readonly directive: 'skip' | 'todo' | undefined
  readonly reason: string
  readonly seconds: string | undefined
}

/** Four blanks are one level of subtests. */
export function tapLevel(line: string): number {
  const indent = /^ */.exec(line)?.[0].length ?? 0
  return Math.floor(indent / 4)
}

export function parseTapLine(line: string): TapLine {
  const text = line.trim()
  const point = pointPattern.exec(text)
  if (point !== null) return parsePoint(point[1] === undefined, point[2], point[3] ?? '')
  const plan = /^1\.\.(\d{1,9})\s*(?:#\s*(.*))?$/.exec(text)
  if (plan !== null) return { kind: 'plan', count: Number(plan[1]), reason: plan[2] }
  if (/^TAP version \d+$/i.test(text)) return { kind: 'version' }
  const bail = /^Bail out!\s*(.*)$/i.exec(text)
  if (bail !== null) return { kind: 'bail', reason: bail[1] ?? '' }
  const subtest = /^# Subtest(?::\s*(.*))?$/.exec(text)
  if (subtest !== null) return { kind: 'subtest', name: unescaped(subtest[1] ?? '') }
  if (text.startsWith('#')) return { kind: 'comment', text: text.slice(1).replace(/^ /, '') }
  if (/^---(?:\s|$)/.test(text)) return { kind: 'block' }
  return { kind: /^pragma [+-]/.test(text) ? 'pragma' : 'other' }
}

const pointPattern = /^(not )?ok(?=\s|$)(?:\s+(\d{1,9})(?=\s|$))?(.*)$/

function parsePoint(ok: boolean, number: string | undefined, rest: string): TapPoint {
  const hash = directiveAt(rest)
  const description = hash === -1 ? rest : rest.slice(0, hash)
  const [, word, reason] = /^#\s*(skip|todo|time)\S*\s*(.*)$/i.exec(hash === -1 ? '' : rest.slice(hash)) ?? []
  const kind = word?.toLowerCase()
  return {
    kind: 'point',
    ok,
    number: number === undefined ? undefined : Number(number),
    name: unescaped(
      description
        .trim()
        .replace(/^-(?:\s+|$)/, '')
        .trim(),
    ),
    directive: kind === 'skip' || kind === 'todo' ? kind : undefined,
    reason: reason ?? '',
    seconds: /#\s*time=(\S+)/.exec(rest)?.[1],
  }
}

/** The first `#` that is not escaped and begins a directive. */
function directiveAt(text: string): number {
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1)) {
    const backslashes = /\\*$/.exec(text.slice(0, at))?.[0].length ?? 0
    if (backslashes % 2 === 0 && /^#\s*(?:skip|todo|time=)/i.test(text.slice(at, at + 40))) return at
  }
  return -1
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\#])/g, '$1')
}
