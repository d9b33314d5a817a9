/** Failures that have one cause: the same sentence but for numbers, addresses, names of temporary things. */
import type { TestFailure, TestResult } from './test-result.ts'

export interface CauseGroup<T extends TestResult = TestResult> {
  /** The message of the first of them, as printed. */
  readonly cause: string
  readonly tests: readonly T[]
}

/**
 * Largest group first, then in order of reading. A test with several failures is grouped by its first. Tests
 * without any message make one group with an empty cause.
 */
export function groupByCause<T extends TestResult>(failed: readonly T[]): readonly CauseGroup<T>[] {
  const groups = new Map<string, { readonly cause: string; readonly tests: T[] }>()
  for (const test of failed) {
    const failure = test.failures[0]
    const cause = failure === undefined ? '' : causeOf(failure)
    const key = normaliseCause(cause)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { cause, tests: [test] })
    else group.tests.push(test)
  }
  return [...groups.values()].toSorted((a, b) => b.tests.length - a.tests.length)
}

/** The kind of exception belongs to it unless the message says it already. */
function causeOf({ type, message }: TestFailure): string {
  if (type === undefined || type === '' || message.includes(type)) return message
  const short = type.split('.').at(-1) ?? type
  return message === '' ? short : message.includes(short) ? message : `${short}: ${message}`
}

/** What stays the same when the same thing goes wrong in another test, another process, another place. */
export function normaliseCause(cause: string): string {
  return cause
    .slice(0, 500)
    .replaceAll(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>')
    .replaceAll(/\b0x[0-9a-f]+\b/gi, '<address>')
    .replaceAll(/(?<![\w.])(?:[a-z]:)?(?:[\\/][\w.@+~-]+){2,}/gi, '<path>')
    .replaceAll(/\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<id>')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '<n>')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
