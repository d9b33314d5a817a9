import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeAttribute, decodeEntities } from './xml-entities.ts'

test.for([
  ['a &lt;b&gt; &amp;amp; &quot;c&apos;', 'a <b> &amp; "c\''],
  ['&#65;&#x42;&#x1F600;', 'AB😀'],
  ['&&lt;&', '&<&'],
  ['&nbsp; &lt &#; &#x; &#xg1; &#12a; & ; &LT;', '&nbsp; &lt &#; &#x; &#xg1; &#12a; & ; &LT;'],
  ['&#0; &#xD800; &#x110000; &#99999999;', '\ufffd \ufffd \ufffd \ufffd'],
  ['&#000000065; &#x000000041;', '&#000000065; &#x000000041;'],
] as const)('%s', ([text, decoded]) => {
  expect(decodeEntities(text)).toBe(decoded)
})

test('whatever is written as entities comes back, in attributes too', () => {
  const named = { '<': 'lt', '>': 'gt', '&': 'amp', '"': 'quot', "'": 'apos' } as const
  const form = fc.constantFrom('name', 'decimal', 'hex')
  const written = fc.array(
    fc.tuple(fc.string({ unit: 'grapheme', maxLength: 3 }), form, fc.constantFrom(...'<>&"\'')),
  )
  fc.assert(
    fc.property(written, (parts) => {
      const escaped = (text: string) =>
        text.replaceAll(/[&<>"'\r\n\t]/g, (each) => `&#${each.charCodeAt(0)};`)
      const text = parts.map(([before, how, mark]) => {
        const code = mark.charCodeAt(0)
        const name = Object.entries(named).find(([each]) => each === mark)?.[1]
        return (
          escaped(before) +
          (how === 'name' ? `&${name};` : how === 'hex' ? `&#x${code.toString(16)};` : `&#${code};`)
        )
      })
      const meant = parts.map(([before, , mark]) => before + mark).join('')
      expect(decodeEntities(text.join(''))).toBe(meant)
      expect(decodeAttribute(text.join(''))).toBe(meant)
    }),
  )
})
