/** Numbers that were seen, one bit each, so that they stay in the processor's cache. */

const bitsEach = 16
const fewestBits = 1024

/** May say of a number that it was seen when another one was, of the reverse never. */
export class Marks {
  readonly #words: Uint32Array
  readonly #mask: number

  /** `most`: for so many numbers one in sixteen is mistaken for another. */
  constructor(most: number) {
    const bits = 2 ** Math.ceil(Math.log2(Math.max(most * bitsEach, fewestBits)))
    this.#words = new Uint32Array(bits / 32)
    this.#mask = bits - 1
  }

  has(value: number): boolean {
    const bit = value & this.#mask
    return ((this.#words[bit >>> 5] ?? 0) & (1 << bit)) !== 0
  }

  /** Gives whether it was seen before. */
  add(value: number): boolean {
    const bit = value & this.#mask
    const word = this.#words[bit >>> 5] ?? 0
    this.#words[bit >>> 5] = word | (1 << bit)
    return (word & (1 << bit)) !== 0
  }
}
