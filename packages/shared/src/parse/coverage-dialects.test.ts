import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import { readCoverageFile } from './coverage-file.ts'

/** Written by hand after the formats' documentation: no generator of theirs is part of this repository's tools. */

function read(text: string): Promise<CoverageReport> {
  return readCoverageFile({
    path: 'reports/it',
    chunks: async function* () {
      yield new TextEncoder().encode(text)
    },
  })
}

describe('LCOV', () => {
  const record = (lines: string, path = 'src/a.c') => `TN:\nSF:${path}\n${lines}\nend_of_record\n`

  test('of lcov, with functions, checksums and branches', async () => {
    const report = await read(
      record(
        'VER:1\nFN:1,9,main\nFNDA:1,main\nFNF:1\nFNH:1\nDA:1,4,aGVsbG8\nDA:2,0\nDA:5,1e+20\nLF:3\nLH:2\nBRDA:1,0,0,1\nBRDA:1,0,1,-\nBRDA:2,e1,0,-\nBRF:3\nBRH:1',
      ),
    )
    expect(report).toEqual({
      covered: 2,
      lines: 3,
      sources: [],
      files: [
        {
          path: 'src/a.c',
          covered: [1, 5],
          missed: [2],
          branches: [
            { line: 1, covered: 1, total: 2, missed: ['lcov:0,1'] },
            { line: 2, covered: 0, total: 1, missed: ['lcov:e1,0'] },
          ],
        },
      ],
    })
  })

  test('unites the records of one file', async () => {
    const report = await read(
      record('DA:1,0\nDA:2,1\nBRDA:2,0,0,1\nBRDA:2,0,1,0') +
        record('DA:1,3\nDA:2,0\nBRDA:2,0,0,0\nBRDA:2,0,1,2'),
    )
    expect(report.files).toMatchObject([
      { covered: [1, 2], missed: [], branches: [{ covered: 2, total: 2 }] },
    ])
  })

  test('with a path of spaces and commas, CRLF, comments, no test name, and line 0', async () => {
    const report = await read('# made by hand\r\nSF:C:\\a b, c.c\r\nDA:0,1\r\nDA:3,-7\r\nend_of_record\r\n')
    expect(report).toMatchObject({ lines: 1, covered: 0, files: [{ path: 'C:\\a b, c.c', missed: [3] }] })
  })

  test('the condition of a branch may be text with commas', async () => {
    const report = await read(record('DA:1,1\nBRDA:1,0,f(a, b),2\nBRDA:1,0,!f(a, b),-'))
    expect(report.files[0]?.branches).toEqual([
      { line: 1, covered: 1, total: 2, missed: ['lcov:0,!f(a, b)'] },
    ])
  })

  test.each([
    ['cut off in its first record', 'SF:a.c\nDA:1,1\n'],
    ['cut off between two lines', `${record('DA:1,1')}SF:b.c\nDA:1,1\n`],
    ['cut off in a line', `${record('DA:1,1')}SF:b.c\nDA:1`],
    ['without records', 'TN:\n'],
    ['with a count that is none', record('DA:1,=====')],
    ['with a line that is none', record('DA:x,1')],
    ['with a branch that is none', record('BRDA:1,2')],
    ['with a record in a record', 'SF:a.c\nSF:b.c\nend_of_record\n'],
    ['with an end too many', `${record('DA:1,1')}end_of_record\n`],
    ['without a path', 'SF:\nend_of_record\n'],
    ['with a line that does not end', `SF:a.c\nFN:${'x'.repeat(3_000_000)}`],
  ])('%s is not trusted', async (_, text) => {
    await expect(read(text)).rejects.toThrow(ToolOutputError)
  })
})

describe('JaCoCo', () => {
  const doctype = '<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">'
  const source = (name: string, lines: string) => `<sourcefile name="${name}">${lines}</sourcefile>`
  const report = (body: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>${doctype}<report name="app">${body}</report>`

  test('counts a line as covered if any instruction ran, as its own counter does', async () => {
    const text = report(`<sessioninfo id="x" start="1" dump="2"/>
      <package name="com/acme"><class name="com/acme/App" sourcefilename="App.java">
        <method name="run" desc="()V" line="3"><counter type="LINE" missed="1" covered="2"/></method></class>
        ${source('App.java', '<line nr="3" mi="0" ci="4" mb="0" cb="0"/><line nr="4" mi="2" ci="5" mb="1" cb="3"/><line nr="6" mi="2" ci="0" mb="2" cb="0"/><counter type="LINE" missed="1" covered="2"/>')}
      </package><counter type="LINE" missed="1" covered="2"/>`)
    expect(await read(text)).toEqual({
      covered: 2,
      lines: 3,
      sources: [],
      files: [
        {
          path: 'com/acme/App.java',
          covered: [3, 4],
          missed: [6],
          branches: [
            { line: 4, covered: 3, total: 4, missed: [] },
            { line: 6, covered: 0, total: 2, missed: [] },
          ],
        },
      ],
    })
  })

  test('keeps files of the same name in two modules apart', async () => {
    const module = (name: string, hits: number) =>
      `<group name="${name}"><package name="p">${source('A.java', `<line nr="1" mi="1" ci="${hits}" mb="0" cb="0"/>`)}</package></group>`
    const { files } = await read(report(`<group name="all">${module('one', 1)}${module('two', 0)}</group>`))
    expect(files.map(({ path, covered }) => [path, covered])).toEqual([
      ['all/one/p/A.java', [1]],
      ['all/two/p/A.java', []],
    ])
  })

  test('in the package without name', async () => {
    const text = report(`<package name="">${source('A.java', '<line nr="1" mi="0" ci="1"/>')}</package>`)
    expect((await read(text)).files.map(({ path }) => path)).toEqual(['A.java'])
  })

  test.each([
    ['a line without instructions', '<line nr="1" mb="0" cb="0"/>'],
    ['a line without number', '<line mi="0" ci="1"/>'],
  ])('with %s is not trusted', async (_, line) => {
    await expect(read(report(`<package name="p">${source('A.java', line)}</package>`))).rejects.toThrow(
      ToolOutputError,
    )
  })

  test('with entities of its own is not trusted', async () => {
    const text = '<!DOCTYPE report [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><report name="&b;"/>'
    await expect(read(text)).rejects.toThrow('entities')
  })
})

describe('Clover', () => {
  const file = (lines: string, attributes = 'name="A.java" path="/srv/app/A.java"') =>
    `<file ${attributes}><metrics loc="9"/>${lines}</file>`
  const report = (project: string, rest = '') =>
    `<?xml version="1.0"?><coverage clover="4.4.1" generated="1700000000"><project timestamp="1"><metrics/>${project}</project>${rest}</coverage>`

  test('of Java: statements and conditions, without declarations of methods and code of tests', async () => {
    const lines =
      '<line num="1" type="method" count="0" complexity="1"/><line num="2" type="stmt" count="7"/><line num="3" type="stmt" count="0"/><line num="4" type="cond" truecount="5" falsecount="0"/><line num="6" type="cond" truecount="0" falsecount="0"/>'
    const tests = `<testproject timestamp="1"><package name="t">${file('<line num="1" type="stmt" count="1"/>', 'name="T.java" path="/t/T.java"')}</package></testproject>`
    expect(await read(report(`<package name="p">${file(lines)}</package>`, tests))).toEqual({
      covered: 2,
      lines: 4,
      sources: [],
      files: [
        {
          path: '/srv/app/A.java',
          covered: [2, 4],
          missed: [3, 6],
          branches: [
            { line: 4, covered: 1, total: 2, missed: ['clover:false 0'] },
            { line: 6, covered: 0, total: 2, missed: ['clover:false 0', 'clover:true 0'] },
          ],
        },
      ],
    })
  })

  test('conditions of one line add up', async () => {
    const cond = (yes: number, no: number) =>
      `<line num="4" type="cond" truecount="${yes}" falsecount="${no}"/>`
    const { files } = await read(report(file(cond(1, 0) + cond(0, 1))))
    expect(files[0]?.branches).toMatchObject([{ covered: 2, total: 4 }])
  })

  test('of PHPUnit: files without packages, their path in `name`', async () => {
    const text = `<coverage generated="1700000000"><project timestamp="1">${file('<line num="7" type="method" name="run" visibility="public" complexity="1" crap="1" count="1"/><line num="9" type="stmt" count="1"/>', 'name="/srv/app/src/A.php"')}</project></coverage>`
    expect(await read(text)).toMatchObject({
      covered: 1,
      lines: 1,
      files: [{ path: '/srv/app/src/A.php', covered: [9] }],
    })
  })

  test('of Istanbul: counts of branches taken and not taken, beside that of the line', async () => {
    const lines =
      '<line num="2" count="0" type="cond" truecount="0" falsecount="3"/><line num="5" count="9" type="cond" truecount="3" falsecount="1"/>'
    const { files } = await read(report(file(lines)))
    expect(files).toMatchObject([
      {
        covered: [5],
        missed: [2],
        branches: [
          { line: 2, covered: 0, total: 3 },
          { line: 5, covered: 3, total: 4 },
        ],
      },
    ])
  })

  test.each([
    ['a file without path', file('', 'line="1"')],
    ['a line without number', file('<line type="stmt" count="1"/>')],
    ['a statement without count', file('<line num="1" type="stmt"/>')],
    ['a condition without counts', file('<line num="1" type="cond" count="1"/>')],
  ])('with %s is not trusted', async (_, text) => {
    await expect(read(report(text))).rejects.toThrow(ToolOutputError)
  })
})

describe('Cobertura of others', () => {
  test('coverlet: back slashes, a drive as source, conditions inside lines, hits beyond 32 bits', async () => {
    const report = await read(`<?xml version="1.0" encoding="utf-8"?>
      <coverage line-rate="0.5" version="1.9" timestamp="1"><sources><source>C:\\</source></sources><packages><package name="App">
      <classes><class name="App.A" filename="repo\\src\\A.cs" line-rate="1"><methods><method name="M"><lines>
      <line number="5" hits="4294967296" branch="True" condition-coverage="50% (1/2)"><conditions><condition number="21" type="jump" coverage="50%"/></conditions></line>
      </lines></method></methods><lines><line number="5" hits="4294967296" branch="True" condition-coverage="50% (1/2)"/></lines></class></classes>
      </package></packages></coverage>`)
    expect(report).toEqual({
      covered: 1,
      lines: 1,
      sources: ['C:\\'],
      files: [
        {
          path: 'repo\\src\\A.cs',
          covered: [5],
          missed: [],
          branches: [{ line: 5, covered: 1, total: 2, missed: [] }],
        },
      ],
    })
  })
})
