/** Every rendering of a report in which every text is hostile. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planAnnotations, singleAnnotations } from './annotations.ts'
import { renderCheckRun } from './check-run.ts'
import { renderComment } from './comment.ts'
import { renderHtml } from './page.ts'
import type { Report } from './report.ts'
import { renderResult } from './result.ts'
import { renderSarif } from './sarif.ts'
import { renderSummary } from './summary.ts'
import { renderTerminal } from './terminal.ts'
import { hostileReport, hostileTexts } from './test/hostile.ts'
import { hostile, reference, textsOf } from './test/markdown-nodes.ts'
import { failedReport } from './test/sample-reports.ts'
import { expectSound } from './test/sound-markdown.ts'

/** A link of ours to a line, or one that an action itself gave as a link. */
const links = /^https?:\/\//
/** Lines and tabs of code blocks aside. */
const invisible = /(?![\n\t])\p{Cc}|[\u2028\u2029]|(?![\u200b-\u200d])\p{Cf}/u

const reports = fc
  .array(hostile, { minLength: 2, maxLength: 6 })
  .map((texts) => hostileReport(failedReport, texts))

function each(check: (report: Report) => void, numRuns = 12): void {
  check(hostileReport(failedReport))
  fc.assert(fc.property(reports, check), { numRuns })
}

describe('no text leaves its place', () => {
  it.each<[string, (report: Report) => string]>([
    ['summary', (report) => renderSummary(report, { maxBytes: 1_000_000 })],
    ['comment', (report) => renderComment(report, '<!-- ci-actions: x -->')],
    ['check run', (report) => renderCheckRun(report).summary],
  ])('in the %s', (_, render) => {
    each((report) => {
      const markdown = render(report).replace('<!-- ci-actions: x -->', '')
      expectSound(markdown, links)
      for (const text of textsOf(markdown)) expect(text).not.toMatch(reference)
      expect(markdown).not.toMatch(/(?![\n\t])\p{Cc}|(?![\u200c\u200d])\p{Cf}/u)
    })
  })

  it('in annotations, which are one line each', () => {
    each((report) => {
      for (const { title, message } of [
        ...planAnnotations(report).annotations,
        ...singleAnnotations(report, 50),
      ]) {
        expect(`${title}${message}`).not.toMatch(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(message.length).toBeLessThanOrEqual(4096)
        expect(title.length).toBeLessThanOrEqual(255)
      }
    })
  })

  it('on a terminal, where nothing is an escape sequence or a workflow command', () => {
    each((report) => {
      const text = renderTerminal(report, { colour: false, width: 80 })
      expect(text).not.toMatch(invisible)
      expect(text).not.toMatch(/^\s*::/m)
      expect(text).not.toContain('##[')
    })
  })

  it('in the page, which has no markup but its own', () => {
    each((report) => {
      const html = renderHtml(report).replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
      const tags = [...html.matchAll(/<\/?([^\s/>]*)[^>]*>/g)]
      expect(
        tags
          .map(([, name]) => name)
          .filter((name) => /^(?:script|img|iframe|object|base|link)$/.test(name ?? '')),
      ).toEqual([])
      const attributes = tags.map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""')).join('')
      expect(attributes).not.toMatch(/\son\w+=|\s(?:src|style|formaction)=/)
      expect([...html.matchAll(/href="([^"]*)"/g)].filter(([, url]) => !links.test(url ?? ''))).toEqual([])
      expect(html).not.toMatch(invisible)
    })
  })

  it('in JSON and SARIF, where hidden characters are written out', () => {
    each((report) => {
      const result = renderResult(report)
      for (const text of [result, renderSarif(report)]) {
        expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u2028\u2029]|\p{Cf}/u)
        expect(() => JSON.parse(text)).not.toThrow()
      }
      const messages = JSON.parse(result).findings.map((finding: { message: string }) => finding.message)
      expect(messages).toEqual(report.findings.map(({ message }) => message))
    })
  })

  it('in messages of SARIF, which would otherwise link', () => {
    each((report) => {
      const { runs } = JSON.parse(renderSarif(report))
      const messages = runs.flatMap((run: { results: { message: { text: string } }[] }) =>
        run.results.map(({ message }) => message.text),
      )
      expect(messages.filter((text: string) => /\]\(/.test(text))).toEqual([])
      expect(messages.length).toBeGreaterThan(0)
    })
  })
})

it('hostile texts are hostile: each breaks out somewhere if it is not escaped', () => {
  const raw = hostileTexts.join('\n\n')
  expect(textsOf(raw).some((text) => reference.test(text))).toBe(true)
  expect(() => expectSound(raw, /^$/)).toThrow()
  expect(raw).toMatch(invisible)
})
