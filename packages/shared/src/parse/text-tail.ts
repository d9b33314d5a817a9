/** The end of a text of any length, in bounded memory. */
import { ownCopy } from './own-copy.ts'
import { decodeEntities } from './xml-entities.ts'

interface Piece {
  readonly raw: string
  /** Stands for itself, as in CDATA or in formats without entities. */
  readonly literal: boolean
}

const cutMark = '…'

export class TextTail {
  readonly #limit: number
  #pieces: Piece[] = []
  #length = 0
  #dropped = false

  /** `limit`: UTF-16 units that are kept; the last ones. */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(raw: string, literal: boolean): void {
    // Entities shrink when they are read; twice the limit leaves enough in all but absurd texts.
    const most = 2 * this.#limit
    if (raw.length > most) {
      this.#dropped = true
      this.#pieces = []
      this.#length = 0
    }
    const piece = raw.length > most ? raw.slice(-most) : raw
    this.#pieces.push({ raw: piece, literal })
    this.#length += piece.length
    if (this.#length > 2 * most || this.#pieces.length > 1000) this.#compact()
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  toString(): string {
    const text = this.#joined()
    if (!this.#dropped && text.length <= this.#limit) return text
    const end = text.slice(-this.#limit)
    return cutMark + (/^[\udc00-\udfff]/.test(end) ? end.slice(1) : end)
  }

  /** Neighbours of one kind become one before they are read: an entity may lie across two pieces. */
  #joined(): string {
    let text = ''
    for (let at = 0; at < this.#pieces.length; ) {
      const literal = this.#pieces[at]?.literal ?? true
      let run = ''
      for (; at < this.#pieces.length && this.#pieces[at]?.literal === literal; at++) {
        run += this.#pieces[at]?.raw ?? ''
      }
      text += literal ? run : decodeEntities(run)
    }
    return text
  }

  #compact(): void {
    const last = this.#pieces.at(-1)
    if (last === undefined) return
    // The last piece may end within an entity, so it stays as it is.
    this.#pieces.pop()
    const text = this.#joined()
    const most = 2 * this.#limit
    this.#dropped ||= text.length > most
    const kept = ownCopy(text.slice(-most))
    this.#pieces = [{ raw: kept, literal: true }, last]
    this.#length = kept.length + last.raw.length
  }
}
