import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { secretOnLine } from './secret-value.ts'

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
