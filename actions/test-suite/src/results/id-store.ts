/** Half a million test ids with their outcomes in a few dozen megabytes, and whether one was there before. */
import { ToolOutputError } from '@ci-actions/shared'
import type { TestStatus } from './test-result.ts'

export interface StoredTest {
  readonly id: string
  readonly status: TestStatus
  readonly seconds?: number | undefined
  /** Where tests of several legs were put together. */
  readonly leg?: string | undefined
}

const statuses: readonly TestStatus[] = ['passed', 'failed', 'error', 'skipped']
const blockSize = 1_048_576
const mostBytes = 512 * blockSize
const mostTests = 10_000_000
/** Of a matrix with 256 jobs, for as many matrices as one merge may meet; more count as the last. */
const mostLegs = 65_535

export class IdStore {
  /** UTF-8, each id whole in one block. */
  readonly #blocks: Buffer[] = []
  #block = Buffer.alloc(0)
  /** More than full: an empty id needs a block too. */
  #used = blockSize + 1
  #words = new Uint32Array()
  #count = 0
  // Growing in step: where an id is, its digest, and what is known of it.
  #starts = new Float64Array(1024)
  #lengths = new Uint16Array(1024)
  #digests = new Uint32Array(1024)
  #states = new Uint8Array(1024)
  #seconds = new Float64Array(1024)
  #legs = new Uint16Array(1024)
  /** Open addressing over digests: index + 1, 0 where free. At most half full. */
  #slots = new Uint32Array(2048)
  /** Numbers of legs by name; 0 for none. */
  readonly #legNumbers = new Map<string | undefined, number>([[undefined, 0]])

  /**
   * False where the same id was there before in the same leg; it is stored all the same. Ids are at most 1,000 UTF-16
   * units long.
   */
  add({ id, status, seconds, leg }: StoredTest): boolean {
    if (this.#count === this.#starts.length) this.#grow()
    const index = this.#count
    this.#write(id, index)
    this.#states[index] = statuses.indexOf(status)
    this.#legs[index] = this.#legNumber(leg)
    if (leg !== undefined)
      this.#digests[index] = Math.imul((this.#digests[index] ?? 0) ^ this.#legNumber(leg), 0x85ebca6b)
    this.#seconds[index] = seconds ?? Number.NaN
    this.#count += 1
    return this.#enter(index)
  }

  *values(): Generator<StoredTest> {
    const legs = [...this.#legNumbers.keys()]
    for (let index = 0; index < this.#count; index++) {
      const seconds = this.#seconds[index] ?? Number.NaN
      const leg = legs[this.#legs[index] ?? 0]
      const status = statuses[this.#states[index] ?? 0] ?? 'error'
      const id = this.#bytes(index).toString('utf8')
      yield {
        ...{ id, status },
        ...(!Number.isNaN(seconds) && { seconds }),
        ...(leg !== undefined && { leg }),
      }
    }
  }

  #write(id: string, index: number): void {
    if (this.#used + id.length * 3 > blockSize) this.#addBlock()
    const start = this.#used
    const length = this.#block.write(id, start)
    // Each id begins at a word, so that digests are made word by word.
    this.#used = (start + length + 3) & ~3
    this.#starts[index] = (this.#blocks.length - 1) * blockSize + start
    this.#lengths[index] = length
    this.#digests[index] = digestOf(this.#words, start >> 2, this.#used >> 2)
  }

  #addBlock(): void {
    if (this.#blocks.length * blockSize >= mostBytes || this.#count >= mostTests)
      throw new ToolOutputError('it names more tests than can be kept; give fewer files to one step')
    const bytes = new ArrayBuffer(blockSize)
    this.#block = Buffer.from(bytes)
    this.#words = new Uint32Array(bytes)
    this.#blocks.push(this.#block)
    this.#used = 0
  }

  #bytes(index: number): Buffer {
    const start = this.#starts[index] ?? 0
    const at = start % blockSize
    const block = this.#blocks[Math.floor(start / blockSize)] ?? Buffer.alloc(0)
    return block.subarray(at, at + (this.#lengths[index] ?? 0))
  }

  /** False where an equal one is there; that one keeps its place. */
  #enter(index: number): boolean {
    const digest = this.#digests[index] ?? 0
    const mask = this.#slots.length - 1
    for (let slot = digest & mask; ; slot = (slot + 1) & mask) {
      const other = this.#slots[slot] ?? 0
      if (other === 0) {
        this.#slots[slot] = index + 1
        return true
      }
      if (this.#digests[other - 1] === digest && this.#isSame(other - 1, index)) return false
    }
  }

  #isSame(one: number, other: number): boolean {
    return this.#legs[one] === this.#legs[other] && this.#bytes(one).equals(this.#bytes(other))
  }

  #legNumber(leg: string | undefined): number {
    const known = this.#legNumbers.get(leg)
    if (known !== undefined) return known
    const number = Math.min(this.#legNumbers.size, mostLegs)
    if (number < mostLegs) this.#legNumbers.set(leg, number)
    return number
  }

  #grow(): void {
    // In large steps: each one looks up all ids again, and what is not used yet takes no memory.
    const size = this.#starts.length * 4
    this.#starts = grown(this.#starts, new Float64Array(size))
    this.#lengths = grown(this.#lengths, new Uint16Array(size))
    this.#digests = grown(this.#digests, new Uint32Array(size))
    this.#states = grown(this.#states, new Uint8Array(size))
    this.#seconds = grown(this.#seconds, new Float64Array(size))
    this.#legs = grown(this.#legs, new Uint16Array(size))
    this.#slots = new Uint32Array(size * 2)
    for (let index = 0; index < this.#count; index++) this.#enter(index)
  }
}

function grown<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Of whole words; what is left of the last one is 0. Shifted down in each step, since products only go up. */
function digestOf(words: Uint32Array, start: number, end: number): number {
  let digest = end - start
  for (let at = start; at < end; at++) {
    digest = Math.imul(digest ^ (words[at] ?? 0), 0x85ebca6b)
    digest ^= digest >>> 15
  }
  return digest >>> 0
}
