/** The attributes of the tag that is being read. Values are decoded when somebody asks. */
import { ownCopy } from './own-copy.ts'
import { decodeAttribute } from './xml-entities.ts'
import { standsAt } from './xml-names.ts'

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
 * compared many times faster, here and by all who look whether a test is of the same class as the one before.
 */
const repeating: ReadonlySet<string> = new Set(['classname', 'file'])

export class XmlAttributes {
  readonly #names: string[] = []
  readonly #values: string[] = []
  /** How each name stands in the text, up to its value: ` name="`. */
  readonly #prefixes: string[] = []
  readonly #repeating: boolean[] = []
  /** How the attribute stood in the tag before, from the blank to the quote, where its value tends to stay the same. */
  readonly #wholes: (string | undefined)[] = []
  /** Which letters the names begin with: most that are asked for are not there. */
  readonly #initials: number[] = []
  #allInitials = 0
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
    if ((this.#allInitials & initialOf(name)) === 0) return undefined
    for (let index = 0; index < this.#count; index++) {
      if (this.#names[index] !== name) continue
      return decodeAttribute(this.#values[index] ?? '')
    }
    return undefined
  }

  clear(): void {
    this.#count = 0
    this.#allInitials = 0
  }

  /** The name stands in `text`. */
  start(text: string, start: number, end: number): void {
    this.#keeps = this.#count < mostAttributes
    if (!this.#keeps) return
    // Tags are mostly like the one before: its names serve again.
    const before = this.#names[this.#count]
    if (before === undefined || before.length !== end - start || !standsAt(text, before, start)) {
      const name = text.slice(start, end)
      this.#names[this.#count] = common.get(name) ?? name
      this.#prefixes[this.#count] = ` ${name}="`
      this.#repeating[this.#count] = repeating.has(name)
      this.#initials[this.#count] = initialOf(name)
    }
    this.#wholes[this.#count] = undefined
    this.#values[this.#count] = ''
    this.#allInitials |= this.#initials[this.#count] ?? 0
    this.#count += 1
  }

  /**
   * Reads attributes that stand whole in the text and have the names of the tag before, in its order, as most
   * do, and gives where it stopped. What it leaves is read the long way, to the same end.
   */
  readLikeBefore(text: string, from: number): number {
    let at = from
    while (this.#count < this.#prefixes.length) {
      const whole = this.#wholes[this.#count]
      const repeats = whole !== undefined && standsAt(text, whole, at)
      // The value of the tag before then serves again.
      const end = repeats ? at + whole.length : this.#readWhole(text, at)
      if (end === -1) return at
      this.#allInitials |= this.#initials[this.#count] ?? 0
      this.#count += 1
      at = end
    }
    return at
  }

  /** Where it ends, the quote included; -1 where it is to be read the long way. */
  #readWhole(text: string, at: number): number {
    const index = this.#count
    const prefix = this.#prefixes[index] ?? ''
    if (!standsAt(text, prefix, at)) return -1
    const start = at + prefix.length
    const end = text.indexOf('"', start)
    if (end === -1 || end - start > longestValue) return -1
    const value = text.slice(start, end)
    const isRepeating = this.#repeating[index] === true
    this.#values[index] = isRepeating ? ownCopy(value) : value
    this.#wholes[index] = isRepeating ? ownCopy(text.slice(at, end + 1)) : undefined
    return end + 1
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

/** A bit; other letters may have the same. */
function initialOf(name: string): number {
  return 1 << (name.charCodeAt(0) & 31)
}
