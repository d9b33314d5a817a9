/** The nodes of the policy file's YAML, as far as inputs are made of them. Pure. */
import type { Document, Node, ParsedNode } from 'yaml'
import { isAlias, isMap, isScalar, isSeq } from 'yaml'

export type PolicyShape =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, string])[] }

type Yaml = Document.Parsed<ParsedNode>

export function offsetOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0
}

/** True for what is written as nothing; the reader takes it as not given. */
export function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && (node.value === null || node.value === ''))
}

/** Undefined for what is nested more deeply than a map of lists. */
export function shapeOf(document: Yaml, node: Node): PolicyShape | undefined {
  if (isMap(node)) return mapShape(document, node.items)
  return flatShape(document, node)
}

type FlatShape = Exclude<PolicyShape, { kind: 'map' }>

function flatShape(document: Yaml, node: Node): FlatShape | undefined {
  const text = scalarText(node)
  if (text !== undefined) return { kind: 'scalar', text }
  if (!isSeq(node)) return undefined
  const items = node.items.map((item) => scalarText(resolve(document, item)))
  return items.every((item) => item !== undefined) ? { kind: 'list', items } : undefined
}

/** A map's values are texts or lists of texts. Not recursive: an alias may stand inside of what it names. */
function mapShape(
  document: Yaml,
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
): PolicyShape | undefined {
  const entries: (readonly [string, string])[] = []
  for (const { key, value } of pairs) {
    const inner = flatShape(document, resolve(document, value))
    if (inner === undefined) return undefined
    const texts = inner.kind === 'scalar' ? [inner.text] : inner.items
    entries.push(...texts.map((text) => [keyText(key), text] as const))
  }
  return { kind: 'map', entries }
}

/** The text of a scalar, numbers as written; undefined for lists and maps. */
function scalarText(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined
  if (typeof node.value === 'string') return node.value
  return node.value === null ? '' : (node.source ?? String(node.value))
}

export function keyText(key: unknown): string {
  return scalarText(key) ?? ''
}

/** What an alias stands for; everything else as it is. */
export function resolve(document: Yaml, node: unknown): Node {
  if (isAlias(node)) return node.resolve(document) ?? document.createNode(null)
  return isScalar(node) || isMap(node) || isSeq(node) ? node : document.createNode(null)
}
