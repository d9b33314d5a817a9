import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Severity } from '../finding/finding.ts'
import { blockHtml } from './blocks-html.ts'
import { escapeHtml, jsonForScript, linkHtml, proseHtml } from './html.ts'
import { renderHtml } from './page.ts'
import { pageData } from './page-data.ts'
import { manyFindings, sampleFinding } from './test/builders.ts'
import { openPage } from './test/fake-page.ts'
import { hostileTexts } from './test/hostile.ts'
import { failedReport, manyReport, passedReport, sampleReports } from './test/sample-reports.ts'

/** Names of all tags of a page, with scripts and styles emptied, as a browser would find them. */
function tagsOf(html: string): readonly string[] {
  const markup = html.replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1</$2>')
  return [...markup.matchAll(/<(\/?[a-z][\w-]*)/gi)].map((match) => match[1] ?? '')
}

const allowed = new Set([
  'html',
  'a',
  'head',
  'meta',
  'title',
  'style',
  'body',
  'h1',
  'h2',
  'p',
  'b',
  'div',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'code',
  'pre',
  'noscript',
  'form',
  'input',
  'select',
  'option',
  'ol',
  'ul',
  'li',
  'button',
  'script',
  'details',
  'summary',
  'footer',
  'br',
  'svg',
  'rect',
  'figure',
  'figcaption',
  'polyline',
  'circle',
  'title',
  'text',
])
const empty = new Set(['meta', 'input', 'br', 'rect', 'polyline'])

describe('renderHtml', () => {
  it.each(Object.entries(sampleReports))('%s has only our tags, balanced', (_, report) => {
    const tags = tagsOf(renderHtml(report))
    expect(tags.filter((tag) => !allowed.has(tag.replace('/', '')))).toEqual([])
    for (const tag of allowed) {
      if (empty.has(tag)) continue
      expect(tags.filter((found) => found === tag).length, tag).toBe(
        tags.filter((found) => found === `/${tag}`).length,
      )
    }
  })

  it.each(Object.entries(sampleReports))(
    '%s loads nothing and runs nothing but its own script',
    (_, report) => {
      const html = renderHtml(report)
      expect(html.match(/<script>/g)?.length ?? 0).toBe(report.findings.length === 0 ? 0 : 1)
      const markup = html.replaceAll(/<script\b[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '')
      const tags = markup.match(/<[a-z][^>]*>/gi) ?? []
      expect(
        tags.filter((tag) => /\s(?:src|on\w+|style|srcset|action)=/.test(tag.replaceAll(/"[^"]*"/g, ''))),
      ).toEqual([])
      const addresses = tags.flatMap((tag) => /href="([^"]*)"/.exec(tag)?.[1] ?? [])
      expect(addresses.filter((address) => !/^https?:\/\//.test(address))).toEqual([])
    },
  )

  it('allows by hash exactly the style and the script that are in it', () => {
    const html = renderHtml(failedReport)
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? ''
    const hash = (text: string | undefined): string =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src ${hash(/<script>([\s\S]*?)<\/script>/.exec(html)?.[1])}`)
    expect(policy).toContain(`style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1])}`)
    expect(policy).not.toContain('unsafe')
  })

  it('names the verdict in the title', () => {
    expect(renderHtml(passedReport)).toContain('<title>✅ Quality gate passed</title>')
    expect(renderHtml({ ...failedReport, enforced: false })).toContain('(not enforced)')
  })
})

describe('pageData', () => {
  it('holds every finding: what counts first, then older, fixed and suppressed ones', () => {
    const findings = [
      sampleFinding({ state: 'fixed' }),
      sampleFinding({ state: 'unchanged' }),
      sampleFinding({ suppression: { reason: 'r', source: 'policy' } }),
      sampleFinding({ message: 'mine' }),
    ]
    const data = pageData({ ...failedReport, findings })
    expect(data.rows.map((row) => data.states[row[3] ?? 0])).toEqual([
      'new',
      'unchanged',
      'fixed',
      'suppressed',
    ])
    expect(data.rows.map((row) => (row[8] ?? 0) & 1)).toEqual([1, 0, 0, 0])
  })

  it('survives the script element, whatever the texts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts))),
        (messages) => {
          const data = pageData({
            ...failedReport,
            findings: messages.map((message) => sampleFinding({ message })),
          })
          const json = jsonForScript(data)
          expect(json).not.toMatch(/[<>]/)
          expect(JSON.parse(json)).toEqual(data)
        },
      ),
    )
  })

  it('links rules to http addresses only', () => {
    const findings = [
      sampleFinding({ help: 'javascript:alert(1)', rule: 'A' }),
      sampleFinding({ help: 'https://h/x', rule: 'B' }),
    ]
    expect(pageData({ ...failedReport, findings }).rules).toEqual([
      { name: 'A' },
      { name: 'B', help: 'https://h/x' },
    ])
  })
})

describe('the page script', () => {
  it('shows two hundred at a time and filters all', () => {
    const page = openPage({ ...manyReport, findings: manyFindings(1000) })
    expect(page.status()).toBe('Showing 200 of 1,000')
    page.click()
    expect(page.status()).toBe('Showing 400 of 1,000')
    page.filter({ text: 'MODULE_3.py e5', level: 'error' })
    expect(page.status()).toBe('Showing 2 of 2 (1,000 in all)')
    expect(page.items()[0]).toContain('src/package_0/module_3.py')
    page.filter({ text: '', level: 'note', tool: 'Pylint' })
    expect(page.status()).toMatch(/^Showing (\d+) of \1 \(1,000 in all\)$/)
  })

  it('starts with what counts', () => {
    const page = openPage(failedReport)
    expect(page.status()).toBe('Showing 14 of 14 (226 in all)')
    page.filter({ state: 'all' })
    expect(page.status()).toBe('Showing 200 of 226')
    page.filter({ state: 'unchanged' })
    expect(page.status()).toBe('Showing 200 of 212 (226 in all)')
  })

  it('tells risks by their severity, and offers those that there are', () => {
    const risk = (severity: Severity, message: string) =>
      sampleFinding({ message, security: { kind: 'weakness', claims: [], severity, severitySource: 'x' } })
    const findings = [risk('low', 'a'), risk('critical', 'b'), sampleFinding({ message: 'c', level: 'note' })]
    const page = openPage({ ...failedReport, findings })
    page.filter({ level: 'critical', state: 'all' })
    expect(page.items().map((item) => /critical/.test(item))).toEqual([true])
    const options = /name="level"[^>]*>(.*?)<\/select>/.exec(renderHtml({ ...failedReport, findings }))?.[1]
    expect(options?.match(/value="[^"]*"/g)).toEqual(
      ['""', '"critical"', '"low"', '"note"'].map((each) => `value=${each}`),
    )
  })

  it('writes texts as texts', () => {
    const page = openPage({
      ...failedReport,
      findings: [sampleFinding({ message: '<img src=x> "a" and \'b\'' })],
    })
    expect(page.items()[0]).toContain('<img src=x> a and b')
  })
})

describe('escaping', () => {
  it('leaves nothing that HTML reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
      }),
    )
  })

  it('shows inline code of prose', () => {
    expect(proseHtml('a `<b>` c')).toBe('a <code>&lt;b&gt;</code> c')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https:', ''])('does not link %s', (url) => {
    expect(linkHtml('x', url)).toBe('x')
  })

  it('cannot be left through an address', () => {
    expect(linkHtml('x', 'https://h/"><script>')).toBe(
      '<a href="https://h/%22%3E%3Cscript%3E" rel="noopener noreferrer">x</a>',
    )
  })
})

describe('blocks', () => {
  it('draws bars and charts of odd numbers', () => {
    const points = [
      { label: 'a', value: Number.NaN },
      { label: '<b>', value: 3 },
    ]
    expect(blockHtml({ kind: 'chart', title: 't', unit: 'u', points })).toContain(
      '<title>&lt;b&gt;: 3 u</title>',
    )
    expect(blockHtml({ kind: 'chart', title: 't', unit: 'u', points: [] })).toBe('')
    expect(blockHtml({ kind: 'bar', label: 'x', percent: 250 })).toContain(
      'width="100" height="8" rx="2"/></svg>',
    )
  })
})
