import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../parse/yaml.ts'
import { readSuppressions } from './entry.ts'
import { readSuppressionsFile } from './suppressions-file.ts'
import type { NewSuppression } from './write.ts'
import { writeSuppressions } from './write.ts'

const entry: NewSuppression = {
  id: 'secret generic a # b.yml aaaaaaaaaaaa (2)',
  reason: 'SEC-1: "test" key',
  owner: '@ada',
  expires: '2026-02-28',
}
const lines = (indent: string) =>
  [
    '- id: "secret generic a # b.yml aaaaaaaaaaaa (2)"',
    '  reason: "SEC-1: \\"test\\" key"',
    '  owner: "@ada"',
    '  expires: 2026-02-28',
  ].map((line) => `${indent}${line}\n`)

const own = (indent = '  ') => lines(indent).join('')
const old = '- id: secret aws a.py bbbbbbbbbbbb\n    reason: x\n    owner: y\n    expires: 2026-01-01'

function write(text: string, section: readonly string[] = ['suppressions']): string {
  const written = writeSuppressions(text, section, [entry])
  return 'text' in written ? written.text : `problem: ${written.problem}`
}

describe('an entry is written', () => {
  test.each<[string, string, string]>([
    ['to no file', '', `suppressions:\n${own()}`],
    ['to a file of comments', '# ours\n', `# ours\nsuppressions:\n${own()}`],
    ['to an empty list', 'suppressions: []\n', `suppressions: \n${own()}`],
    ['to a key without a list', '# a\nsuppressions: # b\n# c\n', `# a\nsuppressions: # b\n${own()}# c\n`],
    [
      'behind the last entry, before what follows',
      `suppressions: # ours\n  ${old} # soon\n\n# the end\n$schema: x\n`,
      `suppressions: # ours\n  ${old} # soon\n${own()}\n# the end\n$schema: x\n`,
    ],
    [
      'to a list that is not indented',
      `suppressions:\n${old.replaceAll('\n  ', '\n')}`,
      `suppressions:\n${old.replaceAll('\n  ', '\n')}\n${own('')}`,
    ],
    [
      'behind a text of several lines',
      'suppressions:\n  - id: a\n    reason: |\n      one\n      two\n\n# end\n',
      `suppressions:\n  - id: a\n    reason: |\n      one\n      two\n${own()}\n# end\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(write(text)).toBe(expected)
  })

  test('keeps the line breaks of the file', () => {
    expect(write('suppressions:\r\n')).toBe(`suppressions:\r\n${own()}`.replaceAll(/\r?\n/g, '\r\n'))
  })

  test.each<[string, string, string]>([
    [
      'with the list',
      `security-scan:\n    suppressions:\n      ${old.replaceAll('\n', '\n    ')}\n    scope: new\n`,
      `${own('      ')}    scope: new\n`,
    ],
    [
      'without the list',
      'security-scan:\n  scope: new # x\n\nquality-gate:\n  scope: all\n',
      `  scope: new # x\n  suppressions:\n${own('    ')}\nquality-gate:`,
    ],
    [
      'without the section',
      'quality-gate:\n  scope: all\n',
      `  scope: all\nsecurity-scan:\n  suppressions:\n${own('    ')}`,
    ],
    [
      'with an empty section',
      'security-scan:\nquality-gate:\n  scope: all\n',
      `security-scan:\n  suppressions:\n${own('    ')}quality-gate:`,
    ],
  ])('to a policy file %s', (_, text, expected) => {
    expect(write(text, ['security-scan', 'suppressions'])).toContain(expected)
  })

  test.each([
    ['suppressions: [a]', 'square brackets'],
    ['suppressions: [] # none', 'square brackets'],
    ['{suppressions: []}', 'not written as lines'],
    ['suppressions: x', 'is no list'],
    ['suppressions: ~', 'delete its value'],
    ['suppressions: [', 'not valid YAML'],
    ['- a', 'not written as lines'],
    ['a: &x []\nsuppressions: *x\n', 'is no list'],
  ])('never to %j', (text, problem) => {
    expect(write(text)).toContain('problem: ')
    expect(write(text)).toContain(problem)
  })

  test('and reads back as what was given, whatever that is', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => each.trim() === each)
    const entries = fc.array(
      fc.record({
        id: text.map((each) => `secret ${each}`.trim()),
        ...{ reason: text, owner: text, expires: fc.constantFrom('2026-01-02', '2026-02-01') },
        status: fc.constantFrom('accepted' as const, undefined),
      }),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(entries, (list) => {
        const written = writeSuppressions('# ours\nsuppressions:\n', ['suppressions'], list)
        if ('problem' in written) throw new Error(written.problem)
        expect(written.text).toMatch(/^# ours\nsuppressions:\n/)
        const root = parseYaml(written.text)
        expect(root).toEqual({ suppressions: list.map((each) => JSON.parse(JSON.stringify(each))) })
      }),
    )
  })

  test('and is right', () => {
    const { source, problems } = readSuppressionsFile({ path: 'f', text: write('') })
    const read = readSuppressions([source], { today: '2026-01-01', longestDays: 365 })
    expect([...problems, ...read.problems]).toEqual([])
    expect(read.entries).toMatchObject([entry])
  })
})
