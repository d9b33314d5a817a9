/** Bytes to text, whatever the file says of itself: byte order mark first, then the bytes, then the declaration. */
import { isAscii } from 'node:buffer'
import { TextDecoder } from 'node:util'

const declaration = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/
/** Labels that need two bytes a character: bytes that hold an ASCII declaration are none of these. */
const wide = /^(utf-?16|ucs-?2|utf-?32|iso-10646|unicode)/i

/** Never throws: bytes that are no text become U+FFFD. The byte order mark is left out. */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new ResultDecoder()
  for await (const chunk of chunks) {
    if (chunk.length > 0) yield decoder.decode(chunk)
  }
  yield decoder.end()
}

class ResultDecoder {
  #head: Uint8Array | undefined = new Uint8Array()
  #declared = 'utf-8'
  #decoder: TextDecoder | undefined

  decode(chunk: Uint8Array): string {
    const bytes = this.#head === undefined ? chunk : this.#start(chunk)
    if (bytes === undefined) return ''
    // Until the first other byte, all encodings that are left read the same.
    if (this.#decoder === undefined && isAscii(bytes)) return latin1(bytes)
    this.#decoder ??= byContent(bytes, this.#declared)
    return this.#decoder.decode(bytes, { stream: true })
  }

  end(): string {
    const head = this.#head
    this.#head = undefined
    if (head !== undefined && head.length > 0) return new TextDecoder().decode(head)
    return this.#decoder?.decode() ?? ''
  }

  /** Waits for the four bytes that tell; undefined until they are there. */
  #start(chunk: Uint8Array): Uint8Array | undefined {
    const head = this.#head ?? new Uint8Array()
    const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    if (bytes.length < 4) {
      this.#head = bytes
      return undefined
    }
    this.#head = undefined
    const width = wideEncoding(bytes)
    if (width !== undefined) this.#decoder = new TextDecoder(width)
    else if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#decoder = new TextDecoder()
    else this.#declared = declaration.exec(latin1(bytes.subarray(0, 400)))?.[1] ?? 'utf-8'
    return bytes
  }
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be'
  return undefined
}

/** Text that happens to be valid UTF-8 and is another encoding is next to impossible, whatever was declared. */
function byContent(bytes: Uint8Array, declared: string): TextDecoder {
  const utf8 = new TextDecoder('utf-8')
  if (/^utf-?8$/i.test(declared) || wide.test(declared)) return utf8
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return utf8
  } catch {
    return decoderFor(declared) ?? utf8
  }
}

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
