import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codeMarkdown,
  detailsClose,
  detailsOpen,
  escapeMarkdown,
  fencedMarkdown,
  fileAddress,
  linkMarkdown,
  messageMarkdown,
  proseMarkdown,
  tableHead,
  tableRow,
} from './markdown.ts'
import { hostile, inline, kinds, nodesOf, ownHtml, parse, reference, textsOf } from './test/markdown-nodes.ts'

describe('inline text', () => {
  const makers = {
    escapeMarkdown,
    prose: (text: string) => proseMarkdown(text, 'line'),
    message: (text: string) => messageMarkdown(text, 'line'),
  }
  it.each(Object.entries(makers))(
    '%s is a paragraph of text and code and nothing else, whatever it holds',
    (_, make) => {
      fc.assert(
        fc.property(hostile, (text) => {
          const markdown = make(text)
          expect([...kinds(markdown)].filter((kind) => !inline.has(kind))).toEqual([])
          expect(
            nodesOf(parse(markdown)).filter(({ type }) => type === 'paragraph').length,
          ).toBeLessThanOrEqual(1)
          expect(ownHtml(markdown)).toBe(true)
          for (const seen of textsOf(markdown)) expect(seen).not.toMatch(reference)
        }),
        { numRuns: 500 },
      )
    },
  )

  it('shows the text itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), (text) => {
        const shown = textsOf(escapeMarkdown(text)).join('').replaceAll('\u200b', '')
        expect(shown.replaceAll(/\s+/g, ' ')).toBe(text.trim().replaceAll(/\s+/g, ' '))
      }),
    )
  })

  it.each([
    ['71.4 of 80', '71.4 of 80'],
    ['a_b', 'a\\_b'],
    ['1. x', '1\\. x'],
    ['- x', '\\- x'],
    ['@team', '@&#8203;team'],
    ['fixes #12', 'fixes #&#8203;12'],
    ['C# and #x', 'C# and #x'],
    ['$5', '<span>$</span>5'],
  ])('%s becomes %s', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown)
  })
})

describe('table cells', () => {
  it('keeps its cells, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile, hostile), { maxLength: 5 }), (rows) => {
        const head = tableHead([{ title: 'a' }, { title: 'b', align: 'right' }, { title: 'c' }])
        const body = rows.map(([one, two, three]) =>
          tableRow([escapeMarkdown(one), codeMarkdown(two, 'cell'), messageMarkdown(three, 'cell')]),
        )
        const markdown = `${head}${body.join('')}\n`
        const [table, ...others] = parse(markdown).type === 'root' ? nodesOf(parse(markdown)).slice(1) : []
        expect(table?.type).toBe('table')
        const cells = nodesOf(parse(markdown)).filter(({ type }) => type === 'tableCell')
        expect(cells).toHaveLength(3 * (rows.length + 1))
        expect(
          others
            .map(({ type }) => type)
            .filter((type) => !['tableRow', 'tableCell', ...inline].includes(type)),
        ).toEqual([])
        expect(ownHtml(markdown)).toBe(true)
        for (const text of textsOf(markdown)) expect(text).not.toMatch(reference)
      }),
      { numRuns: 400 },
    )
  })

  it('shows code with pipes and backticks as it is', () => {
    const codes = ['a | b', '`', '``x`` | `', 'a\\', ' x ', 'a\\\\b']
    const rows = codes.map((code) => tableRow([codeMarkdown(code, 'cell')])).join('')
    const nodes = nodesOf(parse(tableHead([{ title: 'x' }]) + rows))
    expect(nodes.flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []))).toEqual(codes)
  })

  it('leaves a pipe behind a backslash to HTML, where renderers agree', () => {
    expect(codeMarkdown('a\\|b', 'cell')).toBe('<code>a\\\\&#124;b</code>')
  })
})

describe('code', () => {
  it('holds any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = `x ${codeMarkdown(text, 'line')} y`
        const nodes = nodesOf(parse(markdown)).filter(({ type }) => type !== 'root' && type !== 'paragraph')
        expect(
          nodes.map(({ type }) => type).filter((type) => type !== 'text' && type !== 'inlineCode'),
        ).toEqual([])
        expect(nodes.filter(({ type }) => type === 'inlineCode').length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is not ended by a fence inside', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nodes = nodesOf(parse(`${fencedMarkdown(text, 'text')}\nafter`))
        expect(nodes.map(({ type }) => type)).toEqual(['root', 'code', 'paragraph', 'text'])
      }),
    )
  })
})

describe('links', () => {
  it('leads to any path and is one link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), (path) => {
        const address = fileAddress('https://github.com/o/r/blob/abc/{path}#L{line}', path, 7)
        const nodes = nodesOf(parse(`| a |\n|--|\n| ${linkMarkdown('7', address)} |\n`))
        const links = nodes.flatMap((node) => (node.type === 'link' ? [node.url] : []))
        expect(links).toHaveLength(1)
        const shown = decodeURIComponent((links[0] ?? '').replace(/^.*\/blob\/abc\//, '').replace(/#L7$/, ''))
        expect(shown).toBe(path.toWellFormed())
      }),
    )
  })

  it('stays a link behind an exclamation mark', () => {
    expect(kinds(`${escapeMarkdown('wow!')}${linkMarkdown('7', 'https://h/p')}`)).toContain('link')
  })

  it('names no line where there is none', () => {
    expect(fileAddress('https://h/{path}#L{line}', 'a b/c.py', undefined)).toBe('https://h/a%20b/c.py')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'relative', 'http://', ''])(
    'does not link %s',
    (url) => {
      expect(linkMarkdown('label', url)).toBe('label')
    },
  )
})

describe('details', () => {
  it('keeps the title in the summary, as HTML', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const markdown = `${detailsOpen(title)}body\n${detailsClose}`
        const nodes = nodesOf(parse(markdown))
        expect(nodes.map(({ type }) => type)).toEqual(['root', 'html', 'paragraph', 'text', 'html'])
        const html = nodes.flatMap((node) => (node.type === 'html' ? [node.value] : []))[0] ?? ''
        expect(html.replaceAll(/<\/?(?:details|summary|b|code|span)>/g, '')).not.toMatch(/[<>]/)
        expect(
          html.replaceAll(/<[^>]*>|&\w+;|&#(?!8203)\d+;/g, ' ').replaceAll('&#8203;', '\u200b'),
        ).not.toMatch(/(?:^|[^\w])@[\w-]+|(?:^|\W)#\d|:[\w+-]+:/)
      }),
    )
  })

  it('makes the part before the colon bold', () => {
    expect(detailsOpen('Score: 71.4 of `100`')).toBe(
      '<details><summary><b>Score</b> 71.4 of <code>100</code></summary>\n\n',
    )
  })
})
