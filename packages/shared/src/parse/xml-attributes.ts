/** The attributes of the tag that is being read. Values are decoded when somebody asks. */
import { ownCopy } from './own-copy.ts'
import { decodeAttribute } from './xml-entities.ts'
import { standsAt } from './xml-names.ts'

/** UTF-16 units kept of a value: its beginning. */
const longestValue = 16_384
/** No results format has an element with more. */
const mostAttributes = 64

/** What is asked for in each of many elements, so that names are compared by identity there. */
const common: ReadonlyMap<string, string> = new Map(
  [
    'name classname time file line message type result duration id',
    'number hits condition-coverage missing-branches nr mi ci mb cb num count',
  ]
    .flatMap((names) => names.split(' '))
    .map((name) => [name, name]),
)

/**
 * Values that stay the same over many tags. As one string, rather than equal slices of the file, they are
 * compared many times faster, by all who look whether a test is of the same class as the one before.
 */
const repeating: ReadonlySet<string> = new Set(['classname', 'file'])

export class XmlAttributes {
  readonly #names: string[] = []
  readonly #values: string[] = []
  readonly #repeating: boolean[] = []
  /** Of repeating ones, as it stood in the tag before, and read. */
  readonly #raw: (string | undefined)[] = []
  readonly #decoded: string[] = []
  /** Which letters the names begin with: most that are asked for are not there. */
  readonly #initials: number[] = []
  #allInitials = 0
  #count = 0
  #keeps = false
  /** Whether values have nothing to decode. */
  #plain = false

  /** For tests and for handlers that are called without a file. */
  static of(attributes: Readonly<Record<string, string>>): XmlAttributes {
    const all = new XmlAttributes()
    for (const [name, value] of Object.entries(attributes)) {
      all.start(name, 0, name.length)
      all.add(value, 0, value.length)
    }
    return all
  }

  /** In order; undefined where there are more than are kept. */
  get names(): readonly string[] | undefined {
    return this.#keeps || this.#count === 0 ? this.#names.slice(0, this.#count) : undefined
  }

  /** The value with entities read; of a name that stands twice, the first. */
  get(name: string): string | undefined {
    if ((this.#allInitials & initialOf(name)) === 0) return undefined
    for (let index = 0; index < this.#count; index++) {
      if (this.#names[index] !== name) continue
      const value = this.#values[index] ?? ''
      if (this.#repeating[index] === true) return this.#repeated(index, value)
      return this.#plain ? value : decodeAttribute(value)
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
      this.#setName(this.#count, text.slice(start, end))
    }
    this.#values[this.#count] = ''
    this.#plain = false
    this.#allInitials |= this.#initials[this.#count] ?? 0
    this.#count += 1
  }

  /** A part of the value of the attribute that was started last. */
  add(text: string, start: number, end: number): void {
    if (!this.#keeps) return
    const index = this.#count - 1
    const before = this.#values[index] ?? ''
    const part = text.slice(start, Math.min(end, start + longestValue - before.length))
    this.#values[index] = before === '' ? part : before + part
  }

  /**
   * All at once: `match` has the values, with nothing to decode, behind the whole. False where one is too long to be
   * kept, and nothing is changed.
   */
  fill(names: readonly string[], match: RegExpExecArray): boolean {
    for (let index = 0; index < names.length; index++) {
      if ((match[index + 1] ?? '').length > longestValue) return false
    }
    this.#keeps = true
    this.#plain = true
    this.#allInitials = 0
    this.#count = names.length
    for (let index = 0; index < names.length; index++) {
      const name = names[index] ?? ''
      if (this.#names[index] !== name) this.#setName(index, name)
      this.#values[index] = match[index + 1] ?? ''
      this.#allInitials |= this.#initials[index] ?? 0
    }
    return true
  }

  #setName(index: number, text: string): void {
    const name = common.get(text) ?? text
    this.#names[index] = name
    this.#repeating[index] = repeating.has(name)
    this.#raw[index] = undefined
    this.#initials[index] = initialOf(name)
  }

  #repeated(index: number, value: string): string {
    if (value !== this.#raw[index]) {
      this.#raw[index] = ownCopy(value)
      this.#decoded[index] = decodeAttribute(this.#raw[index] ?? '')
    }
    return this.#decoded[index] ?? ''
  }
}

/** A bit; other letters may have the same. */
function initialOf(name: string): number {
  return 1 << (name.charCodeAt(0) & 31)
}
