/**
 * Adds entries to a list of suppressions that people keep by hand. Everything else in the file stays as it is, byte for
 * byte. Pure.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Document, ParsedNode } from 'yaml'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { isRecord } from '../../parse/json.ts'
import { parseYaml } from '../../parse/yaml.ts'
import { visibleJson } from '../../report/visible.ts'
import type { SuppressionEntry } from './entry.ts'

export type NewSuppression = Omit<SuppressionEntry, 'path' | 'number'>

/** The text with the entries at the end of the list, or what stands in the way, as a clause. */
export type WrittenSuppressions = { readonly text: string } | { readonly problem: string }

/**
 * `section`: keys that lead to the list, `['suppressions']` in the file of suppressions; what is missing of them is made.
 * A list in square brackets with entries is not written to, nor is anything that would not read back as what is meant.
 */
export function writeSuppressions(
  text: string,
  section: readonly string[],
  entries: readonly NewSuppression[],
): WrittenSuppressions {
  let before: unknown
  try {
    before = parseYaml(text)
  } catch (error) {
    return { problem: `it is not valid YAML: ${error instanceof Error ? error.message : String(error)}` }
  }
  const place = findPlace(text, section)
  if ('problem' in place) return place
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = [...place.keys, ...entries.flatMap((entry) => entryLines(entry, place.indent))]
  const head = text.slice(0, place.at)
  const gap = head === '' || head.endsWith('\n') ? '' : newline
  const written = `${head}${gap}${lines.join(newline)}${newline}${text.slice(place.at + place.drop)}`
  return readsBack(before, written, section, entries)
    ? { text: written }
    : { problem: 'its list cannot be written to without changing something else' }
}

interface Place {
  readonly at: number
  /** How many characters to leave out there. */
  readonly drop: number
  /** Lines of keys that are missing. */
  readonly keys: readonly string[]
  /** Of the dashes. */
  readonly indent: string
}

function findPlace(text: string, section: readonly string[]): Place | { readonly problem: string } {
  const document = parseDocument(text, { stringKeys: true, logLevel: 'error' })
  return placeIn(document, text, document.contents, section, '')
}

function placeIn(
  document: Document.Parsed,
  text: string,
  node: ParsedNode | null,
  section: readonly string[],
  indent: string,
): Place | { readonly problem: string } {
  const [key, ...rest] = section
  if (key === undefined) return placeInList(text, node, indent)
  if (node === null || isEmptyScalar(node)) return missing(text, node, section, indent)
  if (!isMap(node) || node.flow === true) return { problem: 'it is not written as lines of keys and values' }
  const own = columnOf(text, node.range[0])
  const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
  if (pair === undefined) return { at: endOf(text, node), drop: 0, ...newKeys(section, own) }
  if (pair.value === null || isEmptyScalar(pair.value)) {
    const place = { at: lineEnd(text, pair.key.range[1]), drop: 0 }
    const isWritten = pair.value !== null && pair.value.range[1] > pair.value.range[0]
    if (isWritten) return { problem: `\`${key}\` is empty; delete its value` }
    return { ...place, ...newKeys(rest, `${own}  `) }
  }
  return placeIn(document, text, pair.value, rest, own)
}

function placeInList(
  text: string,
  node: ParsedNode | null,
  indent: string,
): Place | { readonly problem: string } {
  if (!isSeq(node)) return { problem: 'its `suppressions` is no list' }
  if (node.flow === true) {
    const { range } = node
    if (node.items.length > 0 || text.slice(range[0], range[1]).includes('#'))
      return { problem: 'its list is written in square brackets; write it with an entry a line' }
    const isAlone = text.slice(range[1], lineEnd(text, range[1])).trim() === ''
    if (!isAlone) return { problem: 'its list is written in square brackets; write it with an entry a line' }
    return { at: range[0], drop: lineEnd(text, range[1]) - range[0], keys: [], indent: `${indent}  ` }
  }
  return { at: endOf(text, node), drop: 0, keys: [], indent: columnOf(text, node.range[0]) }
}

function missing(
  text: string,
  node: ParsedNode | null,
  section: readonly string[],
  indent: string,
): Place | { readonly problem: string } {
  if (node !== null && node.range[1] > node.range[0]) return { problem: 'it holds nothing but a word' }
  return { at: text.length, drop: 0, ...newKeys(section, indent) }
}

function newKeys(section: readonly string[], indent: string): Pick<Place, 'keys' | 'indent'> {
  return {
    keys: section.map((key, depth) => `${indent}${'  '.repeat(depth)}${key}:`),
    indent: `${indent}${'  '.repeat(section.length)}`,
  }
}

function isEmptyScalar(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null
}

/** Blanks from the beginning of the line. */
function columnOf(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1))
}

/** Behind the line on which the last thing of a collection ends, before comments that follow. */
function endOf(text: string, node: ParsedNode): number {
  let last: ParsedNode = node
  while ((isMap(last) || isSeq(last)) && last.flow !== true) {
    const item = last.items.at(-1)
    const inner = item !== undefined && 'key' in item ? (item.value ?? item.key) : item
    if (inner === undefined) break
    last = inner
  }
  const end = last.range[1]
  return end > 0 && text[end - 1] === '\n' ? end : lineEnd(text, end)
}

/** Behind the line break. */
function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  return found === -1 ? text.length : found + 1
}

/** Texts in quotes: an identity may hold what YAML reads as something else. */
function entryLines(entry: NewSuppression, indent: string): readonly string[] {
  const { id, reason, owner, expires, status, justification } = entry
  const [first = '', ...others] = [
    `id: ${visibleJson(id)}`,
    `reason: ${visibleJson(reason)}`,
    `owner: ${visibleJson(owner)}`,
    `expires: ${expires}`,
    ...(status === undefined ? [] : [`status: ${status}`]),
    ...(justification === undefined ? [] : [`justification: ${justification}`]),
  ]
  return [`${indent}- ${first}`, ...others.map((line) => `${indent}  ${line}`)]
}

/** The one proof that an edit of text is what is meant. */
function readsBack(
  before: unknown,
  written: string,
  section: readonly string[],
  entries: readonly NewSuppression[],
): boolean {
  try {
    return isDeepStrictEqual(parseYaml(written), withEntries(before, section, entries))
  } catch {
    return false
  }
}

function withEntries(
  before: unknown,
  section: readonly string[],
  entries: readonly NewSuppression[],
): unknown {
  const [key, ...rest] = section
  if (key !== undefined) {
    const old = isRecord(before) ? before : {}
    return { ...old, [key]: withEntries(Object.hasOwn(old, key) ? old[key] : undefined, rest, entries) }
  }
  const old: readonly unknown[] = Array.isArray(before) ? before : []
  return [...old, ...entries.map(plainEntry)]
}

function plainEntry({ id, reason, owner, expires, status, justification }: NewSuppression): object {
  return {
    ...{ id, reason, owner, expires },
    ...(status !== undefined && { status }),
    ...(justification !== undefined && { justification }),
  }
}
