import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { secretOnLine, writtenForms } from './secret-value.ts'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')

it.each([
  ['password = "open sesame"', 'open sesame'],
  ["PASSWORD: 'a=b/c'", 'a=b/c'],
  ['KEY=value-of-it', 'value-of-it'],
  ['url = "postgres://orders:let.me_in@host/x"', 'let.me_in'],
  ['Größe: "schlüssel-für-alles"', 'schlüssel-für-alles'],
  ['alone', 'alone'],
])('finds it in `%s`', (line, value) => {
  expect(secretOnLine(line, sha1(value))).toBe(value)
  expect(secretOnLine(line, sha1(value).toUpperCase())).toBe(value)
})

it('finds nothing where it does not stand', () => {
  expect(secretOnLine('password = "other"', sha1('open sesame'))).toBeUndefined()
  expect(secretOnLine('', sha1(''))).toBeUndefined()
})

it('takes a line of any length and form in little time', () => {
  expect(secretOnLine('"a=b":'.repeat(100_000), sha1('x'))).toBeUndefined()
})

it.each([
  [String.raw`password = 'pa"ss\\w0rd\'Zq9X7k'`, `pa"ss\\w0rd'Zq9X7k`, [String.raw`pa"ss\\w0rd\'Zq9X7k`]],
  [String.raw`key = "Zq9\x41X7kQm3"`, 'Zq9AX7kQm3', [String.raw`Zq9\x41X7kQm3`]],
  [
    String.raw`key = "\u0142\U0001F600\101\n\q"; name = "other"`,
    '\u0142\u{1F600}A\nq',
    [String.raw`\u0142\U0001F600\101\n\q`],
  ],
  ['passwd = "aaaaZq9" "bbbbX7k"', 'aaaaZq9bbbbX7k', ['aaaaZq9', 'bbbbX7k']],
  ['key = "aaaaZq9" + rest("aaaa", "zzzz")', 'aaaaZq9bbbbX7k', ['aaaaZq9', 'aaaa']],
])('knows how a secret is written in `%s`', (line, value, written) => {
  expect(writtenForms(value, [line])).toEqual(written)
})

it('looks for parts on no line where the secret stands as it is', () => {
  expect(writtenForms('production-key', ['load("production", "production-key")'])).toEqual([])
  expect(writtenForms('first\n  second', ['x = """first', '  second"""', 'y = "second"'])).toEqual([])
})

it('takes lines of any form in little time', () => {
  expect(
    writtenForms(
      'none',
      Array.from({ length: 100 }, () => '"\'`'.repeat(20_000)),
    ),
  ).toEqual([])
})
