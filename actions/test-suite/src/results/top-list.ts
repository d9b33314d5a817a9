/** The tests that took longest. */
import { ownCopy } from '@ci-actions/shared'

export class TopList {
  readonly #limit: number
  #entries: { readonly id: string; readonly seconds: number }[] = []
  #least = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  add(id: string, seconds: number): void {
    if (this.#limit === 0 || (this.#entries.length >= this.#limit && seconds <= this.#least)) return
    this.#entries.push({ id: ownCopy(id), seconds })
    // Sorted now and then only: a list that is always full is sorted for every slow test.
    if (this.#entries.length < 2 * this.#limit) return
    this.#entries = this.sorted().slice()
    this.#least = this.#entries.at(-1)?.seconds ?? 0
  }

  /** Longest first; the earlier one of two that took as long. */
  sorted(): readonly { readonly id: string; readonly seconds: number }[] {
    return this.#entries.toSorted((a, b) => b.seconds - a.seconds).slice(0, this.#limit)
  }
}
