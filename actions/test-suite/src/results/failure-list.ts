/** Tests that did not simply pass: the first ones whole, later ones in short, the rest as a number. */
import { ownCopy } from '@ci-actions/shared'
import type { TestFailure, TestResult } from './test-result.ts'

/** So many in short for each one kept whole. */
const shortPerWhole = 20
/** UTF-16 units of all texts together. */
const mostText = 16_000_000

export class FailureList {
  readonly #whole: number
  readonly #kept: TestResult[] = []
  #text = 0
  #more = 0

  /** `whole`: how many are kept with their texts. */
  constructor(whole: number) {
    this.#whole = whole
  }

  get kept(): readonly TestResult[] {
    return this.#kept
  }

  get more(): number {
    return this.#more
  }

  add(result: TestResult): void {
    if (this.#kept.length >= this.#whole * (1 + shortPerWhole)) {
      this.#more += 1
      return
    }
    const kept = this.#kept.length < this.#whole && this.#text < mostText ? copy(result) : inShort(result)
    this.#text += textLength(kept)
    this.#kept.push(kept)
  }
}

/** Characters of what only a person reads. */
export function textLength({ failures, stdout = '', stderr = '' }: TestResult): number {
  return failures.reduce((sum, { text }) => sum + text.length, stdout.length + stderr.length)
}

/** Strings of its own, since a slice of a file holds on to the chunk it was cut from. */
function copy(result: TestResult): TestResult {
  return {
    ...result,
    id: ownCopy(result.id),
    name: ownCopy(result.name),
    place: optionalCopy(result.place),
    classname: optionalCopy(result.classname),
    file: optionalCopy(result.file),
    suites: result.suites.map(ownCopy),
    failures: result.failures.map(({ kind, type, message, text }) => {
      return { kind, type: optionalCopy(type), message: ownCopy(message), text: ownCopy(text) }
    }),
    stdout: optionalCopy(result.stdout),
    stderr: optionalCopy(result.stderr),
    skipReason: optionalCopy(result.skipReason),
  }
}

function optionalCopy(text: string | undefined): string | undefined {
  return text === undefined ? undefined : ownCopy(text)
}

/** Without texts, and with the beginnings of the first messages. */
export function inShort(result: TestResult): TestResult {
  const failures = result.failures.slice(0, 3).map(({ kind, type, message }): TestFailure => {
    return { kind, type, message: message.slice(0, 300), text: '' }
  })
  return copy({ ...result, failures, stdout: undefined, stderr: undefined })
}
