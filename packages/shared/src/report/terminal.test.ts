import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderTerminal } from './terminal.ts'
import { alignRows, columnsOf, withoutCommands, wrap } from './terminal-text.ts'
import {
  failedReport,
  incompleteReport,
  manyReport,
  oldDebtReport,
  sampleReports,
  userErrorReport,
} from './test/sample-reports.ts'

const plain = { colour: false, width: 100 }
const lines = (report: typeof failedReport): readonly string[] => renderTerminal(report, plain).split('\n')

describe('renderTerminal', () => {
  it('begins with the verdict and the rules', () => {
    expect(lines(failedReport)[0]).toBe('❌ Quality gate failed: score is 71.4, must be above 80')
    expect(lines(failedReport).slice(4, 6)).toEqual([
      '  ✗ score > 80                 71.4  (base 82.9)  all tools',
      '  ✗ new.type-errors < 5           9               mypy',
    ])
  })

  it('writes places so that terminals link them', () => {
    expect(lines(failedReport)).toContain('orders/api.py:17:8 error')
    expect(lines(failedReport)).toContain('orders/api.py:44 error')
  })

  it('counts what it does not show', () => {
    expect(renderTerminal(manyReport, plain)).toContain(
      'Showing 100 of 312 problems; all of them are in the report folder.',
    )
  })

  it('lists all wrong inputs, and what a failed tool printed', () => {
    expect(renderTerminal(userErrorReport, plain)).toContain(
      '- comment is sometimes; allowed are off, on-failure, always',
    )
    expect(lines(incompleteReport)).toContain('      File "mypy/build.py", line 412, in build')
  })

  it.each(Object.entries(sampleReports))('%s lets no control character through', (_, report) => {
    expect(renderTerminal(report, plain)).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
    const coloured = renderTerminal(report, { colour: true, width: 60 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours.
    expect(coloured.replaceAll(/\u001b\[(?:1|2|22|31|32|33|36|39)m/g, '')).toBe(
      renderTerminal(report, { colour: false, width: 60 }),
    )
  })
})

describe('wrap', () => {
  it('keeps all words in order and no line longer than needed', () => {
    const word = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })
      .map((text) => text.replaceAll(/\s/g, '_'))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.integer({ min: 10, max: 60 }), (words, width) => {
        const wrapped = wrap(words.join(' '), width, '  ')
        expect(wrapped.join(' ').split(/\s+/).filter(Boolean)).toEqual(words)
        for (const line of wrapped) {
          const single = !line.trim().includes(' ')
          expect(single || columnsOf(line) <= width).toBe(true)
        }
      }),
    )
  })
})

it('alignRows counts wide characters as two and marks as none', () => {
  expect(
    alignRows([
      ['日本', 'x'],
      ['e\u0301a', 'y'],
      ['abcd', 'z'],
    ]),
  ).toEqual([['日本  x'], ['e\u0301a    y'], ['abcd  z']])
})

describe('rows', () => {
  it('wrap the widest columns where there is no room, and keep numbers whole', () => {
    const rows = [['a name of many words indeed', '1,234', 'where it comes from, at length']]
    expect(alignRows(rows, { right: new Set([1]), width: 40 })).toEqual([
      ['a name of many   1,234  where it comes', 'words indeed            from, at length'],
    ])
  })

  it('lose no word, whatever the room', () => {
    const cell = fc
      // Six wide characters fill the narrowest column; a longer word would stand out of it.
      .array(fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '日'), minLength: 1, maxLength: 6 }), {
        maxLength: 6,
      })
      .map((words) => words.join(' '))
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(table, fc.integer({ min: 44, max: 90 }), (rows, width) => {
        const aligned = alignRows(rows, { width })
        for (const [index, lines] of aligned.entries()) {
          const words = (text: string): readonly string[] => text.split(' ').filter(Boolean).toSorted()
          expect(words(lines.join(' '))).toEqual(words(rows[index]?.join(' ') ?? ''))
          for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width)
        }
      }),
    )
  })
})

describe('80 columns', () => {
  it.each(Object.entries(sampleReports).filter(([name]) => name !== 'hostile'))(
    'hold %s, single words aside',
    (_, report) => {
      const tooWide = renderTerminal(report, { colour: false, width: 80 })
        .split('\n')
        .filter((line) => columnsOf(line) > 80 && /\S\s\S/.test(line))
      expect(tooWide.filter((line) => !/^(?:Report|The same on a laptop|[^ ]+ \w+$)/.test(line))).toEqual([])
    },
  )
})

describe('a green verdict', () => {
  it('is told on one screen, however much old debt there is', () => {
    expect(lines(oldDebtReport).length).toBeLessThan(25)
    expect(lines(oldDebtReport)).toContain('Score: 71.4 (−11.5; 82.9 at the base)')
  })

  it('stands at the end again where the report is longer than a screen', () => {
    expect(renderTerminal(manyReport, plain).trimEnd().split('\n').at(-1)).toBe(lines(manyReport)[0])
    expect(renderTerminal(userErrorReport, plain).match(/did not run/g)).toHaveLength(1)
  })
})

it.each([
  ['::error::x', '\\u{3a}:error::x'],
  ['  ::debug::x', '  \\u{3a}:debug::x'],
  ['a ##[group]b', 'a \\u{23}#[group]b'],
  ['\u001b[1m::x', '\u001b[1m\\u{3a}:x'],
  ['a::b', 'a::b'],
  ['# a', '# a'],
])('%j is printed as %j, which no runner takes for a command', (text, printed) => {
  expect(withoutCommands(text)).toBe(printed)
})
