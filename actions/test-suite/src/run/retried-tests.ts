/** Joins the results of several tries: what passes only when it is run again is flaky, and not passed. */
import type { OrderRole } from '../results/order-role.ts'
import type { ResultSink, TestResult } from '../results/test-result.ts'

/** Characters of failures that are kept until the tries are over; beyond that only their first lines. */
const mostText = 64 * 1024 * 1024

export interface RetriedTests {
  /** Takes the results of the first try; what passed goes on at once. */
  readonly first: ResultSink
  /** Ids of what has to be run again, in order. */
  failed(): readonly string[]
  /** Takes the results of a try, and believes them with `accept` alone. */
  again(): { readonly sink: ResultSink; accept(): void }
  /** Hands on what has failed, with what the order has to do with it, by id. */
  finish(roles?: ReadonlyMap<string, OrderRole>): void
}

export function retryTests(sink: ResultSink): RetriedTests {
  // Ids may come twice within one run; then all of that name have to pass.
  const failed = new Map<string, TestResult[]>()
  const mended: TestResult[] = []
  let text = 0
  return {
    first: {
      test: (result) => {
        if (result.status !== 'failed' && result.status !== 'error') return sink.test(result)
        text += size(result)
        const kept = text > mostText ? brief(result) : result
        failed.set(result.id, [...(failed.get(result.id) ?? []), kept])
      },
    },
    failed: () => [...failed.keys()],
    again: () => {
      const passed = new Set<string>()
      const others = new Set<string>()
      return {
        sink: {
          test: ({ id, status }) => {
            if (status === 'passed') passed.add(id)
            else others.add(id)
          },
        },
        accept: () => {
          for (const id of passed) {
            if (others.has(id)) continue
            for (const result of failed.get(id) ?? []) mended.push(flaky(result))
            failed.delete(id)
          }
        },
      }
    },
    finish: (roles = new Map()) => {
      for (const result of [...mended, ...[...failed.values()].flat()]) {
        const order = roles.get(result.id)
        sink.test(order === undefined ? result : { ...result, order })
      }
      mended.length = 0
      failed.clear()
    },
  }
}

/** The failure stays: it is what somebody has to look at. */
function flaky(result: TestResult): TestResult {
  return { ...result, status: 'passed', flaky: true }
}

function size({ failures, stdout = '', stderr = '' }: TestResult): number {
  return failures.reduce((sum, failure) => sum + failure.text.length, stdout.length + stderr.length)
}

function brief(result: TestResult): TestResult {
  return {
    ...result,
    stdout: undefined,
    stderr: undefined,
    failures: result.failures.map((failure) => ({ ...failure, text: '' })),
  }
}
