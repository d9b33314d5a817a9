/**
 * `primaryLocationLineHash`: by it alone code scanning knows an alert again when its line moves. What makes two lines the
 * same is GitHub's choice, kept to the letter, so that alerts stay the same ones whoever uploads them. Pure.
 *
 * The hash of a line is a polynomial in the 100 UTF-16 units from its start on, modulo 2^64; spaces, tabs and how lines
 * end make no difference. It is the difference of two prefixes of one polynomial over the whole text, so that a unit
 * costs three multiplications of small integers.
 */

const base = 37
const windowUnits = 100
/** Stands behind the last unit of a text; zeros follow. */
const endOfText = 0xffff

const tab = 9
const lineFeed = 10
const carriageReturn = 13
const space = 32

/** 37^100, the share that a prefix still has in one that is 100 units longer: four digits of 16 bits, low ones first. */
const shift0 = digitOfShift(0n)
const shift1 = digitOfShift(16n)
const shift2 = digitOfShift(32n)
const shift3 = digitOfShift(48n)

function digitOfShift(bits: bigint): number {
  return Number(((BigInt(base) ** BigInt(windowUnits)) >> bits) & 0xffffn)
}

/** A prefix has 22, 21 and 21 bits, low ones first, so that 37 times one of them still is a small integer. */
const lowMask = 0x3fffff
const highMask = 0x1fffff
const twoTo32 = 2 ** 32

/** More than the lines that can begin within one window; a power of two. */
const ring = 128

/**
 * Hashes of these lines, which count from 1: 64 bits in hex without leading zeros, a colon, and how many lines up to
 * this one have the same. Lines that the text does not have are left out; what stands behind the last one is not read.
 */
export function lineHashes(text: string, lines: Iterable<number>): ReadonlyMap<number, string> {
  const hasher = new LineHasher(lines)
  let afterReturn = false
  for (let at = 0; at < text.length && !hasher.done; at++) {
    const unit = text.charCodeAt(at)
    if (unit > space) {
      afterReturn = false
      hasher.add(unit)
    } else if (unit === space || unit === tab || (unit === lineFeed && afterReturn)) {
      afterReturn = false
    } else {
      afterReturn = unit === carriageReturn
      hasher.add(afterReturn ? lineFeed : unit)
    }
  }
  hasher.finish()
  return hasher.hashes
}

class LineHasher {
  readonly hashes = new Map<number, string>()
  done: boolean
  readonly #wanted: ReadonlySet<number>
  readonly #last: number
  /** By 53 bits of a hash, which is as sure to tell lines apart as the hash itself in any file that people write. */
  readonly #seen = new Map<number, number>()
  /** The prefix that all units make so far. */
  #low = 0
  #middle = 0
  #high = 0
  #units = 0
  #atLineStart = true
  /** Lines whose window is not full yet: where each began, and the prefix there. */
  readonly #starts = new Float64Array(ring)
  readonly #lows = new Int32Array(ring)
  readonly #middles = new Int32Array(ring)
  readonly #highs = new Int32Array(ring)
  /** Two halves of 32 bits of the last hash. */
  #upper = 0
  #lower = 0
  #begun = 0
  #hashed = 0
  /** How many units there are when the next window is full. */
  #due = Number.POSITIVE_INFINITY

  constructor(lines: Iterable<number>) {
    this.#wanted = new Set(lines)
    this.#last = [...this.#wanted].reduce((last, line) => Math.max(last, line), 0)
    this.done = this.#last === 0
  }

  add(unit: number): void {
    if (this.#units === this.#due) this.#hashNext()
    if (this.#atLineStart) this.#beginLine()
    this.#atLineStart = unit === lineFeed
    this.#push(unit)
  }

  finish(): void {
    if (!this.done) this.add(endOfText)
    while (!this.done && this.#hashed < this.#begun) {
      if (this.#units === this.#due) this.#hashNext()
      this.#push(0)
    }
  }

  #push(unit: number): void {
    const low = this.#low * base + unit
    const middle = this.#middle * base + (low >>> 22)
    this.#high = (this.#high * base + (middle >>> 21)) & highMask
    this.#middle = middle & highMask
    this.#low = low & lowMask
    this.#units++
  }

  #beginLine(): void {
    const at = this.#begun % ring
    this.#starts[at] = this.#units
    this.#lows[at] = this.#low
    this.#middles[at] = this.#middle
    this.#highs[at] = this.#high
    if (this.#begun === this.#hashed) this.#due = this.#units + windowUnits
    this.#begun++
  }

  /** All lines up to the last one are hashed, since those that are alike are counted. */
  #hashNext(): void {
    const at = this.#hashed % ring
    this.#subtract(this.#lows[at] ?? 0, this.#middles[at] ?? 0, this.#highs[at] ?? 0)
    this.#hashed++
    const next = this.#starts[this.#hashed % ring] ?? 0
    this.#due = this.#hashed === this.#begun ? Number.POSITIVE_INFINITY : next + windowUnits
    const key = (this.#upper & highMask) * twoTo32 + this.#lower
    const count = (this.#seen.get(key) ?? 0) + 1
    this.#seen.set(key, count)
    if (this.#wanted.has(this.#hashed))
      this.hashes.set(this.#hashed, `${hex(this.#upper, this.#lower)}:${count}`)
    this.done = this.#hashed >= this.#last
  }

  /** The prefix now, less 37^100 times the one given, modulo 2^64: the hash of a line. */
  #subtract(low: number, middle: number, high: number): void {
    const digit0 = low & 0xffff
    const digit1 = ((low >>> 16) | (middle << 6)) & 0xffff
    const digit2 = ((middle >>> 10) | (high << 11)) & 0xffff
    const digit3 = (high >>> 5) & 0xffff
    const sum0 = digit0 * shift0
    const sum1 = digit0 * shift1 + digit1 * shift0 + carry(sum0)
    const sum2 = digit0 * shift2 + digit1 * shift1 + digit2 * shift0 + carry(sum1)
    const sum3 = digit0 * shift3 + digit1 * shift2 + digit2 * shift1 + digit3 * shift0 + carry(sum2)
    const lower = this.#low + (this.#middle & 0x3ff) * 2 ** 22 - (sum0 % 65_536) - (sum1 % 65_536) * 65_536
    const upper = (this.#middle >>> 10) + this.#high * 2 ** 11 - (sum2 % 65_536) - (sum3 % 65_536) * 65_536
    this.#lower = lower < 0 ? lower + twoTo32 : lower
    const rest = upper - (lower < 0 ? 1 : 0)
    this.#upper = rest < 0 ? rest + twoTo32 : rest
  }
}

function carry(sum: number): number {
  return Math.floor(sum / 65_536)
}

/** Of two halves of 32 bits. */
function hex(upper: number, lower: number): string {
  return upper === 0 ? lower.toString(16) : upper.toString(16) + lower.toString(16).padStart(8, '0')
}
