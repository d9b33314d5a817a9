/** Text from bytes as they come: UTF-8, UTF-16, or what an XML declaration says. */
import { TextDecoder } from 'node:util'
import { ToolOutputError } from '../action/errors.ts'

/** A declaration of XML is shorter than this. */
const headBytes = 256

/**
 * Without byte order mark. A declared encoding that is unknown, or that the bytes contradict, is not believed. Throws a
 * `ToolOutputError` for bytes that are not text in their encoding.
 */
export async function* decodedText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let head = new Uint8Array(0)
  for await (const chunk of chunks) {
    let bytes = chunk
    if (decoder === undefined) {
      head = Buffer.concat([head, chunk])
      if (head.length < headBytes) continue
      decoder = decoderFor(head)
      bytes = head
    }
    yield decode(decoder, bytes)
  }
  const last = decoder ?? decoderFor(head)
  if (decoder === undefined) yield decode(last, head)
  yield decode(last)
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (error) {
    throw new ToolOutputError(`it is not ${decoder.encoding.toUpperCase()} text`, { cause: error })
  }
}

function decoderFor(head: Uint8Array): TextDecoder {
  const [first = 0, second = 0] = head
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return decoderOf('utf-16le')
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return decoderOf('utf-16be')
  if (first === 0xef && second === 0xbb) return decoderOf('utf-8')
  const start = Buffer.from(head.subarray(0, headBytes)).toString('latin1')
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
  return decoderOf(/^utf-?16|^ucs/i.test(declared) ? 'utf-8' : declared)
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return new TextDecoder('utf-8', { fatal: true })
  }
}
