import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import { readCoverageFile } from './coverage-file.ts'

function read(text: string | Uint8Array): Promise<CoverageReport> {
  return readCoverageFile({
    path: 'reports/it',
    chunks: async function* () {
      yield typeof text === 'string' ? new TextEncoder().encode(text) : text
    },
  })
}

describe('a file is told by its content', () => {
  const line = '<class filename="ü.py"><lines><line number="1" hits="1"/></lines></class>'

  test.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff<coverage>${line}</coverage>`)],
    [
      'UTF-16, little end first',
      Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?><coverage>${line}</coverage>`, 'utf16le'),
    ],
    ['UTF-16 without a mark', Buffer.from(`<coverage>${line}</coverage>`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff<coverage>${line}</coverage>`, 'utf16le').swap16()],
    [
      'Latin 1, as declared',
      Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><coverage>${line}</coverage>`, 'latin1'),
    ],
    [
      'UTF-8 that says it is UTF-16',
      Buffer.from(`<?xml version="1.0" encoding="utf-16"?><coverage>${line}</coverage>`),
    ],
    [
      'an unknown encoding',
      Buffer.from(`<?xml version="1.0" encoding="klingon"?><coverage>${line}</coverage>`),
    ],
    ['space before it', Buffer.from(`\n\n  <coverage>${line}</coverage>`)],
  ])('in %s', async (_, bytes) => {
    expect((await read(bytes)).files.map(({ path }) => path)).toEqual(['ü.py'])
  })

  test.each([
    ['', 'it is empty'],
    ['  \n ', 'it is empty'],
    ['<!DOCTYPE html><html><body>404</body></html>', 'it is an HTML page'],
    ['<html>', 'it is an HTML page'],
    ['<testsuites></testsuites>', 'JUnit'],
    ['<CoverageSession/>', 'its root <CoverageSession> is none of'],
    ['mode: set\na.go:1.2,3.4 1 1\n', 'cover profile of Go'],
    ['SQLite format 3\0\x10\0', 'coverage json'],
    ['Name  Stmts  Miss\n', 'none of Cobertura'],
    ['{"/srv/a.js": {"path": "/srv/a.js", "statementMap": {}}}', 'no JSON report of coverage.py'],
  ])('%j is none, and is called what it is', async (text, message) => {
    const reading = read(text)
    await expect(reading).rejects.toThrow(ToolOutputError)
    await expect(reading).rejects.toThrow(message)
    await expect(reading).rejects.toThrow('`reports/it`')
  })

  test('whatever the bytes, there is a report that adds up or a `ToolOutputError`', async () => {
    const seeds = [
      '<coverage><sources><source>/a</source></sources><class filename="a"><line number="1" hits="1" condition-coverage="50% (1/2)"/></class></coverage>',
      'TN:\nSF:a\nDA:1,1\nBRDA:1,0,0,-\nend_of_record\n',
      '<report name="r"><package name="p"><sourcefile name="s"><line nr="1" mi="0" ci="1" mb="1" cb="1"/></sourcefile></package></report>',
      '<coverage generated="1"><project><file path="a"><line num="1" type="cond" truecount="1" falsecount="0"/></file></project></coverage>',
      '{"files":{"a":{"executed_lines":[1],"missing_lines":[2]}},"totals":{"covered_lines":1,"num_statements":2}}',
    ]
    const mutated = fc
      .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(8), fc.string({ maxLength: 8 }))
      .map(([seed, at, cut, text]) => {
        const start = at % seed.length
        return seed.slice(0, start) + text + seed.slice(start + cut)
      })
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        const report = await read(text).catch((error: unknown) => {
          if (error instanceof ToolOutputError) return undefined
          throw error
        })
        for (const { covered, missed, branches } of report?.files ?? []) {
          expect(new Set([...covered, ...missed]).size).toBe(covered.length + missed.length)
          for (const each of branches) expect(each.covered).toBeLessThanOrEqual(each.total)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
