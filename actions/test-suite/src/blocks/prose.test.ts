import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { nameParts, printed, shellWord } from './prose.ts'

test.each([
  ['\u001b[1;31mred\u001b[0m and \u001b]8;;https://a.example\u0007link\u001b]8;;\u0007', 'red and link'],
  ['#x1B[31mas pytest writes it#x1B[0m', 'as pytest writes it'],
  ['issue #x1B and [31m stay', 'issue #x1B and [31m stay'],
  ['plain', 'plain'],
])('printed takes the codes of terminals away: %j', (text, expected) => {
  expect(printed(text)).toBe(expected)
})

describe('nameParts', () => {
  test.each([
    ['tests/test_a.py::TestX::test_b[1]', 'TestX::test_b[1]', 'tests/test_a.py'],
    ['tests/test_a.py::test_b[x::y]', 'test_b[x::y]', 'tests/test_a.py'],
    ['com.acme.CartTest::adds', 'adds', 'com.acme.CartTest'],
    ['adds [a::b]', 'adds [a::b]', ''],
    ['adds', 'adds', ''],
    ['odd::', 'odd::', ''],
  ])('%s', (id, name, place) => {
    expect(nameParts(id)).toEqual({ name, place })
  })

  test('shortens a name that is too long to read', () => {
    const { name } = nameParts(`t.py::test[${'x'.repeat(300)}]`)
    expect(name).toMatch(/^test\[x+…$/)
    expect(name.length).toBe(100)
  })
})

test.each([
  'tests/a.py::b',
  "t.py::t[it's]",
  't.py::t[$HOME `id` "x"]',
  't.py::t[a|b;c & d]',
  't.py::t[*?~!]',
  't.py::t[\\n]',
])('shellWord is one argument of a shell: %s', (id) => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(id)}`], { encoding: 'utf8' })).toBe(id)
})
