/** Text to lines, with a bound on how much of one line is kept. */

export interface Line {
  /** Without its break. */
  readonly text: string
  /** Its end was left out. */
  readonly cut: boolean
  /** Followed by a line break: the last line of a file that was cut off is not. */
  readonly ended: boolean
}

/** UTF-16 units; an event of Go holds a whole line of output. */
const longestLine = 1_048_576

export class LineReader {
  readonly #line: (line: Line) => void
  #parts: string[] = []
  #length = 0

  constructor(line: (line: Line) => void) {
    this.#line = line
  }

  write(text: string): void {
    let at = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      this.#keep(text.slice(at, end))
      this.#flush(true)
      at = end + 1
    }
    if (at < text.length) this.#keep(text.slice(at))
  }

  end(): void {
    if (this.#length > 0) this.#flush(false)
  }

  #keep(part: string): void {
    if (this.#length < longestLine) this.#parts.push(part.slice(0, longestLine - this.#length))
    this.#length += part.length
  }

  #flush(ended: boolean): void {
    const text = this.#parts.length === 1 ? (this.#parts[0] ?? '') : this.#parts.join('')
    const cut = this.#length > longestLine
    this.#parts = []
    this.#length = 0
    this.#line({ text: text.endsWith('\r') ? text.slice(0, -1) : text, cut, ended })
  }
}
