import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TextTail } from './text-tail.ts'
import type { XmlAttributes } from './xml-attributes.ts'
import { XmlReader } from './xml-reader.ts'

interface Seen {
  readonly events: readonly string[]
  readonly damage: string | undefined
  readonly openAtEnd: string | undefined
}

/** Elements and attributes `a`, `b`, `name` as lines; texts within `t`. */
function read(pieces: Iterable<string>): Seen {
  const events: string[] = []
  const texts: TextTail[] = []
  const reader = new XmlReader({
    open: (name: string, attributes: XmlAttributes) => {
      const given = ['a', 'b', 'name'].map((key) => `${key}=${attributes.get(key) ?? ''}`)
      events.push(`<${name} ${given.join(' ')}`)
      const text = new TextTail(1000)
      texts.push(text)
      return name === 't' ? text : undefined
    },
    close: (name) => {
      events.push(`${name}: ${texts.pop()?.toString() ?? ''}>`)
    },
  })
  for (const piece of pieces) reader.write(piece)
  return { events, openAtEnd: reader.end(), damage: reader.damage }
}

function parts(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  )
}

describe('what is well-formed', () => {
  test.for<[string, string[]]>([
    ['<t a="1" b=\'2\'>x</t>', ['<t a=1 b=2 name=', 't: x>']],
    ['<t/>', ['<t a= b= name=', 't: >']],
    ['<n:t n:a="no" xmlns:n="u"/>', ['<t a= b= name=', 't: >']],
    ['<t\n  a = "1"\n/>', ['<t a=1 b= name=', 't: >']],
    [
      '<t>a &lt;&amp;&#65;&#x42; <![CDATA[<x> &amp; ]]]]>&gt;</t>',
      ['<t a= b= name=', 't: a <&AB <x> &amp; ]]>>'],
    ],
    ['<t a="&quot;x&apos;&#10;y\nz"/>', ['<t a="x\'\ny z b= name=', 't: >']],
    [
      '<?xml version="1.0"?><!-- <t> --><!DOCTYPE t SYSTEM "x.dtd"><t><?p <t> ?>1<!-- - -- -->2</t>',
      ['<t a= b= name=', 't: 12>'],
    ],
    ['\n\ufeff <t/>\n', ['<t a= b= name=', 't: >']],
  ])('%s', ([text, events]) => {
    expect(read([text])).toEqual({ events, damage: undefined, openAtEnd: undefined })
  })
})

describe('what is not well-formed is read on from, and said', () => {
  test.for<[string, string[]]>([
    ['<t>1 < 2</t>', ['<t a= b= name=', 't: 1 < 2>']],
    ['<t a="say "hi" now" b="2"/>', ['<t a=say  b=2 name=', 't: >']],
    ['<t a=1 b="2"/>', ['<t a= b=2 name=', 't: >']],
    ['<x><t>1</x>', ['<x a= b= name=', '<t a= b= name=', 't: 1>', 'x: >']],
    ['<t>1</y>2</t>', ['<t a= b= name=', 't: 12>']],
  ])('%s', ([text, events]) => {
    const seen = read([text])
    expect(seen.events).toEqual(events)
    expect(seen.damage).toBeDefined()
  })

  test.for(['<t a="1"', '<t>', '<t><![CDATA[x', '<t/><!-- ', '<x><t/>', '<t/><', '<t a="'])(
    '%s is cut off',
    (text) => {
      expect(read([text]).openAtEnd).toBeDefined()
    },
  )
})

test('unknown entities, bare ampersands and control characters are text', () => {
  const { events, damage } = read(['<t a="R&D &nbsp;">&nbsp;\u0000\u001b[0m &#0; &#xD800;&</t>'])
  expect(events).toEqual(['<t a=R&D &nbsp; b= name=', 't: &nbsp;\u0000\u001b[0m \ufffd \ufffd&>'])
  expect(damage).toBeUndefined()
})

test.for(['<!DOCTYPE t [<!ENTITY a "b">]><t/>', '<!doctype t [', '<t><!DOCTYPE x [<!ELEMENT y ANY>]></t>'])(
  '%s is refused',
  (text) => {
    expect(() => read([text])).toThrow(/entities or elements of its own/)
  },
)

test('elements nest to any depth, but not without end', () => {
  const deep = 50_000
  expect(read(['<x>'.repeat(deep), '</x>'.repeat(deep)])).toMatchObject({
    damage: undefined,
    openAtEnd: undefined,
  })
  expect(() => read(['<x>'.repeat(200_000)])).toThrow(/nests more than/)
})

test('a text or an attribute of any size takes no memory, and what follows is read', () => {
  const piece = 'x'.repeat(1_000_000)
  function* huge(): Generator<string> {
    yield '<t a="'
    for (let count = 0; count < 300; count++) yield piece
    yield '" b="2">'
    for (let count = 0; count < 300; count++) yield piece
    yield 'end</t><t><![CDATA['
    for (let count = 0; count < 300; count++) yield piece
    yield ']]></t><!--'
    for (let count = 0; count < 300; count++) yield piece
    yield '--><t name="last"/>'
  }
  const before = process.memoryUsage().rss
  const { events, damage } = read(huge())
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  expect(damage).toBeUndefined()
  expect(events[0]).toMatch(/^<t a=x{16384} b=2 name=$/)
  expect(events[1]).toMatch(/^t: …x{997}end>$/)
  expect(events.at(-2)).toBe('<t a= b= name=last')
})

test('as much is kept of a long value, however it is read', () => {
  const long = 'x'.repeat(20_000)
  // From the third of equal tags on, they are read a shorter way.
  const { events } = read([`<t a="${long}"/>`.repeat(4)])
  expect(events[0]).toMatch(/^<t a=x{16384} /)
  for (const at of [2, 4, 6]) expect(events[at]).toBe(events[0])
})

test('names and blanks without end take no memory either', () => {
  const long = 'x'.repeat(3_000_000)
  for (const start of ['<', '</', '<t ', '<t a', '<t a=', '<t a ', '<!', '<!DOCTYPE ']) {
    const { damage, openAtEnd } = read([start, long, ' '.repeat(3_000_000), '<u/>'])
    expect(damage ?? openAtEnd).toBeDefined()
  }
})

const xmlish = fc.array(
  fc.oneof(
    fc.constantFrom(
      '<t>',
      '</t>',
      '<x a="1">',
      '</x>',
      '<t a="1" b="2"/>',
      '<t a="&lt;',
      '"',
      "'",
      '>',
      '<',
      '/',
      '&amp;',
      '&',
    ),
    fc.constantFrom(
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?p',
      '?>',
      ']',
      '-',
      '?',
      '=',
      ' ',
      '\n',
      'a="3"',
      ' name="n"',
      '<!DOCTYPE t>',
    ),
    fc.string({ maxLength: 5, unit: 'binary' }),
  ),
  { maxLength: 40 },
)

test('where the pieces end changes nothing', () => {
  fc.assert(
    fc.property(xmlish, fc.integer({ min: 1, max: 9 }), (tokens, size) => {
      const text = tokens.join('')
      if (/<!doctype[^>]*\[/i.test(text)) return
      expect(read(parts(text, size))).toEqual(read([text]))
    }),
    { numRuns: 2000 },
  )
})

const attribute = fc
  .tuple(
    fc.constantFrom('a', 'b', 'name', 'c.d', 'x:a', 'é'),
    fc.constantFrom(' ', ' ', ' ', '\n', ''),
    fc.constantFrom('"', '"', '"', "'"),
    fc.constantFrom('', '1', '&lt;&amp;', 'x\ny\t', '<', '>', '/>', 'ü'),
  )
  .map(([name, blank, quote, value]) => `${blank}${name}=${quote}${value}${quote}`)
const tag = fc
  .tuple(
    fc.constantFrom('t', 'tt', 'u', 'n:t', 'ö'),
    fc.array(attribute, { maxLength: 4 }),
    fc.constantFrom('', ' ', '  '),
  )
  .map(([name, attributes, blank]) => `<${name}${attributes.join('')}${blank}/>`)

test('a tag that comes again and again says each time what it says alone', () => {
  fc.assert(
    fc.property(
      fc.array(tag, { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(2), { maxLength: 30 }),
      (tags, order) => {
        const chosen = order.map((at) => tags[at % tags.length] ?? '')
        expect(read([chosen.join('')]).events).toEqual(chosen.flatMap((each) => read([each]).events))
      },
    ),
    { numRuns: 2000 },
  )
})
