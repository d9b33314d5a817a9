/** What every rendering in Markdown must be, whatever the texts in it. */
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { expect } from 'vitest'

/** Types of all nodes, and of the HTML the names of the tags. */
function inspect(markdown: string): {
  kinds: ReadonlySet<string>
  tags: readonly string[]
  urls: readonly string[]
} {
  const kinds = new Set<string>()
  const tags: string[] = []
  const urls: string[] = []
  const visit = (node: { type: string; value?: string; url?: string; children?: unknown[] }): void => {
    kinds.add(node.type)
    if (node.type === 'html')
      tags.push(...(node.value ?? '').matchAll(/<(\/?\w+)/g).map((match) => match[1] ?? ''))
    if (node.type === 'link') urls.push(node.url ?? '')
    for (const child of node.children ?? []) visit(child as Parameters<typeof visit>[0])
  }
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }))
  return { kinds, tags, urls }
}

const ours = new Set(['details', 'summary', 'sub', 'b', 'code', 'span', 'br'])
const wanted = new Set([
  'root',
  'heading',
  'paragraph',
  'text',
  'strong',
  'inlineCode',
  'code',
  'table',
  'tableRow',
  'tableCell',
  'list',
  'listItem',
  'link',
  'html',
])

/** Only what a summary is made of, its tags balanced, and no links but such. */
export function expectSound(markdown: string, links: RegExp): void {
  const { kinds, tags, urls } = inspect(markdown)
  expect([...kinds].filter((kind) => !wanted.has(kind))).toEqual([])
  expect(tags.filter((tag) => !ours.has(tag.replace('/', '')))).toEqual([])
  for (const tag of ours) {
    if (tag === 'br') continue
    expect(tags.filter((found) => found === tag).length, tag).toBe(
      tags.filter((found) => found === `/${tag}`).length,
    )
  }
  expect(urls.filter((url) => !links.test(url))).toEqual([])
}
