import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import { branchShare } from './coverage.ts'
import { readCoverageFile } from './coverage-file.ts'

/** Real output; fixtures/README.md has the commands and the sources. */
function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
}

async function* chunked(text: string, size = 7): AsyncIterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

function read(text: string, size?: number): Promise<CoverageReport> {
  return readCoverageFile({ path: 'reports/it', chunks: () => chunked(text, size) })
}

function cobertura(classes: string, attributes = ''): Promise<CoverageReport> {
  return read(`<?xml version="1.0"?><coverage ${attributes}>${classes}</coverage>`)
}

const example = {
  covered: 5,
  lines: 7,
  files: [
    { path: 'pkg/__init__.py', covered: [], missed: [1], branches: [] },
    {
      path: 'pkg/a b.py',
      covered: [1, 4, 5, 6, 10],
      missed: [7],
      branches: [
        { line: 5, covered: 1, total: 2, missed: ['py:7'] },
        { line: 6, covered: 1, total: 2, missed: ['py:7'] },
      ],
    },
  ],
}

describe('Cobertura', () => {
  test('of coverage.py', async () => {
    const report = await read(fixture('coverage.xml'))
    expect(report).toEqual({ ...example, sources: ['/srv/my shop'] })
  })

  test('however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (size) => {
        const text =
          '<coverage><source>/é😀</source><class filename="ü.py"><line number="1" hits="2"/></class></coverage>'
        const report = await read(text, size)
        expect(report).toMatchObject({ sources: ['/é😀'], files: [{ path: 'ü.py', covered: [1] }] })
      }),
      { numRuns: 50 },
    )
  })

  test('counts a line once, however many classes and methods name it', async () => {
    // Covered in one class, not in the next; and the other way round.
    const report = await cobertura(`
      <class name="A" filename="a.py"><methods><method><lines><line number="1" hits="0"/></lines></method></methods>
        <lines><line number="1" hits="0"/><line number="2" hits="0"/></lines></class>
      <class name="B" filename="a.py"><lines><line number="2" hits="3"/></lines></class>
      <class name="C" filename="a.py"><lines><line number="2" hits="0"/></lines></class>`)
    expect(report).toMatchObject({
      covered: 1,
      lines: 2,
      files: [{ path: 'a.py', covered: [2], missed: [1] }],
    })
  })

  test('without lines is taken at its word, with lines it is not', async () => {
    const stated = 'lines-covered="80" lines-valid="100" line-rate="0.8"'
    expect(await cobertura('', stated)).toMatchObject({ covered: 80, lines: 100 })
    const line = '<class filename="a.py"><lines><line number="1" hits="1"/></lines></class>'
    expect(await cobertura(line, stated)).toMatchObject({ covered: 1, lines: 1 })
    expect(await cobertura('')).toMatchObject({ covered: 0, lines: 0 })
    expect(await cobertura('', 'lines-covered="9" lines-valid="1"')).toMatchObject({ covered: 0, lines: 0 })
  })

  test('may name an external DTD, which is not fetched', async () => {
    const text =
      '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage/>'
    expect(await read(text)).toMatchObject({ lines: 0 })
  })

  test('takes what is no entity for itself', async () => {
    const report = await cobertura('<class filename="a&amp;&b;.py"><line number="1" hits="1"/></class>')
    expect(report.files.map(({ path }) => path)).toEqual(['a&&b;.py'])
  })

  test.each([
    ['cut off', '<coverage><class filename="a.py"><lines>'],
    ['empty', ''],
    ['of another kind', '<testsuites/>'],
    [
      'with hits that are no number',
      '<coverage><class filename="a"><line number="1" hits="x"/></class></coverage>',
    ],
    [
      'with a file of a billion lines',
      '<coverage><class filename="a"><line number="1000000000" hits="1"/></class></coverage>',
    ],
    ['that is nested without end', `<coverage>${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}</coverage>`],
    ['with its own entities', '<!DOCTYPE coverage [<!ENTITY a "x">]><coverage>&a;</coverage>'],
    ['with entities that it does not use', '<!DOCTYPE coverage [<!ENTITY a "x">]><coverage></coverage>'],
    ['with a second root', '<coverage/><coverage/>'],
    ['with a tag that ends another', '<coverage><a></b></a></coverage>'],
    ['with an attribute without value', '<coverage><a b/></coverage>'],
    ['with a class without file', '<coverage><class name="x"/></coverage>'],
    ['with a line without hits', '<coverage><class filename="a"><line number="1"/></class></coverage>'],
    [
      'with a line of minus one',
      '<coverage><class filename="a"><line number="-1" hits="1"/></class></coverage>',
    ],
  ])('%s is not trusted', async (_, text) => {
    await expect(read(text)).rejects.toThrow(ToolOutputError)
  })

  test('that is not UTF-8 is not trusted', async () => {
    async function* latin1() {
      yield Buffer.from('<coverage name="é"/>', 'latin1')
    }
    await expect(readCoverageFile({ path: 'it', chunks: latin1 })).rejects.toThrow(ToolOutputError)
  })
})

test('a text without end is given up long before it is read', async () => {
  let given = 0
  async function* endless() {
    yield new TextEncoder().encode('<coverage name="')
    for (; given < 1000; given += 1) yield Buffer.alloc(64 * 1024, 'x')
  }
  await expect(readCoverageFile({ path: 'it', chunks: endless })).rejects.toThrow(ToolOutputError)
  expect(given).toBeLessThan(100)
})

describe('branches in Cobertura', () => {
  const line = (attributes: string) =>
    cobertura(`<class filename="a"><lines><line number="3" hits="1" ${attributes}/></lines></class>`)

  test.each([
    [
      'are those of the condition',
      'branch="true" condition-coverage="50% (1/2)"',
      [{ line: 3, covered: 1, total: 2, missed: [] }],
    ],
    [
      'in capitals, as coverlet writes',
      'branch="True" condition-coverage="75% (3/4)"',
      [{ line: 3, covered: 3, total: 4, missed: [] }],
    ],
    [
      'have names with coverage.py',
      'condition-coverage="33% (1/3)" missing-branches="exit,7"',
      [{ line: 3, covered: 1, total: 3, missed: ['py:7', 'py:exit'] }],
    ],
    [
      'have no names where two are called the same',
      'condition-coverage="0% (0/2)" missing-branches="exit,exit"',
      [{ line: 3, covered: 0, total: 2, missed: [] }],
    ],
    ['that are more than there are count as none', 'condition-coverage="150% (3/2)"', []],
    ['may be missing', 'branch="false"', []],
  ])('%s', async (_, attributes, branches) => {
    expect((await line(attributes)).files[0]?.branches).toEqual(branches)
  })
})

describe('coverage.py says the same in every format', () => {
  test.each(['a', 'b'])('run %s', async (run) => {
    const [xml, json, lcov] = await Promise.all(
      ['xml', 'json', 'lcov'].map((format) => read(fixture(`shop-${run}.${format}`))),
    )
    expect(xml).toEqual({ ...json, sources: ['/srv/my shop'] })
    expect(lcov).toEqual(json)
    // The totals that it states itself.
    const { totals } = JSON.parse(fixture(`shop-${run}.json`))
    expect(json).toMatchObject({ covered: totals.covered_lines, lines: totals.num_statements })
    expect(branchShare(json?.files ?? [])).toEqual({
      covered: totals.covered_branches,
      total: totals.num_branches,
    })
  })
})

describe('JSON of coverage.py', () => {
  const change = (edit: (report: Record<string, Record<string, unknown>>) => void) => {
    const report = JSON.parse(fixture('coverage.json'))
    edit(report)
    return JSON.stringify(report)
  }

  test('says what the XML says', async () => {
    expect(await read(fixture('coverage.json'))).toEqual({ ...example, sources: [] })
  })

  test.each([
    ['cut off', fixture('coverage.json').slice(0, -20)],
    ['of another kind', '{"results": []}'],
    ['a list', '[]'],
    ['without totals', change((report) => delete report['totals'])],
    ['without files', change((report) => delete report['files'])],
    ['with a file left out', change((report) => delete report['files']?.['pkg/__init__.py'])],
    [
      'with lines that are none',
      change((report) =>
        Object.assign(report['files'] ?? {}, { x: { executed_lines: ['1'], missing_lines: [] } }),
      ),
    ],
  ])('%s is not trusted', async (_, text) => {
    await expect(read(text)).rejects.toThrow(ToolOutputError)
  })
})
