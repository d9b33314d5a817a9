/** Markdown read back as GitHub's parser reads it, and texts that try to be more than text. */
import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { hostileTexts } from './hostile.ts'

export function parse(markdown: string): Nodes {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

export function nodesOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesOf)] : [node]
}

export function kinds(markdown: string): ReadonlySet<string> {
  return new Set(nodesOf(parse(markdown)).map((node) => node.type))
}

/** What GitHub's filters see: the texts outside code, each by itself. */
export function textsOf(markdown: string): readonly string[] {
  let inCode = false
  return nodesOf(parse(markdown)).flatMap((node) => {
    if (node.type === 'html')
      inCode = node.value === '<code>' ? true : node.value === '</code>' ? false : inCode
    return node.type === 'text' && !inCode ? [node.value] : []
  })
}

/** As html-pipeline and GitHub's filters look for them. */
export const reference =
  /(?:^|[^\w`])@[\w-]+|(?:^|\W)#\d|\bgh-\d|:[\w+-]+:|\w+:\/\/\S|(?:^|[^\w])www\.\w|[\w.+-]+@[\w-]+\.\w|\$[^\s]/i

export const markdownish = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '|',
        '\\',
        '`',
        '``',
        '```',
        '*',
        '_',
        '~~',
        '[x]',
        '](http://e.x)',
        '![i]',
        '<b>',
        '</code>',
        '<!--',
        '&lt;',
        '@octo',
        '#1',
        'GH-2',
        'o/r#3',
        'https://e.x',
        'www.e.x',
        'a@b.cc',
        ':bomb:',
        '$x$',
        '\n',
        '\r\n',
        '    ',
        '1. ',
        '- ',
        '# ',
        '> ',
        '---',
        '|---|',
        '"q"',
        "'q'",
        '!',
        ' ',
        '\u202e',
        '\u2028',
        'mailto:',
        'ftp://',
        '[^1]',
        '- [ ] ',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

export const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts.map((text) => text.slice(0, 500))),
  markdownish,
)

/** `html` is what we write ourselves: `<span>` around a dollar, `<code>` where backticks will not do. */
export const inline = new Set(['root', 'paragraph', 'text', 'inlineCode', 'html'])

export function ownHtml(markdown: string): boolean {
  const html = nodesOf(parse(markdown)).flatMap((node) => (node.type === 'html' ? [node.value] : []))
  return html.every((tag) => /^<\/?(?:span|code)>$/.test(tag))
}
