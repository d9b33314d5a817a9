/** What is kept of a stream that a process writes: a bounded part, in memory or in a file. */
import type { WriteStream } from 'node:fs'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** Reads a stream to its end, so that the process never blocks, but keeps at most `maxBytes` of it. */
export class Collector {
  /** True as soon as something was dropped, or could not be written to the file. */
  truncated = false
  /** True when nothing more can come. */
  ended = false
  /** How many pieces have arrived. */
  pieces = 0
  /** Resolves when the stream has ended or was destroyed. */
  readonly closed: Promise<void>
  readonly #stream: Readable
  readonly #file: WriteStream | undefined
  readonly #kept: Buffer[] = []
  readonly #listener: ((text: string) => void) | undefined
  readonly #decoder = new TextDecoder()
  #room: number
  #fileBroken = false

  constructor(
    stream: Readable,
    maxBytes: number,
    file: string | undefined,
    listener?: (text: string) => void,
  ) {
    this.#stream = stream
    this.#room = maxBytes
    this.#listener = listener
    this.#file = file === undefined ? undefined : createWriteStream(file)
    this.#file?.on('drain', () => stream.resume())
    this.#file?.on('error', () => {
      this.truncated = true
      this.#fileBroken = true
      stream.resume()
    })
    stream.on('data', (piece: Buffer) => this.#keep(piece))
    this.closed = finished(stream, { writable: false })
      .catch(() => {})
      .then(() => {
        this.ended = true
      })
  }

  /** True while the file is slower than the stream. */
  get paused(): boolean {
    return this.#stream.isPaused()
  }

  /** Stops reading, and closes the file. */
  async finish(): Promise<void> {
    this.#stream.destroy()
    await this.closed
    if (this.#file === undefined) return
    this.#file.end()
    await finished(this.#file).catch(() => {})
  }

  /** What was kept in memory; empty where a file received it. */
  text(): string {
    return Buffer.concat(this.#kept).toString('utf8')
  }

  #keep(piece: Buffer): void {
    this.pieces += 1
    this.#listener?.(this.#decoder.decode(piece, { stream: true }))
    const kept = piece.subarray(0, this.#room)
    this.#room -= kept.length
    if (kept.length < piece.length) this.truncated = true
    if (kept.length === 0 || this.#fileBroken) return
    if (this.#file === undefined) this.#kept.push(kept)
    else if (!this.#file.write(kept)) this.#stream.pause()
  }
}
