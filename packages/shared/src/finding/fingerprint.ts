/** Digests that make a finding the same one at another place and time. */
import { hash } from 'node:crypto'
import { withoutNumbers } from './text.ts'

/** Part of every digest: raise it when what goes into one changes, and stored baselines stop matching. */
export const fingerprintVersion = 1

/** A range longer than this is known by its first line: an edit inside a long function is not a new finding. */
const mostLines = 3

/** 32 hex digits. `identity` comes from {@link identityOf}. */
export function fingerprint(parts: {
  readonly rule: string
  readonly identity: string
  readonly symbol?: string | undefined
}): string {
  const text = JSON.stringify([fingerprintVersion, parts.rule, parts.identity, parts.symbol ?? ''])
  return hash('sha256', text).slice(0, 32)
}

/**
 * What makes a finding itself, in this order: the tool's own identity, the text of its line or lines, its
 * message. Blanks and numbers that may change without it being another finding are evened out.
 */
export function identityOf(finding: {
  readonly identity?: string | undefined
  readonly message: string
  readonly line?: number | undefined
  readonly endLine?: number | undefined
  readonly source?: readonly string[] | undefined
}): string {
  if (finding.identity !== undefined) return `identity:${collapsed(finding.identity)}`
  const own = ownLines(finding.source, finding.line, finding.endLine)
  if (own !== undefined) return `line:${own}`
  return `message:${withoutNumbers(collapsed(finding.message))}`
}

function ownLines(
  source: readonly string[] | undefined,
  line: number | undefined,
  endLine: number | undefined,
): string | undefined {
  if (source === undefined || line === undefined || line > source.length) return undefined
  const last = endLine ?? line
  const lines = source.slice(line - 1, last - line < mostLines ? last : line)
  return collapsed(lines.join('\n'))
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
