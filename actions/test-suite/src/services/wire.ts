import type { Connection } from '@ci-actions/shared'

/** The peer said something that its protocol does not say here, or left in the middle of it. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected'
}

/** More than any answer that is waited for; a peer that says more is no such service. */
const mostBytes = 1_000_000

/** A connection from which a known number of bytes, or a line, can be taken. */
export class Wire {
  readonly #connection: Connection
  /** What has arrived and was not taken. */
  #buffer: Buffer = Buffer.alloc(0)
  #received = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async write(bytes: string | Uint8Array): Promise<void> {
    await this.#connection.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  }

  async startTls(verify: boolean): Promise<void> {
    await this.#connection.startTls({ verify })
  }

  /** Throws `Unexpected` where the peer closes before, or says more than it should. */
  async bytes(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#more()
    return this.#take(count)
  }

  /** Without the line end. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#buffer.indexOf(10)
      if (end >= 0)
        return this.#take(end + 1)
          .toString()
          .replace(/\r?\n$/, '')
      await this.#more()
    }
  }

  /** What has arrived and was not taken, for a message. */
  rest(): Buffer {
    return this.#buffer
  }

  /** At least one byte more, or undefined after the peer has closed. */
  async next(): Promise<Uint8Array | undefined> {
    return this.#buffer.length > 0 ? this.#take(this.#buffer.length) : await this.#connection.read()
  }

  #take(count: number): Buffer {
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  async #more(): Promise<void> {
    const piece = await this.#connection.read()
    if (piece === undefined)
      throw new Unexpected(
        this.#received === 0
          ? 'closed the connection without a word'
          : `${quote(this.#buffer)}, and closed the connection`,
      )
    this.#received += piece.length
    if (this.#received > mostBytes) throw new Unexpected('said more than any answer is long')
    this.#buffer = Buffer.concat([this.#buffer, piece])
  }
}

/** The beginning of an answer, for people: text as it is, the rest as dots. */
export function quote(bytes: Uint8Array | string): string {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes.subarray(0, 400)).toString()
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\ufffd]+/gu, '·').slice(0, 120)
  return `answered “${clean}”`
}
