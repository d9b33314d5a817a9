/** The attributes of the tag that is being read. Values are decoded when somebody asks. */
import { ownCopy } from './own-copy.ts'
import { decodeAttribute } from './xml-entities.ts'

/** UTF-16 units kept of a value: its beginning. */
const longestValue = 16_384
/** No results format has an element with more. */
const mostAttributes = 64

/** So that names are compared by identity where it matters. */
const common: ReadonlyMap<string, string> = new Map(
  ['name', 'classname', 'time', 'file', 'line', 'message', 'type', 'result', 'duration', 'id'].map((name) => [
    name,
    name,
  ]),
)

/**
 * Values that stay the same over many tags. As one string, rather than equal slices of the file, they are
 * compared many times faster.
 */
const repeating: ReadonlySet<string> = new Set(['classname', 'file'])

export class XmlAttributes {
  readonly #names: string[] = []
  readonly #values: string[] = []
  /** How each name stands in the text, up to its value: ` name="`. */
  readonly #prefixes: string[] = []
  readonly #repeating: boolean[] = []
  #count = 0
  #keeps = false

  /** For tests and for handlers that are called without a file. */
  static of(attributes: Readonly<Record<string, string>>): XmlAttributes {
    const all = new XmlAttributes()
    for (const [name, value] of Object.entries(attributes)) {
      all.start(name, 0, name.length)
      all.add(value, 0, value.length)
    }
    return all
  }

  /** The value with entities read; of a name that stands twice, the first. */
  get(name: string): string | undefined {
    for (let index = 0; index < this.#count; index++) {
      if (this.#names[index] !== name) continue
      return decodeAttribute(this.#values[index] ?? '')
    }
    return undefined
  }

  clear(): void {
    this.#count = 0
  }

  /** The name stands in `text`. */
  start(text: string, start: number, end: number): void {
    this.#keeps = this.#count < mostAttributes
    if (!this.#keeps) return
    // Tags are mostly like the one before: its names serve again.
    const before = this.#names[this.#count]
    if (before === undefined || before.length !== end - start || !text.startsWith(before, start)) {
      const name = text.slice(start, end)
      this.#names[this.#count] = common.get(name) ?? name
      this.#prefixes[this.#count] = ` ${name}="`
      this.#repeating[this.#count] = repeating.has(name)
    }
    this.#values[this.#count] = ''
    this.#count += 1
  }

  /**
   * Reads attributes that stand whole in the text and have the names of the tag before, in its order, as most
   * do, and gives where it stopped. What it leaves is read the long way, to the same end.
   */
  readLikeBefore(text: string, from: number): number {
    let at = from
    while (this.#count < this.#prefixes.length) {
      const prefix = this.#prefixes[this.#count] ?? ''
      if (!text.startsWith(prefix, at)) return at
      const start = at + prefix.length
      const end = this.#repeats(text, start)
        ? start + (this.#values[this.#count]?.length ?? 0)
        : this.#readValue(text, start)
      if (end === -1) return at
      this.#count += 1
      at = end + 1
    }
    return at
  }

  /** True where the value is the one of the tag before, which then serves again. */
  #repeats(text: string, start: number): boolean {
    const before = this.#values[this.#count]
    if (before === undefined || this.#repeating[this.#count] !== true) return false
    return text.charCodeAt(start + before.length) === 0x22 && text.startsWith(before, start)
  }

  /** Where it ends; -1 where it is to be read the long way. */
  #readValue(text: string, start: number): number {
    const end = text.indexOf('"', start)
    if (end === -1 || end - start > longestValue) return -1
    const value = text.slice(start, end)
    this.#values[this.#count] = this.#repeating[this.#count] === true ? ownCopy(value) : value
    return end
  }

  /** A part of the value of the attribute that was started last. */
  add(text: string, start: number, end: number): void {
    if (!this.#keeps) return
    const index = this.#count - 1
    const before = this.#values[index] ?? ''
    const part = text.slice(start, Math.min(end, start + longestValue - before.length))
    this.#values[index] = before === '' ? part : before + part
  }
}
