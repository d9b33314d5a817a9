/** What all formats share while a file is read: tests go to the sink, problems are collected. */
import { nameTest } from './test-name.ts'
import type { ResultSink, TestFailure, TestResult } from './test-result.ts'

/** Sentences kept; the others are counted. */
const mostProblems = 20
/** UTF-16 units kept of the text of a failure, and of each output of a test that did not pass. */
export const longestText = 16_384
export const longestMessage = 2000
const longestName = 200

export class Reading {
  readonly #sink: ResultSink
  readonly #problems: string[] = []
  #moreProblems = 0
  #tests = 0
  #complete = true

  constructor(sink: ResultSink) {
    this.#sink = sink
  }

  get tests(): number {
    return this.#tests
  }

  get complete(): boolean {
    return this.#complete
  }

  get problems(): readonly string[] {
    if (this.#moreProblems === 0) return this.#problems
    return [...this.#problems, `And ${this.#moreProblems} problems more of the kind.`]
  }

  test(result: TestResult): void {
    this.#tests += 1
    this.#sink.test(result)
  }

  problem(sentence: string): void {
    if (this.#problems.length < mostProblems) this.#problems.push(sentence)
    else this.#moreProblems += 1
  }

  /** The results are not to be trusted as a whole; never green. */
  incomplete(sentence: string): void {
    this.#complete = false
    this.problem(sentence)
  }
}

/** A reader of one format, given the whole text from its beginning. */
export interface FormatReader {
  write(text: string): void
  /** The text is over; whether it ends as it should is for the reader to say. */
  end(): void
}

/** A name of the file within a sentence. */
export function quoted(name: string): string {
  const line = name.replaceAll(/\s+/g, ' ')
  return `"${line.length > longestName ? `${line.slice(0, longestName)}…` : line}"`
}

/** The first line that says something, of the message or else of the text. */
export function firstLine(...texts: readonly (string | undefined)[]): string {
  for (const text of texts) {
    const line = text === undefined ? undefined : /\S[^\r\n]*/.exec(text)?.[0].trimEnd()
    if (line !== undefined && line !== '') return line.slice(0, longestMessage)
  }
  return ''
}

/** The status that failures make; without any, the one given. */
export function statusOf(
  failures: readonly TestFailure[],
  otherwise: 'passed' | 'skipped',
): TestResult['status'] {
  if (failures.length === 0) return otherwise
  return failures.some(({ kind }) => kind === 'failure') ? 'failed' : 'error'
}

/** For what went wrong outside of all tests: it must not be lost. Named after the place where it did. */
export function strayFailure(place: string, suites: readonly string[], failure: TestFailure): TestResult {
  const named = nameTest(place)
  return { ...named, suites, status: 'error', flaky: false, failures: [failure] }
}
