/** Half a million test ids with their outcomes in a few dozen megabytes, and which of them came twice. */
import { ToolOutputError } from '@ci-actions/shared'
import { continued, IdTexts, noDigest } from './id-texts.ts'
import { Marks } from './marks.ts'
import type { TestResult, TestStatus } from './test-result.ts'

export interface StoredTest {
  readonly id: string
  readonly status: TestStatus
  readonly seconds?: number | undefined
  /** Where tests of several legs were put together. */
  readonly leg?: string | undefined
}

/** With the parts of the id where it has them: a place that many tests share is stored once. */
export type TestToStore = StoredTest & Partial<Pick<TestResult, 'name' | 'place'>>

const statuses: readonly TestStatus[] = ['passed', 'failed', 'error', 'skipped']
const mostTests = 10_000_000
/** Of a matrix with 256 jobs, for as many matrices as one merge may meet; more count as the last. */
const mostLegs = 65_535
/** What is not used of it takes no memory: the system gives pages when they are written. */
const firstSize = 131_072

export class IdStore {
  readonly #texts = new IdTexts()
  #count = 0
  // Growing in step: where name and place are, the digest of the id, and what is known of the test.
  #starts = new Uint32Array(firstSize)
  #lengths = new Uint16Array(firstSize)
  #placeStarts = new Uint32Array(firstSize)
  /** 0 where the id is the name alone. */
  #placeLengths = new Uint16Array(firstSize)
  #digests = new Uint32Array(firstSize)
  #states = new Uint8Array(firstSize)
  #seconds = new Float64Array(firstSize)
  #legs = new Uint16Array(firstSize)
  // Tests of one place mostly follow each other, and so do those of a leg.
  #place: string | undefined
  #placeStart = 0
  #placeLength = 0
  #placeDigest = noDigest
  #leg: string | undefined
  #legNumber = 0
  /** Numbers of legs by name; 0 for none. */
  readonly #legNumbers = new Map<string | undefined, number>([[undefined, 0]])

  /** Ids are at most 1,000 UTF-16 units long. */
  add({ id, name, place, status, seconds, leg }: TestToStore): void {
    if (this.#count === this.#starts.length) this.#grow()
    const index = this.#count
    if (place !== this.#place) this.#enterPlace(place)
    if (leg !== this.#leg) this.#enterLeg(leg)
    this.#starts[index] = this.#texts.add(place ? (name ?? '') : id, this.#placeDigest)
    this.#lengths[index] = this.#texts.length
    this.#placeStarts[index] = this.#placeStart
    this.#placeLengths[index] = this.#placeLength
    this.#digests[index] = this.#texts.digest ^ Math.imul(this.#legNumber, 0x9e3779b1)
    this.#states[index] = status === 'passed' ? 0 : statuses.indexOf(status)
    this.#seconds[index] = seconds ?? Number.NaN
    this.#legs[index] = this.#legNumber
    this.#count += 1
  }

  /** Every test in the order in which it was added. */
  *values(): Generator<StoredTest> {
    const legs = [...this.#legNumbers.keys()]
    for (let index = 0; index < this.#count; index++) {
      const seconds = this.#seconds[index] ?? Number.NaN
      const leg = legs[this.#legs[index] ?? 0]
      const status = statuses[this.#states[index] ?? 0] ?? 'error'
      yield {
        ...{ id: this.#id(index), status },
        ...(!Number.isNaN(seconds) && { seconds }),
        ...(leg !== undefined && { leg }),
      }
    }
  }

  /**
   * Ids that came again in one leg, each once, in the order in which they did; `most` at most. Found out when asked for:
   * a table that is looked into for each test jumps about in memory, which takes several times as long.
   */
  repeated(most: number): readonly string[] {
    const names = new Set<string>()
    const digests = this.#digests.subarray(0, this.#count)
    const shared = valuesThatMayRepeat(digests)
    const marks = new Marks(shared.length)
    for (const digest of shared) marks.add(digest)
    const firsts = new Uint32Array(shared.length)
    const seen = new Map<number, Set<string>>()
    for (let index = 0; index < this.#count && names.size < most; index++) {
      const digest = digests[index] ?? 0
      const at = marks.has(digest) ? positionOf(digest, shared) : -1
      if (at === -1) continue
      const first = firsts[at] ?? 0
      firsts[at] ||= index + 1
      if (first === 0) continue
      // Equal digests prove nothing. A set for each, so that it takes no longer where somebody made them equal.
      const keys = seen.get(at) ?? new Set([this.#key(first - 1)])
      seen.set(at, keys)
      const key = this.#key(index)
      if (keys.has(key)) names.add(this.#id(index))
      keys.add(key)
    }
    return [...names]
  }

  #key(index: number): string {
    return `${this.#legs[index]} ${this.#id(index)}`
  }

  #id(index: number): string {
    const name = this.#texts.read(this.#starts[index] ?? 0, this.#lengths[index] ?? 0)
    const placeLength = this.#placeLengths[index] ?? 0
    if (placeLength === 0) return name
    return `${this.#texts.read(this.#placeStarts[index] ?? 0, placeLength)}::${name}`
  }

  #enterPlace(place: string | undefined): void {
    this.#place = place
    this.#placeLength = 0
    this.#placeDigest = noDigest
    if (!place) return
    this.#placeStart = this.#texts.add(place, noDigest)
    this.#placeLength = this.#texts.length
    this.#placeDigest = continued(this.#texts.digest, '::')
  }

  #enterLeg(leg: string | undefined): void {
    this.#leg = leg
    const known = this.#legNumbers.get(leg)
    this.#legNumber = known ?? Math.min(this.#legNumbers.size, mostLegs)
    if (known === undefined && this.#legNumber < mostLegs) this.#legNumbers.set(leg, this.#legNumber)
  }

  #grow(): void {
    if (this.#count >= mostTests)
      throw new ToolOutputError('it names more tests than can be kept; give fewer files to one step')
    const size = Math.min(this.#starts.length * 4, mostTests)
    this.#starts = grown(this.#starts, new Uint32Array(size))
    this.#lengths = grown(this.#lengths, new Uint16Array(size))
    this.#placeStarts = grown(this.#placeStarts, new Uint32Array(size))
    this.#placeLengths = grown(this.#placeLengths, new Uint16Array(size))
    this.#digests = grown(this.#digests, new Uint32Array(size))
    this.#states = grown(this.#states, new Uint8Array(size))
    this.#seconds = grown(this.#seconds, new Float64Array(size))
    this.#legs = grown(this.#legs, new Uint16Array(size))
  }
}

function grown<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Sorted: all values that are there more than once, and a few more that look alike. */
function valuesThatMayRepeat(values: Uint32Array): Uint32Array {
  const marks = new Marks(values.length)
  return values.filter((value) => marks.add(value)).sort()
}

/** Among sorted values; -1 where it is none of them. */
function positionOf(value: number, sorted: Uint32Array): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? 0) < value) from = middle + 1
    else to = middle
  }
  return sorted[from] === value ? from : -1
}
