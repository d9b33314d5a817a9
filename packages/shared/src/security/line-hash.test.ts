import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineHashes } from './line-hash.ts'

/** The definition, with big integers and no thought of speed. */
function slowHashes(text: string): readonly string[] {
  const units: number[] = []
  const starts: number[] = []
  let atStart = true
  let afterReturn = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    const dropped: boolean = character === ' ' || character === '\t' || (character === '\n' && afterReturn)
    afterReturn = !dropped && character === '\r'
    if (dropped) continue
    if (atStart) starts.push(units.length)
    atStart = character === '\n' || character === '\r'
    units.push(atStart ? 10 : text.charCodeAt(at))
  }
  if (atStart) starts.push(units.length)
  units.push(0xffff)
  const seen = new Map<string, number>()
  return starts.map((start) => {
    let hash = 0n
    for (let at = start; at < start + 100; at++)
      hash = BigInt.asUintN(64, hash * 37n + BigInt(units[at] ?? 0))
    const text = hash.toString(16)
    seen.set(text, (seen.get(text) ?? 0) + 1)
    return `${text}:${seen.get(text)}`
  })
}

function allHashes(text: string): readonly string[] {
  const lines = text.length + 1
  return [
    ...lineHashes(
      text,
      Array.from({ length: lines }, (_, index) => index + 1),
    ).values(),
  ]
}

const greetings = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
]

describe('lineHashes', () => {
  // What GitHub's own uploader gives.
  it.each([
    ['nothing', '', ['c129715d7a2bc9a3:1']],
    [
      'short lines',
      ' a\nb\n  \t\tc\n d',
      ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
    ],
    ['ends of Unix', ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', greetings],
    ['ends of old Macs', ' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r', greetings],
    ['ends of Windows', ' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', greetings],
    ['mixed ends', ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', greetings],
    [
      'lines that are alike',
      'Lorem ipsum dolor sit amet.\n'.repeat(10),
      [
        ...[1, 2, 3, 4, 5, 6].map((count) => `a7f2ff13bc495cf2:${count}`),
        'a7f2ff1481e87703:1',
        'a9cf91f7bbf1862b:1',
        '55ec222b86bcae53:1',
        'cc97dc7b1d7d8f7b:1',
        'c129715d7a2bc9a3:1',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(allHashes(text)).toEqual(expected)
  })

  it('is what the definition says of any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc
        .array(fc.constantFrom('\r', '\n', '\r\n', ' ', '\t', 'a', 'é', '😀', '\uffff', 'word '), {
          maxLength: 600,
        })
        .map((parts) => parts.join('')),
      fc
        .tuple(fc.string({ maxLength: 130 }), fc.integer({ min: 1, max: 30 }))
        .map(([line, count]) => `${line}\n`.repeat(count)),
      // More lines in a window than anywhere else.
      fc
        .array(fc.constantFrom('\n', '\n', '\n', '\n', 'a'), { minLength: 150, maxLength: 400 })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        expect(allHashes(given)).toEqual(slowHashes(given))
      }),
      { numRuns: 400 },
    )
  })

  it('gives the lines that are asked for, in any order, and none that do not exist', () => {
    const text = 'a\nb\na\nb\n'.repeat(40)
    const all = slowHashes(text)
    const some = lineHashes(text, [100, 3, 3, 1, 5000, 0, -1])
    expect([...some].toSorted(([a], [b]) => a - b)).toEqual([1, 3, 100].map((line) => [line, all[line - 1]]))
    expect(lineHashes(text, []).size).toBe(0)
  })
})
