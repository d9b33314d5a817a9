/** Texts one after the other in blocks of bytes, each whole in one block, with a digest that is made on the way. */
import { ToolOutputError } from '@ci-actions/shared'

const blockSize = 1_048_576
const mostBytes = 512 * blockSize

/** What the digest of a text begins with that continues none. */
export const noDigest = 0x811c9dc5

export class IdTexts {
  /** UTF-8. */
  readonly #blocks: Buffer[] = []
  #block = Buffer.alloc(0)
  /** More than full: an empty text needs a block too. */
  #used = blockSize + 1
  #length = 0
  #digest = noDigest

  /** Bytes of the text that was added last. */
  get length(): number {
    return this.#length
  }

  /** Of the text that was added last, and of what it continues. */
  get digest(): number {
    return this.#digest
  }

  /**
   * Gives where it begins. `before`: the digest of what the text continues; that of a whole is the same however
   * it is divided. For texts of about 1,000 UTF-16 units at most.
   */
  add(text: string, before: number): number {
    if (this.#used + text.length * 3 > blockSize) this.#addBlock()
    const start = this.#used
    this.#length = this.#write(text, start, before)
    this.#used = start + this.#length
    return (this.#blocks.length - 1) * blockSize + start
  }

  read(start: number, length: number): string {
    const at = start % blockSize
    return this.#blocks[Math.floor(start / blockSize)]?.toString('utf8', at, at + length) ?? ''
  }

  /** Byte by byte, since a call of the runtime costs more than a short text; what is not ASCII is written again. */
  #write(text: string, start: number, before: number): number {
    const block = this.#block
    let digest = before
    let bits = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      block[start + at] = code
      digest = Math.imul(digest ^ code, 0x01000193)
      bits |= code
    }
    this.#digest = digest
    return bits < 0x80 ? text.length : block.write(text, start)
  }

  #addBlock(): void {
    if (this.#blocks.length * blockSize >= mostBytes)
      throw new ToolOutputError('it names more tests than can be kept; give fewer files to one step')
    this.#block = Buffer.alloc(blockSize)
    this.#blocks.push(this.#block)
    this.#used = 0
  }
}

/** The digest of a text, continued by a short one that is not kept. */
export function continued(digest: number, text: string): number {
  let result = digest
  for (let at = 0; at < text.length; at++) result = Math.imul(result ^ text.charCodeAt(at), 0x01000193)
  return result
}
