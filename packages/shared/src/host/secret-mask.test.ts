import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecretMask } from './secret-mask.ts'

test('hides values, also as JSON and URLs write them', () => {
  const mask = createSecretMask()
  mask.add('p@ss"w\\rd')
  expect(mask.redact('x p@ss"w\\rd y')).toBe('x *** y')
  expect(mask.redact(JSON.stringify({ key: 'p@ss"w\\rd' }))).toBe('{"key":"***"}')
  expect(mask.redact(`https://user:${encodeURIComponent('p@ss"w\\rd')}@host`)).toBe('https://user:***@host')
})

test('hides values as other languages write them in JSON', () => {
  const mask = createSecretMask()
  mask.add('pässwörd-Żółw')
  mask.add('a&b<c>d "é"')
  mask.add('key\u{1F600}\u2028key')
  const python = String.raw`{"a":"p\u00e4ssw\u00f6rd-\u017b\u00f3\u0142w", "b": "key\ud83d\ude00\u2028key"}`
  expect(mask.redact(python)).toBe('{"a":"***", "b": "***"}')
  const go = String.raw`{"a":"a\u0026b\u003cc\u003ed \"é\"", "b": "key${'\u{1F600}'}\u2028key"}`
  expect(mask.redact(go)).toBe('{"a":"***", "b": "***"}')
  expect(mask.redact(String.raw`a\u0026b\u003cc\u003ed \"\u00e9\"`)).toBe('***')
})

test('takes a value literally, and a longer one before a shorter', () => {
  const mask = createSecretMask()
  mask.add('a.*b')
  mask.add('token')
  mask.add('token-long')
  expect(mask.redact('axxb a.*b token-long token')).toBe('axxb *** *** ***')
})

test('hides what is left of a value that was cut off', () => {
  const mask = createSecretMask()
  mask.add('ghp_abcdefghijklmnop')
  expect(mask.redact('key=ghp_abcdefghi… x, ghp_abcd... y')).toBe('key=***… x, ***... y')
  expect(mask.redact('the rest is ghp_abc… … ghp_abcdefghijklmnop…')).toBe('the rest is ghp_abc… … ***…')
})

test('hides values as messages write them', () => {
  const mask = createSecretMask()
  mask.add('correct  horse`battery')
  expect(mask.redact("a `correct horse'battery` b")).toBe('a `***` b')
  expect(mask.redact('a correct horse`battery b')).toBe('a *** b')
})

test('says what is new', () => {
  const mask = createSecretMask()
  expect(mask.add('first\nsecond\nabc')).toEqual(['first', 'second'])
  expect(mask.add('second')).toEqual([])
})

test('after redaction no line of a secret is left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 4, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
      fc.string(),
      (secrets, filler) => {
        const mask = createSecretMask()
        const hidden = secrets.flatMap((secret) => mask.add(secret)).filter((secret) => !secret.includes('*'))
        const redacted = mask.redact(secrets.join(filler))
        for (const secret of hidden) expect(redacted).not.toContain(secret)
      },
    ),
  )
})
