import { expect, test } from 'vitest'
import { decodeText } from './text-decoding.ts'

const text = '<?xml version="1.0"?><testsuite name="Prüfung → 検査"/>'

async function decoded(bytes: Uint8Array, size = bytes.length): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  let text = ''
  for await (const part of decodeText(chunks())) text += part
  return text
}

function utf16(content: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + content, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

test.for([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE with a mark', utf16(text, 'le', true)],
  ['UTF-16BE with a mark', utf16(text, 'be', true)],
  ['UTF-16LE', utf16(text, 'le', false)],
  ['UTF-16BE', utf16(text, 'be', false)],
] as const)('%s, in pieces of any size', async ([, bytes]) => {
  for (const size of [1, 2, 3, 5, 7, bytes.length]) expect(await decoded(bytes, size)).toBe(text)
})

test.for([
  ['UTF-16', 'Prüfung'],
  ['ISO-8859-1', 'Prüfung'],
  ['no-such-thing', 'Prüfung'],
])('what is UTF-8 is read so, though it says %s', async ([declared, word]) => {
  const content = `<?xml version="1.0" encoding="${declared}"?><a b="${word}"/>`
  expect(await decoded(Buffer.from(content), 16)).toBe(content)
})

test('a declared encoding counts where the bytes are no UTF-8', async () => {
  const content = '<?xml version="1.0" encoding="ISO-8859-1"?><a b="Prüfung"/>'
  expect(await decoded(Buffer.from(content, 'latin1'))).toBe(content)
  const kana = Buffer.concat([
    Buffer.from('\n<?xml version="1.0" encoding="Shift_JIS"?><a b="'),
    Buffer.from([0x83, 0x65]),
    Buffer.from('"/>'),
  ])
  expect(await decoded(kana)).toContain('b="テ"')
})

test('what is no text is replaced, not refused', async () => {
  expect(await decoded(Buffer.from([0x3c, 0x61, 0x20, 0xff, 0x3e]))).toBe('<a \ufffd>')
  expect(await decoded(Buffer.from([0x61]))).toBe('a')
  expect(await decoded(new Uint8Array())).toBe('')
})
